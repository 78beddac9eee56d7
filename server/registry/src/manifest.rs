//! What is read of an index, a Docker list, or the manifest of one image.

use crate::Error;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use taskdef::facts::Platform;

/// The four kinds of manifest that are read.
pub(crate) const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, \
     application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";
/// Bytes of an index or a manifest.
pub(crate) const LARGEST: usize = 4 * 1024 * 1024;
const MANIFESTS: usize = 40;
const LAYERS: usize = 128;

/// A blob or manifest by its digest. Addresses in `urls` are not even read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Descriptor {
    pub digest: String,
    pub size: u64,
    pub media: String,
}

/// What a reference or a digest leads to.
#[derive(Debug)]
pub(crate) enum Manifest {
    /// Index or Docker list.
    Index(Vec<(Platform, Descriptor)>),
    /// One image.
    Image { config: Descriptor, layers: Vec<Descriptor> },
}

#[derive(Deserialize)]
struct RawManifest {
    manifests: Option<Vec<RawDescriptor>>,
    config: Option<RawDescriptor>,
    layers: Option<Vec<RawDescriptor>>,
}

#[derive(Deserialize)]
struct RawDescriptor {
    #[serde(default, rename = "mediaType")]
    media: String,
    digest: String,
    size: u64,
    platform: Option<RawPlatform>,
}

#[derive(Default, Deserialize)]
pub(crate) struct RawPlatform {
    #[serde(default)]
    pub os: String,
    #[serde(default)]
    pub architecture: String,
    variant: Option<String>,
}

impl RawPlatform {
    /// `None` where it is no platform, such as `unknown/unknown` of a build attestation.
    pub fn read(&self) -> Option<Platform> {
        let (os, architecture) = (&self.os, &self.architecture);
        let text = match self.variant.as_deref().filter(|v| !v.is_empty()) {
            Some(variant) => format!("{os}/{architecture}/{variant}"),
            None => format!("{os}/{architecture}"),
        };
        Platform::parse(&text).filter(|_| os != "unknown")
    }
}

/// `sha256:…` of these bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    named(&Sha256::digest(bytes))
}

/// `sha256:…` of a hash.
pub(crate) fn named(hash: &[u8]) -> String {
    hash.iter().fold("sha256:".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether this is a SHA-256 digest, the only algorithm that registries use.
pub(crate) fn is_digest(text: &str) -> bool {
    text.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

impl Manifest {
    /// Reads either kind, by what it has and not by what it says of itself.
    pub fn read(bytes: &[u8]) -> Result<Manifest, Error> {
        let raw: RawManifest = serde_json::from_slice(bytes).map_err(|_| Error::Unreadable)?;
        if let Some(list) = raw.manifests {
            if list.len() > MANIFESTS {
                return Err(Error::TooMany { what: "manifests", limit: MANIFESTS });
            }
            let mut all = Vec::new();
            for entry in list {
                let platform = entry.platform.as_ref().and_then(RawPlatform::read);
                let descriptor = entry.read()?;
                all.extend(platform.map(|platform| (platform, descriptor)));
            }
            return if all.is_empty() { Err(Error::Unreadable) } else { Ok(Manifest::Index(all)) };
        }
        let (Some(config), Some(layers)) = (raw.config, raw.layers) else { return Err(Error::Unreadable) };
        if layers.len() > LAYERS {
            return Err(Error::TooMany { what: "layers", limit: LAYERS });
        }
        let layers = layers.into_iter().map(RawDescriptor::read).collect::<Result<_, _>>()?;
        Ok(Manifest::Image { config: config.read()?, layers })
    }
}

impl RawDescriptor {
    fn read(self) -> Result<Descriptor, Error> {
        if is_digest(&self.digest) { Ok(Descriptor { digest: self.digest, size: self.size, media: self.media }) } else { Err(Error::Unreadable) }
    }
}
