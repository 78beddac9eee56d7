//! Debian's docker-registry: what a true registry answers, fact by fact, and what umoci unpacks of the same image.

use super::server::{gzip, tar};
use crate::{Depth, Ecr, EcrAccess, Error, Options, Progress, Reader, manifest::digest};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Component, Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use taskdef::facts::{
    Has::{self, No, Unknown, Yes},
    ImageFacts, PROGRAMS, Platform,
};

type Layer<'a> = &'a [(&'a str, char, &'a str)];

struct Registry {
    process: Child,
    port: u16,
    client: reqwest::Client,
    folder: tempfile::TempDir,
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// User `AWS` with the password `sesame`, in bcrypt.
const HTPASSWD: &str = "AWS:$2y$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O\n";

impl Registry {
    async fn start() -> Registry {
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        Registry::serve(folder, &data, &json!({})).await
    }

    /// Another registry with the same images, which asks for a user name and password, as Amazon ECR does.
    async fn closed(&self) -> Registry {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("htpasswd");
        fs::write(&file, HTPASSWD).expect("a file");
        Registry::serve(folder, &self.folder.path().join("data"), &json!({"htpasswd": {"realm": "ecr", "path": file}})).await
    }

    async fn serve(folder: tempfile::TempDir, data: &Path, auth: &Value) -> Registry {
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
        let settings = json!({"version": "0.1", "log": {"level": "error", "accesslog": {"disabled": true}}, "auth": auth,
            "storage": {"filesystem": {"rootdirectory": data}}, "http": {"addr": format!("127.0.0.1:{port}")}});
        // JSON is YAML.
        let path = folder.path().join("settings.yml");
        fs::write(&path, settings.to_string().replace("\"0.1\"", "0.1")).expect("settings");
        let process = Command::new("docker-registry").arg("serve").arg(&path).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let registry = Registry { process: process.expect("docker-registry is installed"), port, client: reqwest_client(), folder };
        let ready = async {
            while registry.client.get(registry.url("/v2/")).send().await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), ready).await.expect("the registry answers");
        registry
    }

    fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.into() } else { format!("http://127.0.0.1:{}{path}", self.port) }
    }

    /// Uploads a blob and describes it.
    async fn blob(&self, media: &str, bytes: Vec<u8>) -> Value {
        let described = json!({"mediaType": media, "digest": digest(&bytes), "size": bytes.len()});
        let started = self.client.post(self.url("/v2/demo/app/blobs/uploads/")).send().await.expect("an upload");
        let place = started.headers()["location"].to_str().expect("a place").to_owned();
        let mut url = url::Url::parse(&self.url(&place)).expect("a URL");
        url.query_pairs_mut().append_pair("digest", &digest(&bytes));
        let put = self.client.put(url).header("content-type", "application/octet-stream").body(bytes).send().await.expect("a blob");
        assert_eq!(put.status(), 201);
        described
    }

    /// Uploads a manifest, by its digest or by a tag, and describes it.
    async fn manifest(&self, media: &str, name: Option<&str>, manifest: Value) -> Value {
        let bytes = manifest.to_string().into_bytes();
        let described = json!({"mediaType": media, "digest": digest(&bytes), "size": bytes.len()});
        let name = name.map_or_else(|| digest(&bytes), str::to_owned);
        let put =
            self.client.put(self.url(&format!("/v2/demo/app/manifests/{name}"))).header("content-type", media).body(bytes).send().await.expect("a manifest");
        let status = put.status();
        assert_eq!(status, 201, "{}", put.text().await.unwrap_or_default());
        described
    }

    async fn image(&self, kind: Kind, name: Option<&str>, platform: &str, config: &Value, layers: &[(&str, Layer<'_>)]) -> Value {
        let mut list = Vec::new();
        for (compression, layer) in layers {
            let plain = tar(layer);
            let bytes = match *compression {
                "gzip" => gzip(&plain),
                "zstd" => ruzstd::encoding::compress_to_vec(plain.as_slice(), ruzstd::encoding::CompressionLevel::Fastest),
                _ => plain,
            };
            list.push(self.blob(&kind.layer(compression), bytes).await);
        }
        let parts: Vec<&str> = platform.split('/').collect();
        let ids: Vec<String> = layers.iter().map(|(_, layer)| digest(&tar(layer))).collect();
        let image = json!({"os": parts[0], "architecture": parts[1], "variant": parts.get(2).unwrap_or(&""), "config": config, "rootfs": {"type": "layers", "diff_ids": ids}});
        let config = self.blob(kind.config(), image.to_string().into_bytes()).await;
        let manifest = json!({"schemaVersion": 2, "mediaType": kind.manifest(), "config": config, "layers": list});
        let mut described = self.manifest(kind.manifest(), name, manifest).await;
        described["platform"] = json!({"os": parts[0], "architecture": parts[1]});
        described
    }
}

fn reqwest_client() -> reqwest::Client {
    crate::network::client(crate::network::system(), &[]).expect("a client")
}

#[derive(Clone, Copy)]
enum Kind {
    Oci,
    Docker,
}

impl Kind {
    fn layer(self, compression: &str) -> String {
        match (self, compression) {
            (Kind::Docker, _) => "application/vnd.docker.image.rootfs.diff.tar.gzip".into(),
            (Kind::Oci, "plain") => "application/vnd.oci.image.layer.v1.tar".into(),
            (Kind::Oci, compression) => format!("application/vnd.oci.image.layer.v1.tar+{compression}"),
        }
    }

    fn config(self) -> &'static str {
        match self {
            Kind::Oci => "application/vnd.oci.image.config.v1+json",
            Kind::Docker => "application/vnd.docker.container.image.v1+json",
        }
    }

    fn manifest(self) -> &'static str {
        match self {
            Kind::Oci => "application/vnd.oci.image.manifest.v1+json",
            Kind::Docker => "application/vnd.docker.distribution.manifest.v2+json",
        }
    }
}

