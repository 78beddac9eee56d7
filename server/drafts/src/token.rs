//! Links: 128 random bits for editing, and a view link that follows from them one way.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// A capability: whoever has it can open the draft. It has no `Debug` and no `Display`, so that it
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

    /// The view token of this edit token. It cannot be turned back.
    pub fn view(&self) -> Token {
        let mut bytes = [0; 16];
        // HMAC takes keys of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) {
            mac.update(b"taskwright view link, generation 0");
            bytes.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        Token(bytes)
    }

    /// What the store keeps instead of the token.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_22_letters_and_reads_back() {
        let token = Token::random().unwrap();
        assert_eq!(token.to_text().len(), 22);
        assert!(Token::parse(&token.to_text()) == Some(token.clone()));
        assert!(token.view() == token.view() && token.view() != token);
        for text in ["", "short", "????????????????????!!", &"A".repeat(23)] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }
}
