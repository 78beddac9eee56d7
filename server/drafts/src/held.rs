//! A draft found by one of its links, and what the link allows.

use crate::{
    Access, Life, StoreError, Token,
    keys::Keys,
    records::Head,
    rows::{Newest, Rows},
    seal,
};

/// A draft that was found, with what its link allows.
pub(crate) struct Held {
    pub head: Head,
    pub access: Access,
    pub view: Token,
}

impl Held {
    /// What a link found; an expired draft is as unknown as one that never was.
    fn of(head: Head, access: Access, token: &Token, now: i64) -> Result<Held, StoreError> {
        if head.expires_at <= now {
            return Err(StoreError::NotFound);
        }
        let view = if access == Access::Edit { token.view(head.generation) } else { token.clone() };
        Ok(Held { head, access, view })
    }

    pub(crate) fn for_edit(self) -> Result<Held, StoreError> {
        if self.access == Access::Edit { Ok(self) } else { Err(StoreError::ReadOnly) }
    }

    pub(crate) fn life(&self) -> Life {
        Life::of_days(self.head.life).unwrap_or_default()
    }

    /// The keys of the draft. Only asked for where a text or an identifier is needed: a damaged draft can be deleted without.
    pub(crate) fn keys(&self) -> Result<Keys, StoreError> {
        match &self.head.keys {
            Some(sealed) => seal::open_keys(&self.view.wrapping_key(), self.head.id, sealed),
            None => Ok(Keys::of_link(&self.view)),
        }
    }

    pub(crate) fn text(&self, keys: &Keys) -> Result<String, StoreError> {
        let body = self.head.body.as_deref().ok_or(StoreError::Sealed)?;
        seal::open(&keys.seal, self.head.id, self.head.revision, body)
    }
}

/// The number leads to the draft, the whole hash proves the link.
fn proved(head: Option<Head>, token: &Token) -> Option<Head> {
    head.filter(|h| h.edit_hash == token.edit_hash())
}

/// By either link.
pub(crate) async fn found(rows: &mut impl Rows, token: &Token, newest: Newest, now: i64) -> Result<Held, StoreError> {
    if let Some(head) = proved(rows.find(token.id(), newest).await?, token) {
        return Held::of(head, Access::Edit, token, now);
    }
    let other = rows.find_other(token.id(), token.view_hash(), newest).await?.ok_or(StoreError::NotFound)?;
    if other.edit_hash == token.edit_hash() {
        return Held::of(other, Access::Edit, token, now);
    }
    if other.view_hash == token.view_hash() { Held::of(other, Access::View, token, now) } else { Err(StoreError::NotFound) }
}

pub(crate) async fn exists(rows: &mut impl Rows, token: &Token, now: i64) -> Result<bool, StoreError> {
    let end = rows.ends(token.id(), token.edit_hash(), token.view_hash()).await?;
    Ok(end.is_some_and(|end| end > now))
}

/// For changing, from a row that was held by the link's number.
pub(crate) async fn held(rows: &mut impl Rows, head: Option<Head>, token: &Token, newest: Newest, now: i64) -> Result<Held, StoreError> {
    if let Some(head) = proved(head, token) {
        return Held::of(head, Access::Edit, token, now);
    }
    // A replaced link leads to the draft's own number, which is the one to hold.
    let other = found(rows, token, Newest::Left, now).await?.for_edit()?;
    let head = proved(rows.hold(&[other.head.id], newest).await?.pop(), token).ok_or(StoreError::NotFound)?;
    Held::of(head, Access::Edit, token, now)
}

/// For changing anything but its text.
pub(crate) async fn hold(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Held, StoreError> {
    let head = rows.hold(&[token.id()], Newest::Left).await?.pop();
    held(rows, head, token, Newest::Left, now).await
}

/// So many rows were to change. Anything else means that the ground has moved: nothing may be acknowledged.
pub(crate) fn exactly(wanted: usize, changed: u64) -> Result<(), StoreError> {
    if changed == wanted as u64 { Ok(()) } else { Err(StoreError::Database(sqlx::Error::RowNotFound)) }
}
