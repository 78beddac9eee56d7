//! Looks into images, for the pages, the API and the commands. What goes out of this computer is in the crate `registry`.
//!
//! | file | what |
//! |---|---|
//! | `words.rs` | facts and failures in both languages |

pub mod words;

use crate::config::RegistryFlags;
use registry::{Credentials, Depth, Error, Look, Options, Progress, Reader};
use serde_json::Value;
use std::{fs::File, io::Read};
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

    /// As the flags say; `limited` where strangers ask.
    ///
    /// # Errors
    /// The file of credentials cannot be read; nothing of it is in the text.
    pub fn new(flags: &RegistryFlags, limited: bool) -> Result<Inspector, String> {
        let credentials = match &flags.registry_credentials {
            None => Credentials::default(),
            Some(file) => {
                let mut text = String::new();
                let read = File::open(file).and_then(|file| file.take(512 * 1024).read_to_string(&mut text));
                read.map_err(|error| format!("cannot read the file of --registry-credentials: {error}"))?;
                Credentials::read(&text).map_err(|error| format!("the file of --registry-credentials {error}"))?
            }
        };
        let reader = Reader::new(Options { allow: flags.registry_allow.clone(), credentials }).map_err(|error| error.to_string())?;
        Ok(Inspector { reader: Some(reader), limited })
    }

    /// Whether requests go out.
    pub fn is_on(&self) -> bool {
        self.reader.is_some()
    }

    /// Looks into an image; `None` where that is off.
    pub async fn look(&self, image: &str, platform: &Platform, depth: Depth) -> Option<Result<Look, Error>> {
        let client = crate::limits::asker().filter(|_| self.limited).map(|asker| asker.address.to_string());
        Some(self.reader.as_ref()?.look(image, platform, depth, client.as_deref(), &Progress::default()).await)
    }

    /// Looks into all images of a definition, one after another.
    pub async fn look_at_all(&self, definition: &Value, depth: Depth) -> Vec<Answered> {
        let platform = platform(definition);
        let mut all = Vec::new();
        for image in images(definition) {
            if let Some(answer) = self.look(&image, &platform, depth).await {
                all.push((image, answer));
            }
        }
        all
    }

    /// What earlier looks answered about a definition's images, without a request.
    pub fn earlier(&self, definition: &Value) -> Vec<Answered> {
        let known = |image: String| {
            let (looked, at) = self.reader.as_ref()?.known(&image)?;
            Some((
                image,
                match looked {
                    Looked::Found(facts) => Ok(Look { facts: *facts, at }),
                    Looked::Missing(nearest) => Err(Error::NotFound { nearest }),
                },
            ))
        };
        images(definition).into_iter().filter_map(known).collect()
    }

    /// The same, as the rules take it.
    pub fn known(&self, definition: &Value) -> Images {
        looked(&self.earlier(definition))
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
        Ok(look) => Some((image.clone(), Looked::Found(Box::new(look.facts.clone())))),
        Err(Error::NotFound { nearest }) => Some((image.clone(), Looked::Missing(nearest.clone()))),
        Err(_) => None,
    };
    answers.iter().filter_map(of).collect()
}
