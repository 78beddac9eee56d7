//! Docker Hub's own names: the ID of an account, and `namespace/repository`.

use super::image::Reference;

/// Docker Hub's hosts, as images name them.
const HOSTS: [&str; 3] = ["docker.io/", "index.docker.io/", "registry-1.docker.io/"];

/// Most characters of an ID. Source: Docker, create a Docker account.
const LONGEST: usize = 30;

/// The Docker Hub ID in what was typed or pasted for one: in `kim`, `Kim`, `@kim`, `docker.io/kim`, `kim/webserver:1` and
/// `https://hub.docker.com/u/kim` it is `kim`. `None` where there is none: an e-mail address, a name with a space, another registry.
///
/// New IDs have 4 to 30 letters and digits; older accounts have shorter ones, hyphens and underscores.
pub fn hub_id(typed: &str) -> Option<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let address = without(&typed, &["https://", "http://", "www."]);
    let rest = match address.strip_prefix("hub.docker.com/") {
        // The page of an account, or of one of its repositories.
        Some(page) => without(page, &["u/", "r/"]),
        None => without(address, &HOSTS),
    };
    let rest = rest.strip_prefix('@').unwrap_or(rest);
    let id = rest.split_once('/').map_or(rest, |(id, _)| id);
    is_namespace(id).then(|| id.to_owned())
}

/// A text without the parts that it begins with, each once and in their order.
fn without<'a>(text: &'a str, parts: &[&str]) -> &'a str {
    parts.iter().fold(text, |rest, part| rest.strip_prefix(part).unwrap_or(rest))
}

/// Whether a name can be an account or an organization on Docker Hub.
fn is_namespace(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    let edge = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = name.as_bytes();
    bytes.len() <= LONGEST && bytes.iter().copied().all(inner) && edge(bytes.first()) && edge(bytes.last())
}

/// Whether an image is at a place that Docker Hub can have: `repository` for its official images, else `namespace/repository`.
pub fn is_place(image: &Reference<'_>) -> bool {
    match image.path.split_once('/') {
        None => true,
        // A dot is in a host name only, so that this is another registry behind Docker Hub's.
        Some((namespace, repository)) => !repository.contains('/') && !namespace.contains('.'),
    }
}

/// An image on Docker Hub that it cannot have, as it was probably meant: with one registry, and no name twice.
pub fn repaired(image: &str) -> Option<String> {
    let right = |text: &str| super::image::parse(text).is_ok_and(|r| !r.is_hub() || is_place(&r));
    let (_, rest) = image.split_once('/')?;
    if rest.split('/').next().is_some_and(|first| first.contains('.')) && right(rest) {
        return Some(rest.to_owned());
    }
    let name_end = image.rfind('/').map_or(0, |i| i + 1);
    let end = image[name_end..].find([':', '@']).map_or(image.len(), |i| name_end + i);
    let mut parts: Vec<&str> = image[..end].split('/').collect();
    parts.dedup();
    let once = format!("{}{}", parts.join("/"), &image[end..]);
    (once != image && right(&once)).then_some(once)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::grammar::image;

    #[test]
    fn an_id_is_found_in_what_people_paste_for_one() {
        for typed in [
            "kim",
            " Kim ",
            "@kim",
            "kim/webserver",
            "kim/webserver:1",
            "docker.io/kim",
            "docker.io/kim/webserver:1",
            "https://hub.docker.com/u/kim",
            "https://hub.docker.com/r/kim/webserver",
            "hub.docker.com/u/KIM/",
        ] {
            assert_eq!(hub_id(typed).as_deref(), Some("kim"), "{typed}");
        }
        assert_eq!(hub_id("u/web").as_deref(), Some("u"));
        for own in ["john-kim", "kim_7", "u", "r2", "docker", &"k".repeat(30)] {
            assert_eq!(hub_id(own).as_deref(), Some(own));
        }
    }

    #[test]
    fn what_is_no_id_is_none() {
        let long = "k".repeat(31);
        for typed in [
            "",
            " ",
            "kim@example.com",
            "김철수",
            "kim lee",
            "docker.io",
            "docker.io/",
            "ghcr.io/kim/web",
            "https://hub.docker.com/_/nginx",
            "-kim",
            "kim:1",
            "$ID",
            &long,
        ] {
            assert_eq!(hub_id(typed), None, "{typed}");
        }
    }

    #[test]
    fn docker_hub_has_places_of_two_parts() {
        let place = |text| is_place(&image::parse(text).unwrap());
        for text in ["nginx:1", "library/nginx", "docker.io/kim/webserver:1", "localhost:5000/a"] {
            assert!(place(text), "{text}");
        }
        for (wrong, right) in [
            ("docker.io/docker.io/kim/webserver:1", Some("docker.io/kim/webserver:1")),
            ("docker.io/ghcr.io/kim/team/web:1", Some("ghcr.io/kim/team/web:1")),
            ("docker.io/kim/webserver/webserver:1", Some("docker.io/kim/webserver:1")),
            ("docker.io/hub.docker.com/web", None),
            ("kim/team/web@sha256:1", None),
            ("docker.io/kim/team/web:1", None),
        ] {
            assert_eq!(repaired(wrong).as_deref(), right, "{wrong}");
        }
        assert!(!place("docker.io/docker.io/kim/webserver:1") && !place("kim/team/web") && !place("docker.io/docker.io/web"));
    }
}
