//! What a registry says about one image: values only. Who asks the registry is another crate.
//!
//! Every text here is the image's own, so it is hostile until it is escaped where it is shown.

use super::Has;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Value, json};
use std::{collections::HashMap, fmt, sync::Arc};

/// Programs that are looked for: those that health checks and entry points call.
pub const PROGRAMS: [&str; 10] = ["sh", "bash", "ash", "curl", "wget", "nc", "node", "python", "python3", "busybox"];

/// An operating system and a processor, as an image index names them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Platform {
    /// `linux` or `windows`.
    pub os: String,
    /// `amd64`, `arm64`, ….
    pub architecture: String,
    /// `v7`, `v8`; empty where there is none.
    pub variant: String,
}

impl Platform {
    /// Reads `linux/arm64` or `linux/arm/v7`: two or three words of up to 32 letters, digits, dots, hyphens and underscores.
    ///
    /// ```
    /// use taskdef::facts::Platform;
    /// assert_eq!(Platform::parse("linux/arm64").map(|p| p.to_string()).as_deref(), Some("linux/arm64"));
    /// assert_eq!(Platform::parse("arm64"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Platform> {
        let mut words = text.split('/');
        let (os, architecture, variant) = (words.next()?, words.next()?, words.next());
        let all = [Some(os), Some(architecture), variant];
        (words.next().is_none() && all.into_iter().flatten().all(is_word)).then(|| Platform {
            os: os.into(),
            architecture: architecture.into(),
            variant: variant.unwrap_or_default().into(),
        })
    }

    /// The platform of a task: `cpuArchitecture` (`ARM64`, else x86) and `operatingSystemFamily` (`WINDOWS_…`, else Linux).
    pub fn of_task(architecture: &str, family: &str) -> Platform {
        let os = if family.starts_with("WINDOWS") { "windows" } else { "linux" };
        let architecture = if architecture == "ARM64" { "arm64" } else { "amd64" };
        Platform { os: os.into(), architecture: architecture.into(), variant: String::new() }
    }

    /// Whether an image for `self` runs where `wanted` is asked for: a variant counts only where one is asked for.
    pub fn serves(&self, wanted: &Platform) -> bool {
        self.os == wanted.os && self.architecture == wanted.architecture && (wanted.variant.is_empty() || wanted.variant == self.variant)
    }
}

fn is_word(word: &str) -> bool {
    (1..=32).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        if self.variant.is_empty() { Ok(()) } else { write!(f, "/{}", self.variant) }
    }
}

impl Serialize for Platform {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Platform {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Platform, D::Error> {
        Platform::parse(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("not a platform"))
    }
}

/// The HEALTHCHECK of a Dockerfile. Times are in nanoseconds, as the image's configuration has them; 0 is Docker's default.
/// Source: Docker image specification v1.2, `Healthcheck`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageHealthcheck {
    /// `["CMD-SHELL", "…"]`, `["CMD", …]` or `["NONE"]`.
    pub test: Vec<String>,
    /// Between two checks.
    pub interval: u64,
    /// Of one check.
    pub timeout: u64,
    /// After the start, while failures do not count.
    pub start_period: u64,
    /// Failures in a row that make the container unhealthy.
    pub retries: u64,
}

impl ImageHealthcheck {
    /// The same check as Amazon ECS takes it: whole seconds within its ranges (interval 5 to 300, timeout 2 to 60, retries 1 to 10,
    /// start period 0 to 300), with Docker's defaults filled in. `None` for `NONE` and for what is no check.
    /// Source: API reference, HealthCheck; Dockerfile reference, HEALTHCHECK.
    pub fn for_ecs(&self) -> Option<Value> {
        let first = self.test.first()?.as_str();
        let rest = &self.test[1..];
        let right = (first == "CMD-SHELL" && rest.len() == 1) || (first == "CMD" && !rest.is_empty());
        if !right || rest.iter().all(|word| word.trim().is_empty()) {
            return None;
        }
        let seconds = |nanoseconds: u64, default: u64, least: u64, most: u64| {
            if nanoseconds == 0 { default } else { nanoseconds.div_ceil(1_000_000_000).clamp(least, most) }
        };
        let retries = if self.retries == 0 { 3 } else { self.retries.clamp(1, 10) };
        Some(json!({
            "command": self.test,
            "interval": seconds(self.interval, 30, 5, 300),
            "timeout": seconds(self.timeout, 30, 2, 60),
            "retries": retries,
            "startPeriod": seconds(self.start_period, 0, 0, 300),
        }))
    }
}

