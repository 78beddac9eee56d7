//! Links: 128 random bits for editing, and a view link that follows from them one way.

use crate::keys::{Key, authenticate};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A capability: who has it can open the draft. It has no `Debug` and no `Display`, so that it
/// cannot slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 16]);

impl Token {
    /// A new edit token from the system's random numbers.
    pub fn random() -> Result<Token, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Token(bytes))
    }

    /// Reads the 22 letters of a link; anything else is no token.
    pub fn parse(text: &str) -> Option<Token> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Token(bytes.try_into().ok()?))
    }

    /// The 22 letters for a link.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The view token of this edit token in a generation. It cannot be turned back, and says nothing of
    /// the view tokens of other generations.
    pub fn view(&self, generation: i64) -> Token {
        let mac = authenticate(&self.0, &[b"taskwright view link", &generation.to_be_bytes()]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&mac[..16]);
        Token(bytes)
    }

    /// What the store keeps instead of an edit token.
    pub(crate) fn edit_hash(&self) -> Vec<u8> {
        digest(b"taskwright edit", &self.0)
    }

    /// The number of this edit token's draft: a part of its hash, so that it is found without an index, and it tells
    /// nothing of how many there are.
    pub(crate) fn id(&self) -> i64 {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.edit_hash()[..8]);
        i64::from_be_bytes(bytes) & i64::MAX
    }

    /// What the store keeps instead of a view token.
    pub(crate) fn view_hash(&self) -> Vec<u8> {
        digest(b"taskwright view", &self.0)
    }

    /// The key that the keys of a draft are sealed with, from its view token: so either link gives it.
    pub(crate) fn wrapping_key(&self) -> Key {
        Key(authenticate(&self.0, &[b"taskwright keys"]))
    }

    /// The key that earlier programs sealed the texts with, from the view token.
    pub(crate) fn earlier_key(&self) -> Key {
        Key(authenticate(&self.0, &[b"taskwright seal"]))
    }
}

fn digest(label: &[u8], bytes: &[u8]) -> Vec<u8> {
    Sha256::new().chain_update(label).chain_update(bytes).finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_22_letters_and_reads_back() {
        let token = Token::random().unwrap();
        assert_eq!(token.to_text().len(), 22);
        assert!(Token::parse(&token.to_text()) == Some(token.clone()));
        for text in ["", "short", "????????????????????!!", &"A".repeat(23)] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn each_generation_has_a_view_link_and_a_key_of_its_own() {
        let token = Token::random().unwrap();
        let (first, second) = (token.view(0), token.view(1));
        assert!(first == token.view(0) && first != second && first != token);
        assert_ne!(first.wrapping_key().0, second.wrapping_key().0);
        assert_ne!(first.wrapping_key().0, first.earlier_key().0);
        assert_ne!(first.edit_hash(), first.view_hash(), "a link of one kind must not open as the other");
    }
}
