//! Image references by the grammar of the container registry specification (distribution reference).

/// The parts of a reference. `docker.io` and `library/` are filled in where they are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// Registry host with its port, as written; `None` means Docker Hub.
    pub registry: Option<&'a str>,
    /// Repository path, as written.
    pub path: &'a str,
    /// Tag, without its colon.
    pub tag: Option<&'a str>,
    /// Digest (`sha256:…`), without its at sign.
    pub digest: Option<&'a str>,
}

/// What a reference breaks; the most telling one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// White space or quotes anywhere.
    Whitespace,
    /// Starts with `http://`, `https://`, or is the address of a web page.
    Scheme,
    /// Ends with `:` or `@`, or has two tags.
    EmptyTag,
    /// Digest that is not `sha256:` and 64 hex digits.
    Digest,
    /// Tag longer than 128 or with a wrong sign.
    Tag,
    /// Upper-case letter in the repository path.
    Uppercase,
    /// Longer than 255 characters.
    Length,
    /// Anything else that the grammar refuses.
    Grammar,
}

/// Most characters in front of a digest. Source: API reference, ContainerDefinition.image.
const MAX_LENGTH: usize = 255;

/// Splits and checks a reference.
///
/// ```
/// let r = taskdef::grammar::image::parse("docker.io/myid/nginx:1").unwrap();
/// assert_eq!((r.registry, r.path, r.tag), (Some("docker.io"), "myid/nginx", Some("1")));
/// ```
pub fn parse(text: &str) -> Result<Reference<'_>, Fault> {
    // Of a plain text no character is decoded.
    let plain = text.bytes().all(|b| b.is_ascii_graphic());
    if text.bytes().any(|b| matches!(b, b'"' | b'\'' | b'`')) || (!plain && text.contains(char::is_whitespace)) {
        return Err(Fault::Whitespace);
    }
    if ["http://", "https://", "hub.docker.com/", "github.com/"].iter().any(|p| text.get(..p.len()).is_some_and(|start| start.eq_ignore_ascii_case(p))) {
        return Err(Fault::Scheme);
    }
    let (name, digest) = match text.split_once('@') {
        Some((_, "")) => return Err(Fault::EmptyTag),
        Some((name, digest)) => (name, Some(digest)),
        None => (text, None),
    };
    if digest.is_some_and(|d| !is_digest(d)) {
        return Err(Fault::Digest);
    }
    let slash = name.rfind('/').map_or(0, |i| i + 1);
    let (repository, tag) = match name[slash..].split_once(':') {
        Some((_, "")) => return Err(Fault::EmptyTag),
        Some((_, tag)) if tag.contains(':') => return Err(Fault::EmptyTag),
        Some((last, tag)) => (&name[..slash + last.len()], Some(tag)),
        None => (name, None),
    };
    if tag.is_some_and(|t| !is_tag(t)) {
        return Err(Fault::Tag);
    }
    let (registry, path) = match repository.split_once('/') {
        Some((first, rest)) if is_registry(first) => (Some(first), rest),
        _ => (None, repository),
    };
    if path.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(Fault::Uppercase);
    }
    // With a digest the name alone counts, with a tag the tag too.
    if name.len() > MAX_LENGTH {
        return Err(Fault::Length);
    }
    if !path.split('/').all(is_component) || registry.is_some_and(|r| !is_host(r)) {
        return Err(Fault::Grammar);
    }
    Ok(Reference { registry, path, tag, digest })
}

impl<'a> Reference<'a> {
    /// Whether the image comes from Docker Hub.
    pub fn is_hub(&self) -> bool {
        matches!(self.registry, None | Some("docker.io" | "index.docker.io" | "registry-1.docker.io"))
    }

    /// The name of a Docker Hub official image (`nginx`, `node`), also through Amazon's public copy.
    pub fn official(&self) -> Option<&'a str> {
        let path = match self.registry {
            Some("public.ecr.aws") => self.path.strip_prefix("docker/library/")?,
            _ if self.is_hub() => self.path.strip_prefix("library/").unwrap_or(self.path),
            _ => return None,
        };
        (!path.contains('/')).then_some(path)
    }

    /// Account and Region of a private Amazon ECR host.
    pub fn ecr(&self) -> Option<(&'a str, &'a str)> {
        self.ecr_host().map(|(account, region, _)| (account, region))
    }

    /// The same, and what follows the Region, without its dot: `amazonaws.com`.
    pub(crate) fn ecr_host(&self) -> Option<(&'a str, &'a str, &'a str)> {
        let (account, rest) = self.registry?.split_once(".dkr.ecr")?;
        let rest = rest.strip_prefix("-fips").unwrap_or(rest).strip_prefix('.')?;
        let (region, ending) = rest.split_once('.').unwrap_or((rest, ""));
        Some((account, region, ending))
    }
}

