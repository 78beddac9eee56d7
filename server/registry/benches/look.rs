//! What looks cost: time beyond the registry's own, and memory where four hostile images are read at once.
//!
//! `cargo bench --package registry --bench look`. A registry in this process answers on loopback, so its blobs are in the memory that is
//! measured before the looks begin.

#![allow(clippy::unwrap_used, missing_docs)]

use flate2::{Compression, write::GzEncoder};
use registry::{Depth, Options, Progress, Reader};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use taskdef::facts::Platform;

/// Images that are looked into without layers.
const IMAGES: usize = 200;
/// Bytes of a bomb once it is decompressed.
const ZEROS: usize = 300_000_000;
/// Names in a layer that has too many.
const NAMES: usize = 250_000;

type Blobs = HashMap<String, Vec<u8>>;

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

/// An image with one layer under a tag.
fn add(blobs: &mut Blobs, tag: &str, media: &str, layer: &[u8]) {
    let config = json!({"os": "linux", "architecture": "amd64", "config": {"Labels": {"tag": tag}}}).to_string().into_bytes();
    let described = |media: &str, bytes: &[u8]| json!({"mediaType": media, "digest": digest(bytes), "size": bytes.len()});
    let manifest = json!({"schemaVersion": 2, "config": described("config", &config), "layers": [described(media, layer)]}).to_string().into_bytes();
    blobs.insert(tag.to_owned(), manifest.clone());
    for bytes in [config, manifest, layer.to_vec()] {
        blobs.insert(digest(&bytes), bytes);
    }
}

fn gzip(write: impl FnOnce(&mut GzEncoder<Vec<u8>>)) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    write(&mut encoder);
    encoder.finish().unwrap()
}

fn zeros() -> Vec<u8> {
    gzip(|to| {
        let chunk = vec![0; 1_000_000];
        (0..ZEROS / chunk.len()).for_each(|_| to.write_all(&chunk).unwrap());
    })
}

fn names() -> Vec<u8> {
    gzip(|to| {
        let mut tar = tar::Builder::new(to);
        for i in 0..NAMES {
            let mut header = tar::Header::new_gnu();
            header.set_size(0);
            header.set_mode(0o755);
            tar.append_data(&mut header, format!("usr/share/{:04}/a-name-of-middling-length-{i}", i % 1_000), std::io::empty()).unwrap();
        }
        tar.finish().unwrap();
    })
}

/// Serves blobs and counts requests.
fn serve(blobs: Blobs) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (count, blobs) = (Arc::new(AtomicUsize::new(0)), Arc::new(blobs));
    let asked = count.clone();
    thread::spawn(move || {
        for socket in listener.incoming().map_while(Result::ok) {
            let (asked, blobs) = (asked.clone(), blobs.clone());
            thread::spawn(move || talk(&socket, &blobs, &asked));
        }
    });
    (port, count)
}

fn talk(socket: &TcpStream, blobs: &Blobs, asked: &AtomicUsize) {
    let mut lines = BufReader::new(socket).lines().map_while(Result::ok);
    socket.set_nodelay(true).unwrap();
    while let Some(first) = lines.next() {
        while lines.next().is_some_and(|line| !line.is_empty()) {}
        asked.fetch_add(1, Ordering::Relaxed);
        let name = first.split(' ').nth(1).and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        let body = blobs.get(name).map_or(&[][..], Vec::as_slice);
        let status = if body.is_empty() { 404 } else { 200 };
        let head = format!("HTTP/1.1 {status} X\r\ndocker-content-digest: {}\r\ncontent-length: {}\r\n\r\n", digest(body), body.len());
        let body = if first.starts_with("HEAD") { &[][..] } else { body };
        if (&mut &*socket).write_all(&[head.as_bytes(), body].concat()).is_err() {
            return;
        }
    }
}

/// The registry's own time for the three answers of a look, on one connection.
fn bare(port: u16, tag: &str) -> Duration {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let begun = Instant::now();
    for (method, path) in [("HEAD", "manifests"), ("GET", "manifests"), ("GET", "blobs")] {
        socket.write_all(format!("{method} /v2/demo/app/{path}/{tag} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).unwrap();
        let mut reader = BufReader::new(&socket);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(text) = line.strip_prefix("content-length: ") {
                length = text.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        if method == "GET" {
            reader.read_exact(&mut vec![0; length]).unwrap();
        }
    }
    begun.elapsed()
}

fn median(mut all: Vec<Duration>) -> (Duration, Duration) {
    all.sort_unstable();
    (all[all.len() / 2], all[all.len() * 95 / 100])
}

/// Megabytes of this process by `/proc`: now, or the most since [`forget`].
fn megabytes(field: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim_start_matches(':').trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap() / 1_000.0
}

fn forget() {
    fs::write("/proc/self/clear_refs", "5").unwrap();
}

#[tokio::main]
async fn main() {
    let mut blobs = Blobs::new();
    let small = gzip(|_| {});
    (0..IMAGES).for_each(|i| add(&mut blobs, &format!("v{i}"), "tar+gzip", &small));
    for (kind, layer) in [("zeros", zeros()), ("names", names())] {
        (0..4).for_each(|i| add(&mut blobs, &format!("{kind}-{i}"), "tar+gzip", &layer));
    }
    let (port, asked) = serve(blobs);
    let allow = vec![format!("http://127.0.0.1:{port}=127.0.0.0/8").parse().unwrap()];
    let reader = Arc::new(Reader::new(Options { allow, ..Options::default() }).unwrap());
    let platform = Platform::parse("linux/amd64").unwrap();
    let look = |tag: String, depth| {
        let (reader, platform) = (reader.clone(), platform.clone());
        async move { reader.look(&format!("127.0.0.1:{port}/demo/app:{tag}"), &platform, depth, None, &Progress::default()).await }
    };

    let mut times = Vec::new();
    for i in 0..IMAGES {
        let begun = Instant::now();
        look(format!("v{i}"), Depth::Configuration).await.unwrap();
        times.push(begun.elapsed());
    }
    let (middle, slow) = median(times);
    let (own, _) = median((0..IMAGES).map(|i| bare(port, &format!("v{i}"))).collect());
    println!("look without layers: median {middle:.1?}, 95 % {slow:.1?}, of which the registry's own three answers {own:.1?} ({IMAGES} images)");

    let before = asked.load(Ordering::Relaxed);
    let all: Vec<_> = (0..100).map(|_| tokio::spawn(look("zeros-0".into(), Depth::Configuration))).collect();
    for one in all {
        one.await.unwrap().unwrap();
    }
    println!("100 looks of one image at once: {} requests", asked.load(Ordering::Relaxed) - before);

    for kind in ["zeros", "names"] {
        forget();
        let (before, begun) = (megabytes("VmRSS"), Instant::now());
        let all: Vec<_> = (0..4).map(|i| tokio::spawn(look(format!("{kind}-{i}"), Depth::Layers))).collect();
        for one in all {
            one.await.unwrap().unwrap();
        }
        println!("4 looks at once, {kind}: {:.0} MB more than before at most, {:.1?}", megabytes("VmHWM") - before, begun.elapsed());
    }
}
