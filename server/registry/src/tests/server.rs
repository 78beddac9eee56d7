//! A small HTTP server whose answers are the test's, and that records what was asked.

use crate::{
    Cache, Depth, Error, Options, Progress, Reader, manifest,
    network::{Addresses, Lookup},
};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use taskdef::facts::{ImageFacts, Platform};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

/// One request: method, path with query, and headers in lower case.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: String,
}

/// One answer.
pub enum Reply {
    Body(u16, Vec<(String, String)>, Vec<u8>),
    /// The bytes, of which more are announced, and then the end of the connection.
    Cut(Vec<u8>),
    /// The chunk, until the reader goes.
    Endless(Vec<u8>),
    /// A byte now and then, for ever.
    Slow,
    /// Never.
    Silent,
}

pub fn ok(body: impl Into<Vec<u8>>) -> Reply {
    Reply::Body(200, Vec::new(), body.into())
}

pub fn status(code: u16, headers: &[(&str, &str)]) -> Reply {
    Reply::Body(code, headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(), Vec::new())
}

pub struct Server {
    pub port: u16,
    pub asked: Arc<Mutex<Vec<Asked>>>,
    accepted: Arc<AtomicUsize>,
}

impl Server {
    pub async fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("address").port();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let accepted: Arc<AtomicUsize> = Arc::default();
        let count = accepted.clone();
        let (log, answer) = (asked.clone(), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                let (log, answer) = (log.clone(), answer.clone());
                tokio::spawn(async move {
                    let (read, mut write) = socket.into_split();
                    let mut lines = BufReader::new(read).lines();
                    while let Ok(Some(first)) = lines.next_line().await {
                        let mut headers = String::new();
                        while let Ok(Some(line)) = lines.next_line().await {
                            if line.is_empty() {
                                break;
                            }
                            headers.push_str(&line.to_ascii_lowercase());
                            headers.push('\n');
                        }
                        let mut words = first.split(' ').map(str::to_owned);
                        let asked = Asked { method: words.next().unwrap_or_default(), path: words.next().unwrap_or_default(), headers };
                        log.lock().expect("log").push(asked.clone());
                        let sent = match answer(&asked) {
                            Reply::Body(code, headers, body) => {
                                let headers: String = headers.iter().map(|(k, v)| format!("{k}: {v}\r\n")).collect();
                                let head = format!("HTTP/1.1 {code} X\r\n{headers}content-length: {}\r\n\r\n", body.len());
                                let body = if asked.method == "HEAD" { &[][..] } else { &body };
                                write.write_all(&[head.as_bytes(), body].concat()).await
                            }
                            Reply::Cut(bytes) => {
                                let head = format!("HTTP/1.1 200 X\r\ncontent-length: {}\r\n\r\n", bytes.len() + 9);
                                let _ = write.write_all(&[head.as_bytes(), &bytes].concat()).await;
                                return;
                            }
                            Reply::Endless(chunk) => {
                                let mut sent = write.write_all(b"HTTP/1.1 200 X\r\nconnection: close\r\n\r\n").await;
                                while sent.is_ok() {
                                    sent = write.write_all(&chunk).await;
                                }
                                sent
                            }
                            Reply::Slow => {
                                let mut sent = write.write_all(b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n").await;
                                while sent.is_ok() {
                                    tokio::time::sleep(Duration::from_millis(100)).await;
                                    sent = write.write_all(b" ").await;
                                }
                                sent
                            }
                            Reply::Silent => std::future::pending().await,
                        };
                        if sent.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Server { port, asked, accepted }
    }

    /// Connections that were accepted.
    pub fn connections(&self) -> usize {
        self.accepted.load(Ordering::Relaxed)
    }

    pub fn count(&self, part: &str) -> usize {
        self.asked.lock().expect("log").iter().filter(|a| a.path.contains(part)).count()
    }

    /// A reader that may reach loopback by the name `registry.test`, and what else is allowed.
    pub fn reader(&self, also: &[&str]) -> Reader {
        let own = format!("http://registry.test:{}=127.0.0.0/8", self.port);
        reader(|_| vec![IpAddr::V4(Ipv4Addr::LOCALHOST)], [own.as_str()].iter().chain(also).copied())
    }

    /// A reader that keeps what it found in a cache.
    pub fn reader_with(&self, cache: Arc<dyn Cache>) -> Reader {
        let own = format!("http://registry.test:{}=127.0.0.0/8", self.port);
        reader_with(|_| vec![IpAddr::V4(Ipv4Addr::LOCALHOST)], [own.as_str()], Some(cache))
    }

    pub fn image(&self) -> String {
        format!("registry.test:{}/demo/app:1", self.port)
    }

    /// One look of a new reader, with its layers.
    pub async fn look(&self) -> Result<ImageFacts, Error> {
        look(&self.reader(&[]), &self.image(), Depth::Layers).await
    }
}

/// A reader with names of its own, and two seconds for a look.
pub fn reader<'a>(names: impl Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static, allow: impl IntoIterator<Item = &'a str>) -> Reader {
    reader_with(names, allow, None)
}

/// The same, which keeps what it found in a cache.
pub fn reader_with<'a>(
    names: impl Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static,
    allow: impl IntoIterator<Item = &'a str>,
    cache: Option<Arc<dyn Cache>>,
) -> Reader {
    let lookup: Lookup = Arc::new(move |name: String| -> Addresses {
        let found = names(&name);
        Box::pin(async move { Ok(found) })
    });
    let allow = allow.into_iter().map(|a| a.parse().expect("an allowance")).collect();
    Reader::with(lookup, Options { allow, cache, ..Options::default() }, Duration::from_secs(2)).expect("a reader")
}

pub async fn look(reader: &Reader, image: &str, depth: Depth) -> Result<ImageFacts, Error> {
    reader.look(image, &amd64(), depth, Some("me"), &Progress::default()).await.map(|look| (*look.facts).clone())
}

pub fn amd64() -> Platform {
    Platform::parse("linux/amd64").expect("a platform")
}

/// A registry with one image of these layers.
pub fn image(layers: &[(&str, Vec<u8>)]) -> impl Fn(&Asked) -> Reply + Send + Sync + 'static {
    let config = br#"{"os":"linux","architecture":"amd64","config":{"Env":["A=secret"],"ExposedPorts":{"80/tcp":{}}}}"#.to_vec();
    let descriptor = |media: &str, bytes: &[u8]| serde_json::json!({"mediaType": media, "digest": manifest::digest(bytes), "size": bytes.len()});
    let list: Vec<_> = layers.iter().map(|(media, bytes)| descriptor(media, bytes)).collect();
    let manifest = serde_json::json!({"schemaVersion": 2, "config": descriptor("config", &config), "layers": list}).to_string().into_bytes();
    let digest = manifest::digest(&manifest);
    let mut blobs = vec![manifest, config];
    blobs.extend(layers.iter().map(|(_, bytes)| bytes.clone()));
    move |asked| {
        if asked.method == "HEAD" {
            return status(200, &[("docker-content-digest", &digest)]);
        }
        match blobs.iter().find(|b| asked.path.ends_with(&manifest::digest(b))) {
            Some(blob) => ok(blob.clone()),
            None => status(404, &[]),
        }
    }
}

/// A tar of name, mode and kind; a target where the kind is a link.
pub fn tar(entries: &[(&str, char, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, kind, value) in entries {
        let mut header = tar::Header::new_gnu();
        // Straight into the header, for the library refuses hostile names.
        header.as_gnu_mut().expect("gnu").name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_mode(if *kind == 'x' { 0o755 } else { 0o644 });
        let body = if matches!(kind, 'f' | 'x') { value.as_bytes() } else { b"" };
        header.set_size(body.len() as u64);
        header.set_entry_type(match kind {
            'd' => tar::EntryType::Directory,
            'l' => tar::EntryType::Symlink,
            'h' => tar::EntryType::Link,
            _ => tar::EntryType::Regular,
        });
        if matches!(kind, 'l' | 'h') {
            header.as_gnu_mut().expect("gnu").linkname[..value.len()].copy_from_slice(value.as_bytes());
        }
        header.set_cksum();
        builder.append(&header, body).expect("an entry");
    }
    builder.into_inner().expect("a tar")
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, bytes).expect("gzip");
    encoder.finish().expect("gzip")
}
