//! A draft's text at rest: squeezed, then sealed with AES-256-GCM under the key of its links.
//!
//! The draft's id and the revision are associated data, so a row moved to another place does not open.

use crate::{StoreError, token::Key};
use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use lz4_flex::block::{compress_prepend_size, decompress_size_prepended};

/// First byte of a sealed text: how it was made.
const VERSION: u8 = 1;

/// Bytes of the nonce, which follows.
const NONCE: usize = 12;

fn place(draft: i64, revision: i64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&draft.to_be_bytes());
    bytes[8..].copy_from_slice(&revision.to_be_bytes());
    bytes
}

/// Seals a text for its place.
pub(crate) fn seal(key: &Key, draft: i64, revision: i64, text: &str) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| StoreError::Random)?;
    let squeezed = compress_prepend_size(text.as_bytes());
    let cipher = Aes256Gcm::new(&key.0.into());
    let payload = Payload { msg: &squeezed, aad: &place(draft, revision) };
    let sealed = cipher.encrypt(&Nonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
    let mut bytes = Vec::with_capacity(1 + NONCE + sealed.len());
    bytes.push(VERSION);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

/// Opens a sealed text of this place.
pub(crate) fn open(key: &Key, draft: i64, revision: i64, bytes: &[u8]) -> Result<String, StoreError> {
    let (nonce, sealed) = match bytes.split_first() {
        Some((&VERSION, rest)) if rest.len() > NONCE => rest.split_at(NONCE),
        _ => return Err(StoreError::Sealed),
    };
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| StoreError::Sealed)?;
    let cipher = Aes256Gcm::new(&key.0.into());
    let payload = Payload { msg: sealed, aad: &place(draft, revision) };
    let squeezed = cipher.decrypt(&Nonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
    let text = decompress_size_prepended(&squeezed).map_err(|_| StoreError::Sealed)?;
    String::from_utf8(text).map_err(|_| StoreError::Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Token;

    #[test]
    fn a_sealed_text_opens_only_at_its_place_with_its_key() {
        let key = Token::random().unwrap().key();
        let text = "비밀 ".repeat(500);
        let sealed = seal(&key, 7, 3, &text).unwrap();
        assert_eq!(open(&key, 7, 3, &sealed).unwrap(), text);
        assert!(sealed.len() < text.len() / 4, "{} of {}", sealed.len(), text.len());
        assert_ne!(sealed, seal(&key, 7, 3, &text).unwrap(), "the same text twice must not look alike");
        for (draft, revision) in [(8, 3), (7, 4)] {
            assert!(open(&key, draft, revision, &sealed).is_err());
        }
        assert!(open(&Token::random().unwrap().key(), 7, 3, &sealed).is_err());
        for i in [0, 5, sealed.len() - 1] {
            let mut broken = sealed.clone();
            broken[i] ^= 1;
            assert!(open(&key, 7, 3, &broken).is_err(), "byte {i}");
        }
        assert!(open(&key, 7, 3, &[]).is_err() && open(&key, 7, 3, &[VERSION]).is_err());
    }
}