/// The tag's spelling of a valid reference that was only written with a scheme, spaces or capitals.
pub fn repaired(text: &str) -> Option<String> {
    let mut t: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '`')).collect();
    for prefix in ["https://", "http://"] {
        if t.to_ascii_lowercase().starts_with(prefix) {
            t = t[prefix.len()..].to_owned();
        }
    }
    for page in ["hub.docker.com/_/", "hub.docker.com/r/"] {
        if let Some(rest) = t.strip_prefix(page) {
            t = rest.trim_end_matches('/').to_owned();
        }
    }
    t = t.trim_end_matches([':', '@']).to_owned();
    if parse(&t) == Err(Fault::Uppercase) {
        let slash = t.rfind('/').map_or(0, |i| i + 1);
        let cut = t[slash..].find([':', '@']).map_or(t.len(), |i| slash + i);
        let start = t.split('/').next().filter(|f| is_registry(f) && t.len() > f.len()).map_or(0, |f| f.len());
        t = format!("{}{}{}", &t[..start], t[start..cut].to_ascii_lowercase(), &t[cut..]);
    }
    (t != text && parse(&t).is_ok()).then_some(t)
}

/// A reference whose path has signs at a wrong place, without them: `a..b` is `a.b`, `me/-web` is `me/web`.
pub fn respelt(text: &str) -> Option<String> {
    let (start, rest) = text.split_once('/').filter(|(first, _)| is_registry(first)).map_or(("", text), |(first, rest)| (&text[..=first.len()], rest));
    let end = rest.find([':', '@']).unwrap_or(rest.len());
    let is_sign = |c: char| matches!(c, '.' | '_' | '-');
    let component = |part: &str| {
        let mut out = String::new();
        for c in part.trim_matches(is_sign).chars() {
            if !(is_sign(c) && out.ends_with(is_sign)) {
                out.push(c);
            }
        }
        out
    };
    let path: Vec<String> = rest[..end].split('/').map(component).filter(|part| !part.is_empty()).collect();
    let t = format!("{start}{}{}", path.join("/"), &rest[end..]);
    (t != text && parse(&t).is_ok()).then_some(t)
}

fn is_registry(first: &str) -> bool {
    first.contains(['.', ':']) || first == "localhost"
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(n, p)| (n, Some(p)));
    let label = |l: &str| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-') && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    name.split('.').all(label) && port.is_none_or(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

fn is_digest(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|h| h.len() == 64 && h.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

fn is_tag(tag: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    tag.len() <= 128 && tag.bytes().enumerate().all(|(i, b)| word(b) || (i > 0 && matches!(b, b'.' | b'-')))
}

fn is_component(text: &str) -> bool {
    let alnum = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    if !alnum(*first) || !alnum(*last) {
        return false;
    }
    bytes.split(|b| alnum(*b)).filter(|s| !s.is_empty()).all(|s| matches!(s, b"." | b"_" | b"__") || s.iter().all(|b| *b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_the_grammar_accepts() {
        let digest = format!("nginx@sha256:{}", "a".repeat(64));
        let good = [
            "nginx",
            "nginx:1.27",
            "library/node:22-alpine",
            "docker.io/myid/webserver:1",
            "localhost:5000/a/b",
            "a__b/c-d.e",
            "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/web:1",
            "GHCR.io/x/y",
            &digest,
        ];
        for text in good {
            assert!(parse(text).is_ok(), "{text}: {:?}", parse(text));
        }
    }

    #[test]
    fn names_the_fault() {
        for (text, fault) in [
            ("nginx ", Fault::Whitespace),
            ("https://hub.docker.com/_/nginx", Fault::Scheme),
            ("nginx:", Fault::EmptyTag),
            ("nginx:1:2", Fault::EmptyTag),
            ("nginx@sha256:12", Fault::Digest),
            ("nginx:-x", Fault::Tag),
            ("docker.io/MyId/nginx:1", Fault::Uppercase),
            ("a..b", Fault::Grammar),
            ("", Fault::Grammar),
            ("a//b", Fault::Grammar),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn repairs_only_into_something_valid() {
        assert_eq!(repaired("docker.io/MyId/nginx:V1").as_deref(), Some("docker.io/myid/nginx:V1"));
        assert_eq!(repaired("https://hub.docker.com/_/nginx").as_deref(), Some("nginx"));
        assert_eq!(repaired(" nginx:1 ").as_deref(), Some("nginx:1"));
        assert_eq!(repaired("nginx:1"), None);
        assert_eq!(repaired("a..b"), None);
    }

    #[test]
    fn signs_at_a_wrong_place_are_left_out() {
        for (wrong, right) in [("a..b:1", "a.b:1"), ("docker.io/me/-a:1", "docker.io/me/a:1"), ("a//b", "a/b"), ("localhost:5000/a_-b-", "localhost:5000/a_b")]
        {
            assert_eq!(respelt(wrong).as_deref(), Some(right));
        }
        assert_eq!((respelt("a/b:1"), respelt("a/$b"), respelt("--")), (None, None, None));
    }

    #[test]
    fn knows_official_images_and_ecr_hosts() {
        assert_eq!(parse("public.ecr.aws/docker/library/node:22").unwrap().official(), Some("node"));
        assert_eq!(parse("docker.io/library/nginx").unwrap().official(), Some("nginx"));
        assert_eq!(parse("myid/nginx").unwrap().official(), None);
        assert_eq!(parse("123456789012.dkr.ecr.us-east-1.amazonaws.com/a").unwrap().ecr(), Some(("123456789012", "us-east-1")));
    }
}
