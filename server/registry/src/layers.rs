//! The layers of an image, from the top down, until everything is known or a limit is hit.

use crate::{
    Error, Progress,
    archive::{self, Limits},
    ask::{Asker, Repository},
    contents::Contents,
    manifest::{self, Descriptor},
};
use reqwest::{Method, Response};
use sha2::{Digest, Sha256};
use std::{
    io::{self, Read},
    time::{Duration, Instant},
};
use taskdef::facts::LayerFacts;
use tokio::{sync::mpsc, time::timeout_at};

/// For all layers of an image.
pub(crate) const TIME: Duration = Duration::from_secs(30);
/// Decompressed bytes of one layer: the base layer of a Debian or Ubuntu image has 75 to 80 MB.
pub(crate) const LAYER: u64 = 256 * 1024 * 1024;
/// Decompressed bytes of one image.
pub(crate) const IMAGE: u64 = 512 * 1024 * 1024;

/// Bytes that arrive from the network, as a reader for another thread.
struct Arriving {
    chunks: mpsc::Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    at: usize,
}

impl Read for Arriving {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.chunk.len() {
            match self.chunks.blocking_recv() {
                Some(chunk) => (self.chunk, self.at) = (chunk?, 0),
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.chunk.len() - self.at);
        buffer[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Reads layers from the top. One that cannot be read ends the reading: what lies below it is not known. Also says whether another
/// look would read the same: not where the network or the time ended it.
///
/// # Errors
/// [`Error::Digest`] where a layer is not what its digest says.
pub(crate) async fn read(
    asker: &Asker,
    repository: &Repository,
    layers: &[Descriptor],
    folders: &[String],
    progress: &Progress,
) -> Result<(LayerFacts, bool), Error> {
    let end = Instant::now() + TIME;
    let limits = Limits { layer: LAYER, image: IMAGE, end };
    let mut contents = Contents::default();
    for layer in layers.iter().rev() {
        let url = repository.url(&format!("blobs/{}", layer.digest))?;
        let Ok(Ok(response)) = timeout_at(end.into(), asker.ask(Method::GET, repository, url, "*/*")).await else {
            return Ok((contents.facts(folders), false));
        };
        let (back, ended) = one(contents, layer, response, limits, progress).await?;
        contents = back;
        if ended != Ended::Whole || contents.all_present(folders) {
            return Ok((contents.facts(folders), ended != Ended::Cut));
        }
    }
    contents.tree.finish();
    Ok((contents.facts(folders), true))
}

/// How the reading of a layer ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// At its last byte.
    Whole,
    /// At something that is not read: a limit, an unknown form.
    Refused,
    /// By the network or the time.
    Cut,
}

/// One layer.
async fn one(mut contents: Contents, layer: &Descriptor, mut response: Response, limits: Limits, progress: &Progress) -> Result<(Contents, Ended), Error> {
    let (sender, receiver) = mpsc::channel::<io::Result<Vec<u8>>>(4);
    let media = layer.media.clone();
    let work = tokio::task::spawn_blocking(move || {
        let mut arriving = Arriving { chunks: receiver, chunk: Vec::new(), at: 0 };
        let read = archive::read(&media, &mut arriving, &mut contents, limits);
        // Only a layer that arrived to its last byte has a digest.
        let read = read.and_then(|()| io::copy(&mut arriving, &mut io::sink()));
        (contents, read)
    });
    let mut hash = Sha256::new();
    let mut whole = false;
    loop {
        let chunk = match timeout_at(limits.end.into(), response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => {
                whole = true;
                break;
            }
            Ok(Err(_)) | Err(_) => {
                let _ = sender.send(Err(io::ErrorKind::TimedOut.into())).await;
                break;
            }
        };
        progress.add(chunk.len());
        hash.update(&chunk);
        // The reader has gone: it hit a limit.
        if sender.send(Ok(chunk.to_vec())).await.is_err() {
            break;
        }
    }
    drop(sender);
    let (contents, read) = work.await.map_err(|_| Error::Unreadable)?;
    if whole && manifest::named(&hash.finalize()) != layer.digest {
        return Err(Error::Digest);
    }
    let ended = match read {
        Ok(_) if whole => Ended::Whole,
        Err(error) if error.kind() != io::ErrorKind::TimedOut => Ended::Refused,
        _ => Ended::Cut,
    };
    Ok((contents, ended))
}