/// A host that nginx's configuration in the image passes requests to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NginxHost {
    /// The file, from the root of the image.
    pub file: String,
    /// Line of the directive, from 1.
    pub line: u32,
    /// `proxy_pass`, `fastcgi_pass`, …, or `server` of an `upstream`.
    pub directive: String,
    /// What the directive names, such as `http://api:3000/`.
    pub target: String,
    /// The host in it.
    pub host: String,
}

/// What the layers of an image hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFacts {
    /// [`PROGRAMS`] in the folders of the image's PATH.
    #[serde(serialize_with = "by_name", deserialize_with = "in_order")]
    pub programs: Vec<(&'static str, Has)>,
    /// Hosts in nginx's configuration; `None` where it could not be read in full.
    pub nginx: Option<Vec<NginxHost>>,
}

fn by_name<S: serde::Serializer>(programs: &[(&'static str, Has)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(programs.iter().map(|(name, has)| (name, has)))
}

/// What another version of the program did not look for is not known.
fn in_order<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(&'static str, Has)>, D::Error> {
    let named = HashMap::<String, Has>::deserialize(deserializer)?;
    Ok(PROGRAMS.map(|name| (name, named.get(name).copied().unwrap_or(Has::Unknown))).to_vec())
}

/// What is known of one image for one platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageFacts {
    /// Digest that the reference points to: of the index where there is one.
    pub digest: String,
    /// Platforms of the index, or the one of a single image.
    pub platforms: Vec<Platform>,
    /// The platform that everything below is about: the one that was asked for, where the image has it.
    pub platform: Platform,
    /// Exposed ports as the image writes them, such as `80/tcp`.
    pub ports: Vec<String>,
    /// User as the image writes it; empty is root.
    pub user: String,
    /// Entry point.
    pub entry_point: Vec<String>,
    /// Command.
    pub command: Vec<String>,
    /// Working directory; empty is `/`.
    pub working_directory: String,
    /// Names of the variables that the image sets. Their values are never kept.
    pub variables: Vec<String>,
    /// Paths that the image declares as volumes.
    pub volumes: Vec<String>,
    /// HEALTHCHECK, if the image has one.
    pub healthcheck: Option<ImageHealthcheck>,
    /// Signal that stops the container; empty is SIGTERM.
    pub stop_signal: String,
    /// Bytes of all layers as they travel, compressed.
    pub size: u64,
    /// The same image, by its digest, at a registry without Docker Hub's pull limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// What the layers hold; `None` until they are read.
    pub layers: Option<LayerFacts>,
}

impl ImageFacts {
    /// An image of which only its platform is known.
    pub fn of_platform(platform: Platform) -> ImageFacts {
        ImageFacts {
            digest: String::new(),
            platforms: vec![platform.clone()],
            platform,
            ports: Vec::new(),
            user: String::new(),
            entry_point: Vec::new(),
            command: Vec::new(),
            working_directory: String::new(),
            variables: Vec::new(),
            volumes: Vec::new(),
            healthcheck: None,
            stop_signal: String::new(),
            size: 0,
            copy: None,
            layers: None,
        }
    }

    /// Whether the image has a program; [`Has::Unknown`] where the layers were not read, or not in full.
    pub fn program(&self, name: &str) -> Has {
        let known = self.layers.iter().flat_map(|layers| &layers.programs).find(|(program, _)| *program == name);
        known.map_or(Has::Unknown, |(_, has)| *has)
    }

    /// Exposed TCP ports, in the image's order.
    pub fn tcp_ports(&self) -> impl Iterator<Item = u16> {
        self.ports.iter().filter_map(|port| match port.split_once('/') {
            None => port.parse().ok(),
            Some((number, "tcp")) => number.parse().ok(),
            Some(_) => None,
        })
    }
}

/// What a registry answered about a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// The image is there.
    Found(Arc<ImageFacts>),
    /// The registry has no such image, or no such tag of it; then with the tags that are spelt most alike, at most five.
    Missing(Vec<String>),
}

