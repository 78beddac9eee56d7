//! What well-known images contain: shells, probes, and the port they listen on.
//!
//! Source: the Dockerfiles of the official images (docker-node, docker-nginx, docker-library), the
//! distroless README and BusyBox's applets, read 2026-11-22. `Unknown` where none of them tells.

use crate::grammar::image::Reference;
use serde_json::{Value, json};

/// When the sources of the list of well-known images were read.
pub const IMAGES_AS_OF: &str = "2026-11-22";

/// Whether an image has a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Has {
    /// It has.
    Yes,
    /// It has not.
    No,
    /// Not known.
    Unknown,
}

/// The programs that health checks use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tools {
    /// A POSIX shell.
    pub sh: Has,
    /// bash.
    pub bash: Has,
    /// curl.
    pub curl: Has,
    /// wget, GNU or BusyBox.
    pub wget: Has,
    /// Node.js.
    pub node: Has,
}

impl Tools {
    /// By the program's name.
    pub fn get(&self, program: &str) -> Has {
        match program {
            "sh" => self.sh,
            "bash" => self.bash,
            "curl" => self.curl,
            "wget" => self.wget,
            "node" => self.node,
            _ => Has::Unknown,
        }
    }
}

fn row(sh: Has, bash: Has, curl: Has, wget: Has, node: Has) -> Option<Tools> {
    Some(Tools { sh, bash, curl, wget, node })
}

/// What is known of an image; `None` for images that somebody built.
pub fn tools(image: &Reference<'_>) -> Option<Tools> {
    use Has::{No, Unknown, Yes};
    let tag = image.tag.unwrap_or("");
    let (slim, alpine) = (tag.contains("slim"), tag.contains("alpine"));
    if image.registry == Some("gcr.io") && image.path.starts_with("distroless/") {
        let node = if image.path.contains("nodejs") { Yes } else { No };
        return if tag.contains("debug") { row(Yes, No, No, Yes, node) } else { row(No, No, No, No, node) };
    }
    match (image.official()?, alpine, slim) {
        ("node", true, _) => row(Yes, No, No, Yes, Yes),
        ("node", _, true) => row(Yes, Unknown, No, No, Yes),
        ("node", ..) => row(Yes, Unknown, Yes, Yes, Yes),
        ("nginx", true, true) => row(Yes, No, No, Yes, No),
        ("nginx", true, _) => row(Yes, No, Yes, Yes, No),
        ("nginx", ..) => row(Yes, Unknown, Yes, No, No),
        ("php", true, _) => row(Yes, No, Yes, Yes, No),
        ("php", ..) => row(Yes, Unknown, Yes, No, No),
        ("eclipse-temurin", false, _) => row(Yes, Unknown, Yes, Yes, No),
        ("postgres", true, _) => row(Yes, Yes, No, Yes, No),
        ("python" | "ruby" | "golang" | "httpd" | "redis" | "amazoncorretto" | "eclipse-temurin", true, _) => row(Yes, No, No, Yes, No),
        ("alpine" | "busybox", ..) => row(Yes, No, No, Yes, No),
        ("python" | "ruby", _, true) | ("httpd" | "redis" | "postgres" | "debian" | "ubuntu", ..) => row(Yes, Unknown, No, No, No),
        ("python" | "ruby" | "golang", ..) => row(Yes, Unknown, Yes, Yes, No),
        ("amazoncorretto" | "amazonlinux", ..) => row(Yes, Unknown, Yes, Unknown, No),
        _ => None,
    }
}

