//! All frames of a zstd stream, one after another. The library reads one frame, and allows windows of 100 MiB.

use std::io::{self, Read};

/// The largest window that a frame may ask memory for: what the encoders of image builders use at their best level.
const WINDOW: u64 = 32 * 1024 * 1024;

/// A reader of a stream's frames.
pub(crate) enum Frames<R: Read> {
    /// Before a frame, or at the end.
    Between(Option<R>),
    /// In a frame, with what was read ahead to see its window.
    Inside(Box<ruzstd::decoding::StreamingDecoder<Chain<R>, ruzstd::decoding::FrameDecoder>>),
}

type Chain<R> = io::Chain<io::Cursor<Vec<u8>>, R>;

fn invalid() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self {
                Frames::Between(source) => {
                    let Some(source) = source.take() else { return Ok(0) };
                    match frame(source)? {
                        Some(next) => *self = next,
                        None => return Ok(0),
                    }
                }
                Frames::Inside(decoder) => {
                    let count = decoder.read(buffer)?;
                    if count > 0 || buffer.is_empty() {
                        return Ok(count);
                    }
                    let Frames::Inside(done) = std::mem::replace(self, Frames::Between(None)) else { return Err(invalid()) };
                    *self = Frames::Between(Some(done.into_inner().into_inner().1));
                }
            }
        }
    }
}

/// The next frame, or `None` at the end of the stream. Source: RFC 8878, 3.1.
fn frame<R: Read>(mut source: R) -> io::Result<Option<Frames<R>>> {
    let mut head = Vec::new();
    source.by_ref().take(4).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(None);
    }
    let magic = <[u8; 4]>::try_from(head.as_slice()).map(u32::from_le_bytes).map_err(|_| invalid())?;
    if magic & 0xffff_fff0 == 0x184d_2a50 {
        let mut size = [0; 4];
        source.read_exact(&mut size)?;
        let size = u64::from(u32::from_le_bytes(size));
        if io::copy(&mut source.by_ref().take(size), &mut io::sink())? < size {
            return Err(invalid());
        }
        return Ok(Some(Frames::Between(Some(source))));
    }
    // Descriptor, and at most window (1), dictionary (4) and content size (8).
    let mut flags = [0];
    source.read_exact(&mut flags)?;
    let flags = flags[0];
    let single = flags & 0x20 != 0;
    let dictionary = [0, 1, 2, 4][usize::from(flags & 3)];
    let content = match flags >> 6 {
        0 => usize::from(single),
        size => 1 << size,
    };
    head.push(flags);
    let start = head.len();
    let length = usize::from(!single) + dictionary + content;
    source.by_ref().take(length as u64).read_to_end(&mut head)?;
    if head.len() < start + length {
        return Err(invalid());
    }
    let window = if single {
        // The whole content is the window.
        let bytes = &head[start + dictionary..];
        let size = bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        if content == 2 { size + 256 } else { size }
    } else {
        let window = head[start];
        let base = 1_u64 << (10 + (window >> 3));
        base + base / 8 * u64::from(window & 7)
    };
    if window > WINDOW {
        return Err(invalid());
    }
    let source = io::Cursor::new(head).chain(source);
    let decoder = ruzstd::decoding::StreamingDecoder::new(source).map_err(|_| invalid())?;
    Ok(Some(Frames::Inside(Box::new(decoder))))
}
