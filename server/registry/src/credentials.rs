//! The operator's sign-in, as `docker login` writes it.

use base64::{Engine, prelude::BASE64_STANDARD};
use std::{collections::HashMap, fmt};
use zeroize::Zeroizing;

const LARGEST: usize = 256 * 1024;

/// User names and passwords by registry. Nothing of them is ever shown.
#[derive(Clone, Default)]
pub struct Credentials(HashMap<String, Zeroizing<String>>);

/// Why a text holds no credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongCredentials {
    /// Not what `docker login` writes.
    #[error("must be Docker's config.json: {{\"auths\": {{\"https://index.docker.io/v1/\": {{\"auth\": \"…\"}}}}}}")]
    Form,
    /// An entry has no password: it is in a credential helper.
    #[error("an entry has no \"auth\": a credential helper keeps the password, and Taskwright does not run helpers")]
    Helper,
}

impl Credentials {
    /// Reads Docker's `config.json`: `auths`, with `auth` (`user:password` in Base64) for each registry.
    ///
    /// # Errors
    /// [`WrongCredentials`], which names nothing of the text.
    pub fn read(text: &str) -> Result<Credentials, WrongCredentials> {
        if text.len() > LARGEST {
            return Err(WrongCredentials::Form);
        }
        let json: serde_json::Value = serde_json::from_str(text).map_err(|_| WrongCredentials::Form)?;
        let auths = json.get("auths").and_then(|a| a.as_object()).ok_or(WrongCredentials::Form)?;
        let mut all = HashMap::new();
        for (registry, entry) in auths {
            let auth = entry.get("auth").and_then(|a| a.as_str()).filter(|a| !a.is_empty()).ok_or(WrongCredentials::Helper)?;
            let plain = BASE64_STANDARD.decode(auth).map(Zeroizing::new).map_err(|_| WrongCredentials::Form)?;
            if !plain.contains(&b':') {
                return Err(WrongCredentials::Form);
            }
            all.insert(name(registry), Zeroizing::new(format!("Basic {auth}")));
        }
        Ok(Credentials(all))
    }

    /// The sign-in to one registry, as the value of the header `Authorization`.
    pub(crate) fn to(registry: &str, header: Zeroizing<String>) -> Credentials {
        Credentials(HashMap::from([(registry.to_owned(), header)]))
    }

    /// The header's value for a registry, by its usual name.
    pub(crate) fn of(&self, registry: &str) -> Option<&str> {
        self.0.get(registry).map(|header| header.as_str())
    }
}

/// `https://index.docker.io/v1/` is `docker.io`.
fn name(registry: &str) -> String {
    let host = registry.split_once("://").map_or(registry, |(_, rest)| rest).split('/').next().unwrap_or_default().to_ascii_lowercase();
    if matches!(host.as_str(), "index.docker.io" | "registry-1.docker.io") { "docker.io".into() } else { host }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials for {} registries", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_docker_login_is_read_and_never_shown() {
        let auth = BASE64_STANDARD.encode("user:sesame");
        let text = format!(r#"{{"auths": {{"https://index.docker.io/v1/": {{"auth": "{auth}"}}, "ghcr.io": {{"auth": "{auth}"}}}}}}"#);
        let credentials = Credentials::read(&text).expect("credentials");
        assert_eq!(credentials.of("docker.io"), Some(format!("Basic {auth}").as_str()));
        assert!(credentials.of("ghcr.io").is_some() && credentials.of("quay.io").is_none());
        let shown = format!("{credentials:?}");
        assert!(!shown.contains(&auth) && !shown.contains("sesame"), "{shown}");
        for (text, wrong) in [
            ("", WrongCredentials::Form),
            ("{}", WrongCredentials::Form),
            (r#"{"auths": {"ghcr.io": {}}}"#, WrongCredentials::Helper),
            (r#"{"auths": {"ghcr.io": {"auth": "%"}}}"#, WrongCredentials::Form),
            (r#"{"auths": {"ghcr.io": {"auth": "dXNlcg=="}}}"#, WrongCredentials::Form),
        ] {
            assert_eq!(Credentials::read(text).err(), Some(wrong), "{text}");
        }
    }
}
