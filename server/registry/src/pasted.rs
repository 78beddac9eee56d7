//! What a person's own docker says about an image that this server cannot look into. The text is the person's, so it is bounded
//! and believed for their own draft only.

use crate::{
    bounded::{MOST, bounded},
    config::RawConfig,
};
use serde::Deserialize;
use serde_json::Value;
use taskdef::facts::{Has, ImageFacts, LayerFacts, PROGRAMS, Platform};

/// Bytes of a text.
pub const LARGEST: usize = 512 * 1024;

/// What was understood of a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// `docker image inspect`: the configuration.
    Image(Box<ImageFacts>),
    /// `docker manifest inspect`, of an index: the platforms.
    Platforms(Vec<Platform>),
    /// Lines of `command -v`: which programs are in the image.
    Programs(LayerFacts),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    os: String,
    architecture: String,
    variant: Option<String>,
    config: Option<RawConfig>,
}

/// Reads the output of `docker image inspect`, of `docker manifest inspect` with or without `-v`, or of `command -v` line by line.
/// `None` where it is none of them, or larger than [`LARGEST`].
pub fn pasted(text: &str) -> Option<Pasted> {
    if text.len() > LARGEST {
        return None;
    }
    match serde_json::from_str::<Value>(text.trim()) {
        Ok(json) => image(&json).or_else(|| platforms(&json)),
        Err(_) => programs(text),
    }
}

fn platform(os: &str, architecture: &str, variant: Option<&str>) -> Option<Platform> {
    let variant = variant.filter(|v| !v.is_empty()).map(|v| format!("/{v}")).unwrap_or_default();
    Platform::parse(&format!("{os}/{architecture}{variant}")).filter(|_| os != "unknown")
}

fn image(json: &Value) -> Option<Pasted> {
    let first = json.as_array().map_or(Some(json), |all| all.first())?;
    let read = Inspected::deserialize(first).ok()?;
    let platform = platform(&read.os, &read.architecture, read.variant.as_deref())?;
    let (facts, _) = read.config.unwrap_or_default().facts(platform);
    Some(Pasted::Image(Box::new(bounded(facts))))
}

fn platforms(json: &Value) -> Option<Pasted> {
    // `-v` gives a list of descriptors, or one of them.
    let entries = match json.get("manifests").unwrap_or(json) {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let of = |entry: &Value| {
        let named = entry.get("platform").or_else(|| entry.pointer("/Descriptor/platform"))?;
        let text = |key: &str| named.get(key).and_then(Value::as_str);
        platform(text("os")?, text("architecture")?, text("variant"))
    };
    let all: Vec<Platform> = entries.iter().take(MOST).filter_map(of).collect();
    (!all.is_empty()).then_some(Pasted::Platforms(all))
}

/// What Docker says where an image has no shell. Source: moby and runc, their error of `exec`.
const NO_SHELL: &str = "exec: \"sh\": executable file not found";

/// Each line is the path of a program, or `no` and its name.
fn programs(text: &str) -> Option<Pasted> {
    let mut found = PROGRAMS.map(|name| (name, if name == "sh" && text.contains(NO_SHELL) { Has::No } else { Has::Unknown }));
    for line in text.lines().take(200).map(str::trim) {
        let (name, has) = match line.strip_prefix("no ") {
            Some(name) => (name, Has::No),
            None if line.starts_with('/') => (line.rsplit('/').next().unwrap_or_default(), Has::Yes),
            None => continue,
        };
        if let Some(known) = found.iter_mut().find(|(program, _)| *program == name) {
            known.1 = has;
        }
    }
    let told = found.iter().any(|(_, has)| *has != Has::Unknown);
    told.then(|| Pasted::Programs(LayerFacts { programs: found.to_vec(), nginx: None }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounded::ITEM;

    fn linux(architecture: &str) -> Platform {
        Platform::parse(&format!("linux/{architecture}")).expect("a platform")
    }

    #[test]
    fn what_docker_says_is_understood() {
        let inspected = r#"[{"Id": "sha256:1", "Os": "linux", "Architecture": "arm64", "Variant": "v8", "Size": 5, "Config":
            {"User": "app", "ExposedPorts": {"8080/tcp": {}}, "Env": ["KEY=sesame"], "Entrypoint": ["/run"], "Cmd": null,
             "Healthcheck": {"Test": ["CMD", "curl", "-f", "localhost"], "Interval": 10000000000}}}]"#;
        let Some(Pasted::Image(facts)) = pasted(inspected) else { panic!("docker image inspect") };
        assert_eq!((facts.user.as_str(), &facts.ports[..], &facts.platforms[..]), ("app", &["8080/tcp".to_owned()][..], &[linux("arm64/v8")][..]));
        assert!(facts.healthcheck.as_ref().is_some_and(|check| check.for_ecs().is_some_and(|check| check["interval"] == 10)));
        assert!(!format!("{facts:?}").contains("sesame"), "values of variables are not kept");

        let index = r#"{"schemaVersion": 2, "manifests": [{"platform": {"architecture": "amd64", "os": "linux"}},
            {"platform": {"architecture": "unknown", "os": "unknown"}}, {"platform": {"architecture": "arm64", "os": "linux"}}]}"#;
        assert_eq!(pasted(index), Some(Pasted::Platforms(vec![linux("amd64"), linux("arm64")])));
        let verbose = r#"{"Ref": "x", "Descriptor": {"digest": "sha256:1", "platform": {"architecture": "amd64", "os": "linux"}}}"#;
        assert_eq!(pasted(verbose), Some(Pasted::Platforms(vec![linux("amd64")])));

        let Some(Pasted::Programs(layers)) = pasted("/bin/sh\r\nno bash\r\n/usr/local/bin/node\nno curl\nno perl\n") else { panic!("command -v") };
        let has = |name: &str| layers.programs.iter().find(|(program, _)| *program == name).map(|(_, has)| *has);
        assert_eq!(["sh", "bash", "node", "curl", "wget"].map(has), [Has::Yes, Has::No, Has::Yes, Has::No, Has::Unknown].map(Some));
        let error = "docker: Error response from daemon: … exec: \"sh\": executable file not found in $PATH: unknown.";
        let Some(Pasted::Programs(layers)) = pasted(error) else { panic!("no shell") };
        assert_eq!(layers.programs[0], ("sh", Has::No));
    }

    #[test]
    fn other_and_hostile_texts_are_refused_or_cut() {
        let deep = "[".repeat(100_000);
        let large = "/bin/sh\n".repeat(LARGEST);
        for text in ["", "hello", "{}", "[]", "[1]", "null", r#"{"manifests": 1}"#, r#"[{"Os": "li nux", "Architecture": "x"}]"#, &deep, &large] {
            assert_eq!(pasted(text), None, "{}", &text[..text.len().min(40)]);
        }
        let ports: String = (0..1_000).map(|n| format!("\"{n}/tcp\": {{}},")).collect();
        let many = format!(
            r#"{{"Os": "linux", "Architecture": "amd64", "Config": {{"ExposedPorts": {{{ports} "{}": {{}}}}, "User": "{}"}}}}"#,
            "x".repeat(1_000),
            "u".repeat(1_000)
        );
        let Some(Pasted::Image(facts)) = pasted(&many) else { panic!("an image") };
        assert!(facts.ports.len() == MOST && facts.ports.iter().all(|port| port.len() <= ITEM) && facts.user.is_empty());
    }
}