/// Debian's form: `/bin` is a link, and BusyBox has most programs.
const BASE: Layer<'static> = &[
    ("usr", 'd', ""),
    ("usr/bin", 'd', ""),
    ("bin", 'l', "usr/bin"),
    ("usr/bin/busybox", 'x', ""),
    ("usr/bin/sh", 'l', "busybox"),
    ("usr/bin/ash", 'h', "usr/bin/busybox"),
    ("usr/bin/curl", 'x', ""),
    ("usr/bin/wget", 'l', "/bin/busybox"),
    ("usr/bin/node", 'f', ""),
    ("usr/bin/python3.11", 'x', ""),
    ("usr/bin/python3", 'l', "python3.11"),
    ("etc", 'd', ""),
    ("etc/alternatives", 'd', ""),
    ("etc/alternatives/python", 'l', "/usr/bin/python3"),
    ("usr/bin/python", 'l', "/etc/alternatives/python"),
    ("opt", 'd', ""),
    ("opt/tool", 'd', ""),
    ("opt/tool/bash", 'x', ""),
];
const WITHOUT_CURL: Layer<'static> = &[("usr/bin/.wh.curl", 'f', ""), ("usr/bin/bash", 'l', "../../opt/tool/bash")];
const OPAQUE: Layer<'static> = &[("opt/tool", 'd', ""), ("opt/tool/.wh..wh..opq", 'f', ""), ("opt/tool/other", 'x', "")];
const NGINX: Layer<'static> = &[
    ("etc/nginx", 'd', ""),
    ("etc/nginx/conf.d", 'd', ""),
    ("etc/nginx/conf.d/app.conf", 'f', "server {\n  location / { proxy_pass http://api:3000/; }\n}\n"),
    ("etc/nginx/secret.conf", 'f', "proxy_pass http://not-read;"),
    ("usr/bin/nc", 'l', "/bin/nc.openbsd"),
];

/// Puts everything into the registry and returns the digest of the index.
async fn fill(registry: &Registry) -> String {
    let config = json!({"User": "1000:1000", "ExposedPorts": {"8080/tcp": {}, "53/udp": {}, "9090": {}}, "Env": ["KEY=sesame", "MODE="], "Entrypoint": ["/bin/sh", "-c"],
        "Cmd": ["serve"], "WorkingDir": "/srv", "StopSignal": "SIGQUIT", "Volumes": {"/data": {}},
        "Healthcheck": {"Test": ["CMD-SHELL", "curl -f localhost"], "Interval": 1_000_000_000_u64, "StartPeriod": 45_000_000_000_u64, "Retries": 4}});
    let amd64 = registry.image(Kind::Oci, None, "linux/amd64", &config, &[("gzip", BASE), ("plain", WITHOUT_CURL), ("gzip", OPAQUE), ("gzip", NGINX)]).await;
    let arm64 = registry.image(Kind::Oci, None, "linux/arm64/v8", &json!({}), &[("gzip", BASE)]).await;
    let mut attestation = registry.image(Kind::Oci, None, "unknown/unknown", &json!({}), &[]).await;
    attestation["platform"] = json!({"os": "unknown", "architecture": "unknown"});
    let media = "application/vnd.oci.image.index.v1+json";
    let index = registry.manifest(media, Some("multi"), json!({"schemaVersion": 2, "mediaType": media, "manifests": [amd64, arm64, attestation]})).await;

    let own: Layer<'_> = &[("app/bin/node", 'x', ""), ("usr/local/bin/curl", 'x', ""), ("usr/bin/sh", 'x', "")];
    registry.image(Kind::Oci, Some("arm-only"), "linux/arm64", &json!({"Env": ["PATH=/app/bin:/usr/bin"], "Entrypoint": "node"}), &[("zstd", own)]).await;

    let bare: Layer<'_> = &[("nodejs/bin/node", 'x', "")];
    let one = registry.image(Kind::Docker, None, "linux/amd64", &json!({"Healthcheck": {"Test": ["NONE"]}}), &[("gzip", bare)]).await;
    let media = "application/vnd.docker.distribution.manifest.list.v2+json";
    registry.manifest(media, Some("docker"), json!({"schemaVersion": 2, "mediaType": media, "manifests": [one]})).await;

    let top: Layer<'_> = &[("bin/sh", 'x', "")];
    registry.image(Kind::Oci, Some("unreadable"), "linux/amd64", &json!({}), &[("gzip", BASE), ("xz", bare), ("zstd", top)]).await;
    index["digest"].as_str().expect("a digest").to_owned()
}