/// What registries answered about the images of a definition, by the reference as it is written there.
/// A copy costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Images(Arc<HashMap<String, Looked>>);

impl Images {
    /// What was found of an image.
    pub fn found(&self, reference: &str) -> Option<&ImageFacts> {
        match self.0.get(reference)? {
            Looked::Found(facts) => Some(facts),
            Looked::Missing(_) => None,
        }
    }

    /// Tags similar to one that does not exist; `None` if the image exists or was not looked up.
    pub fn missing(&self, reference: &str) -> Option<&[String]> {
        match self.0.get(reference)? {
            Looked::Found(_) => None,
            Looked::Missing(nearest) => Some(nearest),
        }
    }

    /// With what is known from elsewhere of images that were not looked at.
    pub fn or(self, others: impl IntoIterator<Item = (String, Arc<ImageFacts>)>) -> Images {
        let mut all = Arc::unwrap_or_clone(self.0);
        for (reference, facts) in others {
            all.entry(reference).or_insert(Looked::Found(facts));
        }
        Images(Arc::new(all))
    }

    /// Whether nothing was looked at.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Looked)> for Images {
    fn from_iter<T: IntoIterator<Item = (String, Looked)>>(all: T) -> Images {
        Images(Arc::new(all.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_healthcheck_is_held_to_the_ranges_of_ecs() {
        let second = 1_000_000_000;
        let check = |test: &[&str], times: [u64; 4]| ImageHealthcheck {
            test: test.iter().map(|t| (*t).to_owned()).collect(),
            interval: times[0],
            timeout: times[1],
            start_period: times[2],
            retries: times[3],
        };
        let ecs = check(&["CMD-SHELL", "curl -f localhost"], [second, 900 * second, 400 * second, 40]).for_ecs().expect("a check");
        assert_eq!(ecs, json!({"command": ["CMD-SHELL", "curl -f localhost"], "interval": 5, "timeout": 60, "retries": 10, "startPeriod": 300}));
        let defaults = check(&["CMD", "true"], [0; 4]).for_ecs().expect("a check");
        assert_eq!(defaults, json!({"command": ["CMD", "true"], "interval": 30, "timeout": 30, "retries": 3, "startPeriod": 0}));
        for none in [&["NONE"][..], &[], &["CMD"], &["CMD-SHELL"], &["CMD-SHELL", "a", "b"], &["CMD-SHELL", " "], &["sh", "x"]] {
            assert_eq!(check(none, [0; 4]).for_ecs(), None, "{none:?}");
        }
    }

    #[test]
    fn a_platform_is_two_or_three_plain_words() {
        for wrong in ["", "linux", "linux/", "/amd64", "linux/amd64/v1/x", "linux/am d64", "linux/\u{1b}[2J", &format!("linux/{}", "a".repeat(33))] {
            assert_eq!(Platform::parse(wrong), None, "{wrong:?}");
        }
        let arm = Platform::parse("linux/arm64/v8").expect("a platform");
        assert!(arm.serves(&Platform::of_task("ARM64", "LINUX")));
        assert!(!arm.serves(&Platform::of_task("X86_64", "LINUX")) && !arm.serves(&Platform::of_task("ARM64", "WINDOWS_SERVER_2022_CORE")));
    }
}
