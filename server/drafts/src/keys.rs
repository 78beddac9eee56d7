//! The keys of a draft: random, and kept sealed with a key that follows from its links. So new links seal the keys anew,
//! and not the history.

use crate::{StoreError, Token};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Bytes of a key.
const KEY: usize = 32;

/// A key for AES-256 or for HMAC.
#[derive(Clone)]
pub(crate) struct Key(pub [u8; KEY]);

/// The keys of a draft.
pub(crate) struct Keys {
    /// Seals its texts.
    pub seal: Key,
    /// Marks its authors, and the draft itself outside.
    authors: Key,
}

impl Keys {
    /// Bytes of both.
    pub(crate) const BYTES: usize = 2 * KEY;

    /// Those of a new draft.
    pub(crate) fn random() -> Result<Keys, StoreError> {
        let mut bytes = [0; Keys::BYTES];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::Random)?;
        Keys::from_bytes(&bytes).ok_or(StoreError::Random)
    }

    /// Those of a draft that an earlier program made: they follow from its view link.
    pub(crate) fn of_link(view: &Token) -> Keys {
        let key = view.earlier_key();
        Keys { seal: key.clone(), authors: key }
    }

    /// With another key for the texts. Authors keep theirs: authors are still known in the history, and the tag outside.
    pub(crate) fn renewed(&self) -> Result<Keys, StoreError> {
        Ok(Keys { seal: Keys::random()?.seal, authors: self.authors.clone() })
    }

    pub(crate) fn to_bytes(&self) -> [u8; Keys::BYTES] {
        let mut bytes = [0; Keys::BYTES];
        bytes[..KEY].copy_from_slice(&self.seal.0);
        bytes[KEY..].copy_from_slice(&self.authors.0);
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Keys> {
        let (seal, authors) = bytes.split_at_checked(KEY)?;
        Some(Keys { seal: Key(seal.try_into().ok()?), authors: Key(authors.try_into().ok()?) })
    }

    /// A person's identifier within one draft: the same browser twice is seen, in two drafts it is not.
    pub(crate) fn author(&self, who: &[u8]) -> Vec<u8> {
        if who.is_empty() { Vec::new() } else { authenticate(&self.authors.0, &[b"taskwright author", who])[..8].to_vec() }
    }

    /// The draft's tag: 16 lower-case hexadecimal digits, the same by either link and after new ones.
    pub(crate) fn tag(&self) -> String {
        authenticate(&self.authors.0, &[b"taskwright tag"])[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// HMAC-SHA256 of the parts, one after the other.
pub(crate) fn authenticate(key: &[u8], parts: &[&[u8]]) -> [u8; KEY] {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; KEY] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_renewed_ones_keep_their_marks() {
        let keys = Keys::random().unwrap();
        let back = Keys::from_bytes(&keys.to_bytes()).unwrap();
        assert_eq!((back.seal.0, back.tag()), (keys.seal.0, keys.tag()));
        let new = keys.renewed().unwrap();
        assert_ne!(new.seal.0, keys.seal.0);
        assert_eq!((new.tag(), new.author(b"ann")), (keys.tag(), keys.author(b"ann")));
        for n in [0, 31, 63, 65] {
            assert!(Keys::from_bytes(&vec![1; n]).is_none(), "{n}");
        }
        assert!(keys.tag().len() == 16 && keys.tag().bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{}", keys.tag());
    }
}
