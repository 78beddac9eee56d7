//! A draft's tag: what it makes on AWS carries it, so that the same draft, and no other, can take it away again.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use taskdef::{
    Draft,
    plan::{DraftTag, Plan, PlanError},
};

/// The plan of the draft that a link opens.
///
/// # Errors
/// What stands in the way of scripts and runs.
pub fn plan(draft: &Draft, token: &str) -> Result<Plan, PlanError> {
    Plan::new(draft, &of(token))
}

/// The tag: digits that only this link gives, and that say nothing of it. What the document says of itself is not asked.
fn of(token: &str) -> DraftTag {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(token.as_bytes()) else { return DraftTag::of_digest([0; 32]) };
    mac.update(b"taskwright draft tag 1");
    DraftTag::of_digest(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_tag_is_stable_differs_from_draft_to_draft_and_holds_nothing_of_the_link() {
        let of = |token: &str| super::of(token).to_string();
        assert_eq!(of("abcdefghijklmnopqrstuv"), of("abcdefghijklmnopqrstuv"));
        assert_ne!(of("abcdefghijklmnopqrstuv"), of("abcdefghijklmnopqrstuw"));
        assert!(of("abcdefghijklmnopqrstuv").len() == 20 && of("abcdefghijklmnopqrstuv").bytes().all(|b| b.is_ascii_hexdigit()));
    }
}