/// Lines for a Dockerfile that put curl into an image, one for each kind of base that it may have; empty where it has curl, or has
/// no shell to install it with.
///
/// ```
/// use taskdef::{facts, grammar::image};
/// let node = image::parse("node:22-alpine").unwrap();
/// assert_eq!(facts::curl_lines(&node), ["RUN apk add --no-cache curl"]);
/// assert!(facts::curl_lines(&image::parse("nginx:1.27").unwrap()).is_empty());
/// ```
pub fn curl_lines(image: &Reference<'_>) -> Vec<&'static str> {
    const DEBIAN: &str = "RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*";
    const ALPINE: &str = "RUN apk add --no-cache curl";
    match tools(image) {
        Some(Tools { curl: Has::Yes, .. } | Tools { sh: Has::No, .. }) => Vec::new(),
        _ if image.official() == Some("busybox") || image.path.starts_with("distroless/") => Vec::new(),
        Some(_) if image.official() == Some("alpine") || image.tag.is_some_and(|tag| tag.contains("alpine")) => vec![ALPINE],
        Some(_) => vec![DEBIAN],
        None => vec![DEBIAN, ALPINE],
    }
}

/// The check that an official image brings with it: its program, and the list that ECS stores. A program that asks over
/// HTTP asks `port` and `path`; without a port there is nothing to ask.
pub fn probe(image: &Reference<'_>, port: Option<&str>, path: &str) -> Option<(&'static str, Value)> {
    Some(match image.official()? {
        "redis" => ("redis-cli", json!(["CMD-SHELL", "redis-cli ping | grep PONG"])),
        "postgres" => ("pg_isready", json!(["CMD-SHELL", "pg_isready -U postgres || exit 1"])),
        "python" => {
            let url = format!("http://127.0.0.1:{}{path}", port?);
            ("Python", json!(["CMD-SHELL", format!("python -c \"import urllib.request; urllib.request.urlopen('{url}')\" || exit 1")]))
        }
        _ => return None,
    })
}

/// What an image speaks on its port, where that is not HTTP.
pub fn protocol(image: &Reference<'_>) -> Option<&'static str> {
    match image.official()? {
        "redis" | "valkey" => Some("Redis"),
        "postgres" => Some("PostgreSQL"),
        "mysql" | "mariadb" => Some("MySQL"),
        "mongo" => Some("MongoDB"),
        "memcached" => Some("memcached"),
        "php" if image.tag.is_some_and(|tag| tag.contains("fpm")) => Some("FastCGI"),
        _ => None,
    }
}

/// Well-known names of Docker Hub's official images.
#[rustfmt::skip]
const OFFICIAL: [&str; 30] = [
    "alpine", "amazoncorretto", "amazonlinux", "busybox", "caddy", "debian", "eclipse-temurin", "elasticsearch",
    "golang", "haproxy", "httpd", "mariadb", "memcached", "mongo", "mysql", "nginx",
    "node", "openjdk", "php", "postgres", "python", "rabbitmq", "redis", "ruby",
    "rust", "tomcat", "traefik", "ubuntu", "valkey", "wordpress",
];

/// Whether Docker Hub has an official image of this name that we know.
pub fn is_official(name: &str) -> bool {
    OFFICIAL.contains(&name)
}

/// Whether an image declares a VOLUME at a path: Docker and Fargate put a volume there, with the image's files in it.
/// Source: the Dockerfiles of the official images, read 2026-11-28.
pub fn declares_volume(image: &Reference<'_>, path: &str) -> bool {
    let Some(name) = image.official() else { return false };
    matches!(
        (name, path),
        ("redis", "/data")
            | ("postgres", "/var/lib/postgresql" | "/var/lib/postgresql/data")
            | ("mysql" | "mariadb", "/var/lib/mysql")
            | ("mongo", "/data/db" | "/data/configdb")
            | ("wordpress", "/var/www/html")
    )
}

/// The port that an official image listens on when nobody changes it.
pub fn default_port(image: &Reference<'_>) -> Option<u64> {
    if image.path == "nginxinc/nginx-unprivileged" {
        return Some(8080);
    }
    match image.official()? {
        "nginx" | "httpd" => Some(80),
        "redis" => Some(6379),
        "postgres" => Some(5432),
        "mysql" | "mariadb" => Some(3306),
        "mongo" => Some(27017),
        _ => None,
    }
}
