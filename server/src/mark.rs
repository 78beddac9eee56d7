//! A draft's mark: what it makes on AWS is tagged with it, so that the same draft can take it away again.

use taskdef::Draft;

/// Gives a new draft a mark of its own. It says nothing of the draft's links.
pub fn stamp(draft: &mut Draft) {
    // The first ten letters of 128 random bits; without random numbers no draft can be stored either.
    if let Ok(token) = drafts::Token::random() {
        let mark: String = token.to_text().chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        draft.put("mark", mark.into());
    }
}
