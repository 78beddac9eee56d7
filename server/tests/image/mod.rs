//! A registry on loopback with a few images, that counts what is asked.

// Each test file uses a part of it.
#![allow(dead_code)]

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, HashSet},
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A registry that ends with the test.
pub struct Registry {
    pub port: u16,
    asked: Arc<AtomicUsize>,
    /// Held while no layer may go out.
    gate: Arc<Mutex<()>>,
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold("sha256:".to_owned(), |text, b| format!("{text}{b:02x}"))
}

/// A tar of empty programs.
fn programs(names: &[&str]) -> Vec<u8> {
    let mut all = Vec::new();
    for name in names {
        let mut head = [0_u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[100..108].copy_from_slice(b"0000755\0");
        head[124..136].copy_from_slice(b"00000000000\0");
        head[148..156].fill(b' ');
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = head.iter().map(|b| u32::from(*b)).sum();
        head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        all.extend(head);
    }
    all.extend([0; 1024]);
    all
}

/// An image: its tag, its platform, its configuration, its programs.
pub type Image<'a> = (&'a str, &'a str, Value, &'a [&'a str]);

impl Registry {
    pub fn start(images: &[Image<'_>]) -> Registry {
        Registry::start_with(images, None)
    }

    /// One that answers only where the header `Authorization` has this value.
    pub fn private(images: &[Image<'_>], header: &str) -> Registry {
        Registry::start_with(images, Some(header.to_owned()))
    }

    fn start_with(images: &[Image<'_>], header: Option<String>) -> Registry {
        let mut blobs: HashMap<String, Vec<u8>> = HashMap::new();
        let mut tags: HashMap<String, String> = HashMap::new();
        let mut layers: HashSet<String> = HashSet::new();
        for (tag, platform, config, names) in images {
            let (os, architecture) = platform.split_once('/').unwrap();
            let config = json!({"os": os, "architecture": architecture, "config": config}).to_string().into_bytes();
            let layer = programs(names);
            layers.insert(digest(&layer));
            let described = |media: &str, bytes: &[u8]| json!({"mediaType": media, "digest": digest(bytes), "size": bytes.len()});
            let manifest = json!({"schemaVersion": 2, "config": described("config", &config), "layers": [described("layer.tar", &layer)]});
            let manifest = manifest.to_string().into_bytes();
            tags.insert((*tag).to_owned(), digest(&manifest));
            for bytes in [config, layer, manifest] {
                blobs.insert(digest(&bytes), bytes);
            }
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let (gate, all) = (Arc::new(Mutex::new(())), Arc::new((blobs, tags, layers, header)));
        let held = gate.clone();
        std::thread::spawn(move || {
            for socket in listener.incoming() {
                let Ok(socket) = socket else { return };
                count.fetch_add(1, Ordering::SeqCst);
                let (all, held) = (all.clone(), held.clone());
                std::thread::spawn(move || answer(socket, &all, &held));
            }
        });
        Registry { port, asked, gate }
    }

    /// No layer goes out until this is dropped.
    pub fn hold_layers(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().unwrap()
    }

    /// The flag by which it may be asked.
    pub fn allowed(&self) -> String {
        format!("http://127.0.0.1:{}=127.0.0.0/8", self.port)
    }

    /// An image of it.
    pub fn image(&self, tag: &str) -> String {
        format!("127.0.0.1:{}/demo/app:{tag}", self.port)
    }

    /// Requests so far.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

type Contents = (HashMap<String, Vec<u8>>, HashMap<String, String>, HashSet<String>, Option<String>);

fn answer(mut socket: TcpStream, (blobs, tags, layers, header): &Contents, gate: &Mutex<()>) {
    let mut lines = BufReader::new(socket.try_clone().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let sign = headers.iter().find_map(|line| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("authorization")).map(|(_, sign)| sign));
    if header.is_some() && sign != header.as_deref() {
        let status = if sign.is_none() { "401" } else { "403" };
        let head = format!("HTTP/1.1 {status} X\r\nwww-authenticate: Basic realm=\"ecr\"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let _ = socket.write_all(head.as_bytes());
        return;
    }
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let name = path.rsplit('/').next().unwrap_or_default();
    let list = json!({"tags": tags.keys().collect::<Vec<_>>()}).to_string().into_bytes();
    let found = match (path.contains("/tags/list"), tags.get(name)) {
        (true, _) => Some(("list".to_owned(), list)),
        (false, Some(digest)) => Some((digest.clone(), blobs[digest].clone())),
        (false, None) => blobs.get(name).map(|bytes| (name.to_owned(), bytes.clone())),
    };
    let waited = layers.contains(name).then(|| gate.lock().unwrap());
    drop(waited);
    let (status, digest, body) = found.map_or((404, String::new(), Vec::new()), |(digest, body)| (200, digest, body));
    let head = format!("HTTP/1.1 {status} X\r\ndocker-content-digest: {digest}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let body = if first.starts_with("HEAD") { Vec::new() } else { body };
    let _ = socket.write_all(head.as_bytes()).and_then(|()| socket.write_all(&body));
}
