//! Looks into images, for the pages, the API and the commands. What goes out of this computer is in the crate `registry`.
//!
//! | file | what |
//! |---|---|
//! | `cache.rs` | what was found, in the store of drafts |
//! | `own.rs` | what a person's draft alone knows of its images: by their sign-in, or pasted |
//! | `ecr.rs` | private repositories of Amazon ECR, and the sign-in to them |
//! | `running.rs` | looks that are going on |
//! | `words.rs` | facts and failures in both languages |

mod cache;
pub mod ecr;
pub mod own;
mod running;
pub mod words;

use crate::config::RegistryFlags;
use cache::StoreCache;
use drafts::Store;
use registry::{Cache, Credentials, Depth, Error, Look, Options, Progress, Reader};
pub use running::{Looks, Running};
use serde_json::Value;
use std::{fs::File, io::Read, sync::Arc};
use taskdef::{
    document::view,
    facts::{Images, Looked, Platform},
};

/// Most images of a definition that are looked into: ten containers are allowed.
const MOST: usize = 10;

/// Looks into images, or does not, as the operator says.
pub struct Inspector {
    reader: Option<Reader>,
    /// Whether looks count against their client.
    limited: bool,
}

/// An image of a definition, and what a look answered.
pub type Answered = (String, Result<Look, Error>);

impl Inspector {
    /// No request goes out.
    pub fn off() -> Inspector {
        Inspector { reader: None, limited: true }
    }

    /// As the flags say; `limited` where strangers ask. What is found is kept in the store, where there is one.
    ///
    /// # Errors
    /// The file of credentials cannot be read; nothing of it is in the text.
    pub fn new(flags: &RegistryFlags, limited: bool, store: Option<Store>) -> Result<Inspector, String> {
        let credentials = match &flags.registry_credentials {
            None => Credentials::default(),
            Some(file) => {
                let mut text = String::new();
                let read = File::open(file).and_then(|file| file.take(512 * 1024).read_to_string(&mut text));
                read.map_err(|error| format!("cannot read the file of --registry-credentials: {error}"))?;
                Credentials::read(&text).map_err(|error| format!("the file of --registry-credentials {error}"))?
            }
        };
        let cache = store.map(|store| Arc::new(StoreCache(store)) as Arc<dyn Cache>);
        let reader = Reader::new(Options { allow: flags.registry_allow.clone(), credentials, cache }).map_err(|error| error.to_string())?;
        Ok(Inspector { reader: Some(reader), limited })
    }

    /// Whether requests go out.
    pub fn is_on(&self) -> bool {
        self.reader.is_some()
    }

    /// Looks into an image; `None` where that is off.
    pub async fn look(&self, image: &str, platform: &Platform, depth: Depth) -> Option<Result<Look, Error>> {
        self.look_for(self.client().as_deref(), image, platform, depth, &Progress::default()).await
    }

    /// Looks into the images of a definition, one after another.
    pub async fn look_at_all(&self, client: Option<String>, definition: Value, depth: Depth, look: Arc<Running>) {
        let platform = platform(&definition);
        for image in images(&definition) {
            look.asks(&image);
            if let Some(answer) = self.look_for(client.as_deref(), &image, &platform, depth, &look.progress).await {
                look.adds(image, answer);
            }
        }
    }

    /// Looks into an image of a private registry with a person's sign-in; `None` where looks are off.
    #[cfg(feature = "aws")]
    pub async fn look_signed_in(
        &self,
        client: Option<&str>,
        access: &registry::EcrAccess,
        image: &str,
        platform: &Platform,
        depth: Depth,
        progress: &Progress,
    ) -> Option<Result<Look, Error>> {
        Some(self.reader.as_ref()?.look_signed_in(access, image, platform, depth, client, progress).await)
    }

    /// Whose limits the looks of this request count against.
    pub fn client(&self) -> Option<String> {
        crate::limits::asker().filter(|_| self.limited).map(|asker| asker.address.to_string())
    }

    /// Looks into an image for a client; `None` where that is off.
    async fn look_for(&self, client: Option<&str>, image: &str, platform: &Platform, depth: Depth, progress: &Progress) -> Option<Result<Look, Error>> {
        Some(self.reader.as_ref()?.look(image, platform, depth, client, progress).await)
    }

    /// Pulls that registries still allow this server, each with the registry, where they said so lately.
    pub fn pulls_left(&self, definition: &Value) -> Vec<(String, u32)> {
        let mut left: Vec<(String, u32)> = images(definition).iter().filter_map(|image| self.reader.as_ref()?.pulls_left(image)).collect();
        left.sort();
        left.dedup();
        left
    }

    /// Brings what is kept in the store about a definition's images, without a request to a registry.
    pub async fn recall(&self, definition: &Value) {
        let Some(reader) = &self.reader else { return };
        let platform = platform(definition);
        for image in images(definition) {
            reader.recall(&image, &platform).await;
        }
    }

    /// What earlier looks answered about a definition's images, without a request.
    pub fn earlier(&self, definition: &Value) -> Vec<Answered> {
        let platform = platform(definition);
        let known = |image: String| {
            let (looked, at) = self.reader.as_ref()?.known(&image, &platform)?;
            Some((
                image,
                match looked {
                    Looked::Found(facts) => Ok(Look { facts, at }),
                    Looked::Missing(nearest) => Err(Error::NotFound { nearest }),
                },
            ))
        };
        images(definition).into_iter().filter_map(known).collect()
    }
}

/// The images of a definition, each once, in the order of their containers.
pub fn images(definition: &Value) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for c in view::containers(definition).iter().take(MOST).filter(|c| c.reference().is_some()) {
        if !all.iter().any(|image| image == c.image()) {
            all.push(c.image().to_owned());
        }
    }
    all
}

/// The platform that a definition asks for.
pub fn platform(definition: &Value) -> Platform {
    let text = |key: &str| definition.get("runtimePlatform").and_then(|p| p.get(key)).and_then(Value::as_str).unwrap_or("");
    Platform::of_task(text("cpuArchitecture"), text("operatingSystemFamily"))
}

/// What the rules can use of the answers.
pub fn looked(answers: &[Answered]) -> Images {
    let of = |(image, answer): &Answered| match answer {
        Ok(look) => Some((image.clone(), Looked::Found(look.facts.clone()))),
        Err(Error::NotFound { nearest }) => Some((image.clone(), Looked::Missing(nearest.clone()))),
        Err(_) => None,
    };
    answers.iter().filter_map(of).collect()
}