/// Whether a program can be run, by the files that another program has unpacked. Links are followed inside the folder.
fn unpacked(root: &Path, name: &str) -> Has {
    let found = ["usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin"].iter().any(|folder| {
        let mut at = PathBuf::new();
        let mut parts: Vec<String> = format!("{folder}/{name}").split('/').rev().map(str::to_owned).collect();
        let mut links = 0;
        while let Some(part) = parts.pop() {
            let next = at.join(&part);
            let Ok(target) = fs::read_link(root.join(&next)) else {
                at = next;
                continue;
            };
            links += 1;
            if links > 16 {
                return false;
            }
            if target.is_absolute() {
                at = PathBuf::new();
            }
            parts.extend(target.components().rev().filter_map(|c| match c {
                Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                Component::ParentDir => Some("..".to_owned()),
                _ => None,
            }));
        }
        let mode = fs::metadata(root.join(&at)).map(|m| std::os::unix::fs::PermissionsExt::mode(&m.permissions()));
        mode.is_ok_and(|mode| mode & 0o111 != 0)
    });
    if found { Yes } else { No }
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn a_true_registrys_images_are_read_fact_by_fact_and_as_another_program_unpacks_them() {
    let registry = Registry::start().await;
    let index = fill(&registry).await;
    let allow = vec![format!("http://127.0.0.1:{}=127.0.0.0/8", registry.port).parse().expect("an allowance")];
    let reader = Reader::new(Options { allow, ..Options::default() }).expect("a reader");
    let reference = |tag: &str| format!("127.0.0.1:{}/demo/app:{tag}", registry.port);
    let facts = async |tag: &str, platform: &str| -> ImageFacts {
        let platform = Platform::parse(platform).expect("a platform");
        let progress = Progress::default();
        let look = reader.look(&reference(tag), &platform, Depth::Layers, None, &progress).await.expect("facts");
        assert!(progress.bytes() > 0 && look.at.elapsed().is_ok_and(|age| age < Duration::from_secs(60)));
        (*look.facts).clone()
    };
    let amd = facts("multi", "linux/amd64").await;
    let arm = facts("multi", "linux/arm64").await;
    let only = facts("arm-only", "linux/amd64").await;
    let docker = facts("docker", "linux/amd64").await;
    let cut = facts("unreadable", "linux/amd64").await;

    // sh, bash, ash, curl, wget, nc, node, python, python3, busybox
    let mut rows = 0;
    for (name, facts, expected) in [
        ("amd64", &amd, [Yes, No, Yes, No, Yes, No, No, Yes, Yes, Yes]),
        ("arm64", &arm, [Yes, No, Yes, Yes, Yes, No, No, Yes, Yes, Yes]),
        ("arm-only", &only, [Yes, No, No, No, No, No, Yes, No, No, No]),
        ("docker", &docker, [No; 10]),
        ("unreadable", &cut, [Yes, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown]),
    ] {
        for (program, has) in PROGRAMS.into_iter().zip(expected) {
            assert_eq!(facts.program(program), has, "{program} in {name}");
            rows += 1;
        }
    }
    assert_eq!(rows, 50);
    let texts = |list: &[Platform]| list.iter().map(Platform::to_string).collect::<Vec<_>>();
    assert_eq!(amd.digest, index);
    assert_eq!(texts(&amd.platforms), ["linux/amd64", "linux/arm64"]);
    assert_eq!((amd.platform.to_string(), arm.platform.to_string()), ("linux/amd64".into(), "linux/arm64/v8".into()));
    // An image without the platform is read for the one that it has.
    assert_eq!((texts(&only.platforms), only.platform.to_string()), (vec!["linux/arm64".to_owned()], "linux/arm64".to_owned()));
    assert_eq!((amd.user.as_str(), amd.working_directory.as_str(), amd.stop_signal.as_str()), ("1000:1000", "/srv", "SIGQUIT"));
    assert_eq!((arm.user.as_str(), arm.ports.len(), arm.entry_point.len()), ("", 0, 0));
    assert_eq!(amd.tcp_ports().collect::<Vec<_>>(), [8080, 9090]);
    assert_eq!(amd.ports, ["53/udp", "8080/tcp", "9090"]);
    assert_eq!((amd.entry_point.join(" "), amd.command.join(" ")), ("/bin/sh -c".into(), "serve".into()));
    assert_eq!(only.entry_point, ["node"]);
    assert_eq!((amd.variables.clone(), amd.volumes.clone()), (vec!["KEY".to_owned(), "MODE".to_owned()], vec!["/data".to_owned()]));
    assert!(!format!("{amd:?}").contains("sesame"));
    let ecs = amd.healthcheck.as_ref().and_then(|h| h.for_ecs()).expect("a check");
    assert_eq!(ecs, json!({"command": ["CMD-SHELL", "curl -f localhost"], "interval": 5, "timeout": 30, "retries": 4, "startPeriod": 45}));
    assert_eq!(docker.healthcheck.as_ref().and_then(|h| h.for_ecs()), None);
    let layers: usize = [BASE, OPAQUE, NGINX].map(|l| gzip(&tar(l)).len()).iter().sum::<usize>() + tar(WITHOUT_CURL).len();
    assert_eq!(amd.size, layers as u64);
    let nginx = amd.layers.as_ref().and_then(|l| l.nginx.clone()).expect("nginx's configuration was read");
    let hosts: Vec<_> = nginx.iter().map(|h| (h.file.as_str(), h.line, h.directive.as_str(), h.target.as_str(), h.host.as_str())).collect();
    assert_eq!(hosts, [("etc/nginx/conf.d/app.conf", 2, "proxy_pass", "http://api:3000/", "api")]);
    assert_eq!(docker.layers.as_ref().map(|l| l.nginx.clone()), Some(Some(Vec::new())));
    assert_eq!(cut.layers.as_ref().map(|l| l.nginx.clone()), Some(None));

    // What is not there, with what is spelt alike; and a digest that the repository does not have.
    let platform = Platform::parse("linux/amd64").expect("a platform");
    let missing = reader.look(&reference("mutli"), &platform, Depth::Configuration, None, &Progress::default()).await;
    assert_eq!(missing.err(), Some(Error::NotFound { nearest: vec!["multi".into()] }));
    let elsewhere = format!("127.0.0.1:{}/demo/none:1", registry.port);
    let missing = reader.look(&elsewhere, &platform, Depth::Configuration, None, &Progress::default()).await;
    assert_eq!(missing.err(), Some(Error::NotFound { nearest: Vec::new() }));

    // The same image behind a sign-in, as a private repository.
    let closed = registry.closed().await;
    let place = format!("http://127.0.0.1:{}", closed.port);
    let allow = vec![format!("{place}=127.0.0.0/8").parse().expect("an allowance")];
    let private = Reader::new(Options { allow, ..Options::default() }).expect("a reader");
    let image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/demo/app:multi";
    let look = async |user: &str| {
        let header = format!("Basic {}", BASE64_STANDARD.encode(user)).into();
        let access = EcrAccess { registry: Ecr::of(image).expect("a private registry"), header, emulator: Some(place.clone()) };
        private.look_signed_in(&access, image, &platform, Depth::Layers, None, &Progress::default()).await.map(|look| (*look.facts).clone())
    };
    assert_eq!(look("AWS:sesame").await, Ok(amd.clone()));
    assert_eq!(look("AWS:other").await, Err(Error::EcrDenied));

    // A second opinion: skopeo fetches the image, and umoci unpacks it.
    let (layout, bundle) = (registry.folder.path().join("layout"), registry.folder.path().join("bundle"));
    for (platform, facts) in [("amd64", &amd), ("arm64", &arm)] {
        let layout = format!("{}:{platform}", layout.display());
        run(Command::new("skopeo")
            .args(["--insecure-policy", "--override-os=linux", "--override-arch", platform, "copy", "--src-tls-verify=false"])
            .args([format!("docker://{}", reference("multi")), format!("oci:{layout}")]));
        let bundle = bundle.join(platform);
        fs::create_dir_all(bundle.parent().expect("a folder")).expect("a folder");
        run(Command::new("umoci").args(["unpack", "--rootless", "--image", &layout]).arg(&bundle));
        let wrong: Vec<_> = PROGRAMS.into_iter().filter(|p| facts.program(p) != unpacked(&bundle.join("rootfs"), p)).collect();
        assert!(wrong.is_empty(), "{platform}: {wrong:?}");
    }
}
