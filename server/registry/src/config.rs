//! What is read of an image's configuration. HEALTHCHECK is Docker's field, which the types of the OCI specification do not have.

use crate::{Error, manifest::RawPlatform};
use serde::{Deserialize, de::IgnoredAny};
use std::collections::BTreeMap;
use taskdef::facts::{ImageFacts, ImageHealthcheck, Platform};

/// Bytes of a configuration.
pub(crate) const LARGEST: usize = 1024 * 1024;
const USUAL_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const FOLDERS: usize = 32;

#[derive(Deserialize)]
struct RawImage {
    #[serde(flatten)]
    platform: RawPlatform,
    config: Option<RawConfig>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct RawConfig {
    user: Option<String>,
    exposed_ports: Option<BTreeMap<String, IgnoredAny>>,
    env: Option<Vec<String>>,
    entrypoint: Option<Words>,
    cmd: Option<Words>,
    working_dir: Option<String>,
    volumes: Option<BTreeMap<String, IgnoredAny>>,
    healthcheck: Option<RawHealthcheck>,
    stop_signal: Option<String>,
}

/// Docker reads a single text as a list of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

impl From<Words> for Vec<String> {
    fn from(words: Words) -> Vec<String> {
        match words {
            Words::One(word) => vec![word],
            Words::Many(words) => words,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RawHealthcheck {
    test: Option<Vec<String>>,
    interval: Option<u64>,
    timeout: Option<u64>,
    start_period: Option<u64>,
    retries: Option<u64>,
}

/// The facts of a configuration, and the folders of its PATH. Values of variables end here.
pub(crate) fn read(bytes: &[u8]) -> Result<(ImageFacts, Vec<String>), Error> {
    let image: RawImage = serde_json::from_slice(bytes).map_err(|_| Error::Unreadable)?;
    let platform = image.platform.read().ok_or(Error::Unreadable)?;
    Ok(image.config.unwrap_or_default().facts(platform))
}

impl RawConfig {
    /// The facts, and the folders of the image's PATH.
    pub fn facts(self, platform: Platform) -> (ImageFacts, Vec<String>) {
        let config = self;
        let keys = |map: Option<BTreeMap<String, IgnoredAny>>| map.unwrap_or_default().into_keys().collect();
        let env = config.env.unwrap_or_default();
        let path = env.iter().find_map(|v| v.strip_prefix("PATH=")).unwrap_or(USUAL_PATH);
        let folders = path.split(':').filter(|folder| folder.starts_with('/')).take(FOLDERS).map(str::to_owned).collect();
        let healthcheck = config.healthcheck.map(|check| ImageHealthcheck {
            test: check.test.unwrap_or_default(),
            interval: check.interval.unwrap_or_default(),
            timeout: check.timeout.unwrap_or_default(),
            start_period: check.start_period.unwrap_or_default(),
            retries: check.retries.unwrap_or_default(),
        });
        let facts = ImageFacts {
            digest: String::new(),
            platforms: vec![platform.clone()],
            platform,
            ports: keys(config.exposed_ports),
            user: config.user.unwrap_or_default(),
            entry_point: config.entrypoint.map(Vec::from).unwrap_or_default(),
            command: config.cmd.map(Vec::from).unwrap_or_default(),
            working_directory: config.working_dir.unwrap_or_default(),
            variables: env.iter().map(|v| v.split('=').next().unwrap_or_default().to_owned()).collect(),
            volumes: keys(config.volumes),
            healthcheck: healthcheck.filter(|check| !check.test.is_empty()),
            stop_signal: config.stop_signal.unwrap_or_default(),
            size: 0,
            copy: None,
            layers: None,
        };
        (facts, folders)
    }
}
