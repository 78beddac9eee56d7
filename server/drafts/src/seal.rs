//! A draft's text at rest: squeezed, then sealed with AES-256-GCM under the draft's key; and that key, sealed under the key
//! of its links.
//!
//! The draft's number and the revision are associated data, so a row moved to another place does not open.

use crate::{
    StoreError,
    keys::{Key, Keys},
};
use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use lz4_flex::block::{compress_prepend_size, decompress_size_prepended};

/// First byte of a sealed text: how it was made.
const TEXT: u8 = 1;

/// First byte of sealed keys.
const KEYS: u8 = 2;

/// The place of a draft's keys: revisions count from 1, operations from -1 downwards.
const KEYS_PLACE: i64 = 0;

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
    lock(key, TEXT, &place(draft, revision), &compress_prepend_size(text.as_bytes()))
}

/// Opens a sealed text of this place.
pub(crate) fn open(key: &Key, draft: i64, revision: i64, bytes: &[u8]) -> Result<String, StoreError> {
    let squeezed = unlock(key, TEXT, &place(draft, revision), bytes)?;
    let text = decompress_size_prepended(&squeezed).map_err(|_| StoreError::Sealed)?;
    String::from_utf8(text).map_err(|_| StoreError::Sealed)
}

/// Seals the keys of a draft with the key of its links.
pub(crate) fn seal_keys(key: &Key, draft: i64, keys: &Keys) -> Result<Vec<u8>, StoreError> {
    lock(key, KEYS, &place(draft, KEYS_PLACE), &keys.to_bytes())
}

/// Opens the keys of a draft.
pub(crate) fn open_keys(key: &Key, draft: i64, bytes: &[u8]) -> Result<Keys, StoreError> {
    Keys::from_bytes(&unlock(key, KEYS, &place(draft, KEYS_PLACE), bytes)?).ok_or(StoreError::Sealed)
}

fn lock(key: &Key, kind: u8, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| StoreError::Random)?;
    let cipher = Aes256Gcm::new(&key.0.into());
    let sealed = cipher.encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: place }).map_err(|_| StoreError::Sealed)?;
    let mut bytes = Vec::with_capacity(1 + NONCE + sealed.len());
    bytes.push(kind);
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

fn unlock(key: &Key, kind: u8, place: &[u8], bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let (nonce, sealed) = match bytes.split_first() {
        Some((first, rest)) if *first == kind && rest.len() > NONCE => rest.split_at(NONCE),
        _ => return Err(StoreError::Sealed),
    };
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| StoreError::Sealed)?;
    let cipher = Aes256Gcm::new(&key.0.into());
    cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: place }).map_err(|_| StoreError::Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_only_at_its_place_with_its_key() {
        let key = Keys::random().unwrap().seal;
        let text = "비밀 ".repeat(500);
        let sealed = seal(&key, 7, 3, &text).unwrap();
        assert_eq!(open(&key, 7, 3, &sealed).unwrap(), text);
        assert!(sealed.len() < text.len() / 4, "{} of {}", sealed.len(), text.len());
        assert_ne!(sealed, seal(&key, 7, 3, &text).unwrap(), "the same text twice must not look alike");
        for (draft, revision) in [(8, 3), (7, 4)] {
            assert!(open(&key, draft, revision, &sealed).is_err());
        }
        assert!(open(&Keys::random().unwrap().seal, 7, 3, &sealed).is_err());
        for i in [0, 5, sealed.len() - 1] {
            let mut broken = sealed.clone();
            broken[i] ^= 1;
            assert!(open(&key, 7, 3, &broken).is_err(), "byte {i}");
        }
        assert!(open(&key, 7, 3, &[]).is_err() && open(&key, 7, 3, &[TEXT]).is_err());
    }
    #[test]
    fn sealed_keys_open_only_for_their_draft_and_are_no_text() {
        let (key, keys) = (Keys::random().unwrap().seal, Keys::random().unwrap());
        let sealed = seal_keys(&key, 7, &keys).unwrap();
        assert_eq!(open_keys(&key, 7, &sealed).unwrap().to_bytes(), keys.to_bytes());
        assert!(open_keys(&key, 8, &sealed).is_err() && open_keys(&Keys::random().unwrap().seal, 7, &sealed).is_err());
        let mut as_text = sealed.clone();
        as_text[0] = TEXT;
        assert!(open(&key, 7, 0, &as_text).is_err() && open(&key, 7, 0, &sealed).is_err());
    }
}
