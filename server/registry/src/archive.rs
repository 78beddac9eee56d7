//! One layer as it streams by: names and mode bits of a tar, and nginx's own configuration. Nothing is written to a disk.

use crate::{
    contents::Contents,
    nginx,
    tree::{Node, clean},
    zstd,
};
use std::{
    io::{self, Read},
    time::Instant,
};

/// What reading the layers of one image may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Decompressed bytes of one layer.
    pub layer: u64,
    /// Decompressed bytes of one image.
    pub image: u64,
    /// When the work ends.
    pub end: Instant,
}

/// Bytes of a path or of a link's target.
const PATH: u64 = 4096;
/// Bytes of an extended header: paths, owners, attributes.
const EXTENDED: u64 = 64 * 1024;

fn over() -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}

/// Fails where `take` would end quietly: a layer that is cut is no layer that was read.
struct Limited<'a, R> {
    inner: R,
    layer: u64,
    image: &'a mut u64,
    limits: Limits,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if Instant::now() > self.limits.end {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let count = self.inner.read(buffer)?;
        self.layer += count as u64;
        *self.image += count as u64;
        if self.layer > self.limits.layer || *self.image > self.limits.image { Err(over()) } else { Ok(count) }
    }
}

/// Reads one layer into `contents`.
///
/// # Errors
/// The layer was not read in full, so what lies below it is not known.
pub(crate) fn read(media: &str, bytes: impl Read, contents: &mut Contents, limits: Limits) -> io::Result<()> {
    let Contents { tree, decompressed, nginx } = contents;
    let plain: Box<dyn Read + '_> = match media.rsplit(['.', '+']).next().unwrap_or_default() {
        "gzip" => Box::new(flate2::read::MultiGzDecoder::new(bytes)),
        "zstd" => Box::new(zstd::Frames::Between(Some(bytes))),
        "tar" => Box::new(bytes),
        _ => return Err(io::ErrorKind::Unsupported.into()),
    };
    let mut archive = tar::Archive::new(Limited { inner: plain, layer: 0, image: decompressed, limits });
    let mut long = Long::default();
    // Raw: the library would read extended headers of any size into memory.
    for entry in archive.entries()?.raw(true) {
        let mut entry = entry?;
        let kind = entry.header().entry_type();
        if long.take(kind, &mut entry)? {
            continue;
        }
        let Long { path, target } = std::mem::take(&mut long);
        let path = path.unwrap_or_else(|| entry.header().path_bytes().into_owned());
        let target = target.or_else(|| entry.header().link_name_bytes().map(|t| t.into_owned())).unwrap_or_default();
        let path = String::from_utf8_lossy(&path).into_owned();
        let target = String::from_utf8_lossy(&target).into_owned();
        let node = match kind {
            tar::EntryType::Regular | tar::EntryType::Continuous => Node::File { runs: entry.header().mode()? & 0o111 != 0 },
            tar::EntryType::Directory => Node::Folder,
            tar::EntryType::Symlink => Node::Symlink(target),
            tar::EntryType::Link => Node::Hardlink(target),
            // Its blocks follow in a form of their own.
            tar::EntryType::GNUSparse => return Err(io::ErrorKind::Unsupported.into()),
            _ => Node::Other,
        };
        let file = matches!(node, Node::File { .. });
        tree.add(&path, node).map_err(|_| over())?;
        let path = clean(&path).unwrap_or_default();
        if file && nginx::is_configuration(&path) && tree.shows(&path) {
            let size = entry.size();
            nginx.add(path, size, &mut entry)?;
        }
    }
    // What follows the end of the archive still belongs to the layer, and to its limits.
    io::copy(&mut archive.into_inner(), &mut io::sink())?;
    tree.end_layer();
    Ok(())
}

/// Path and target of the next entry, where they are longer than its header.
#[derive(Default)]
struct Long {
    path: Option<Vec<u8>>,
    target: Option<Vec<u8>>,
}

impl Long {
    /// Whether the entry is a header for the next one.
    fn take(&mut self, kind: tar::EntryType, entry: &mut impl Read) -> io::Result<bool> {
        match kind {
            tar::EntryType::GNULongName => self.path = Some(text(entry)?),
            tar::EntryType::GNULongLink => self.target = Some(text(entry)?),
            tar::EntryType::XHeader => {
                let bytes = bounded(entry, EXTENDED)?;
                for extension in tar::PaxExtensions::new(&bytes) {
                    let extension = extension?;
                    match extension.key_bytes() {
                        b"path" => self.path = Some(bounded(&mut extension.value_bytes(), PATH)?),
                        b"linkpath" => self.target = Some(bounded(&mut extension.value_bytes(), PATH)?),
                        // A size over what the header can hold is over every limit; sparse files have names of their own.
                        b"size" => return Err(io::ErrorKind::Unsupported.into()),
                        key if key.starts_with(b"GNU.sparse") => return Err(io::ErrorKind::Unsupported.into()),
                        _ => {}
                    }
                }
            }
            tar::EntryType::XGlobalHeader => {
                bounded(entry, EXTENDED)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn bounded(reader: &mut impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(over()) } else { Ok(bytes) }
}

/// A text that zeros end.
fn text(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = bounded(reader, PATH)?;
    bytes.truncate(bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len()));
    Ok(bytes)
}
