//! What is done to a draft within a transaction, on the rows of either engine.

use crate::{
    Access, Created, Life, Opened, Point, Saved, StoreError, Token, operations,
    rows::{Head, KEPT, NewDraft, Revision, Rows},
    seal,
    token::Key,
};
use std::collections::HashMap;

/// Seconds within which the changes of one person are one point of the history.
const POINT: i64 = 60;

/// Revisions after which the old ones of a draft are forgotten.
const TIDY: i64 = 16;

/// When a draft ends: at the first full hour after its life. So most saves leave the end, and its index, as they are.
fn end(now: i64, life: Life) -> i64 {
    (now + life.days() * 86_400).div_euclid(3600) * 3600 + 3600
}

/// A draft that was found, with what its link allows and opens.
pub(crate) struct Held {
    pub head: Head,
    access: Access,
    view: Token,
    pub key: Key,
}

impl Held {
    /// What a link found; an expired draft is as unknown as one that never was.
    fn of(head: Head, access: Access, token: &Token, now: i64) -> Result<Held, StoreError> {
        if head.expires_at <= now {
            return Err(StoreError::NotFound);
        }
        let view = if access == Access::Edit { token.view(head.generation) } else { token.clone() };
        let key = view.key();
        Ok(Held { head, access, view, key })
    }

    pub(crate) fn for_edit(self) -> Result<Held, StoreError> {
        if self.access == Access::Edit { Ok(self) } else { Err(StoreError::ReadOnly) }
    }

    fn life(&self) -> Life {
        Life::of_days(self.head.life).unwrap_or_default()
    }

    fn text(&self) -> Result<String, StoreError> {
        seal::open(&self.key, self.head.id, self.head.revision, &self.head.body)
    }
}

/// The number leads to the draft, the whole hash proves the link.
fn proved(head: Option<Head>, token: &Token) -> Option<Head> {
    head.filter(|h| h.edit_hash == token.edit_hash())
}

async fn by_view(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Held, StoreError> {
    let head = rows.find_view(token.view_hash()).await?.ok_or(StoreError::NotFound)?;
    Held::of(head, Access::View, token, now)
}

/// By either link.
pub(crate) async fn found(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Held, StoreError> {
    match proved(rows.find(token.id()).await?, token) {
        Some(head) => Held::of(head, Access::Edit, token, now),
        None => by_view(rows, token, now).await,
    }
}

/// For changing, from a row that was held by its number.
async fn held(rows: &mut impl Rows, head: Option<Head>, token: &Token, now: i64) -> Result<Held, StoreError> {
    match proved(head, token) {
        Some(head) => Held::of(head, Access::Edit, token, now),
        None => by_view(rows, token, now).await?.for_edit(),
    }
}

pub(crate) async fn hold(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Held, StoreError> {
    let head = rows.hold(&[token.id()]).await?.pop();
    held(rows, head, token, now).await
}

/// So many rows were to change. Anything else means that the ground has moved: nothing may be acknowledged.
pub(crate) fn exactly(wanted: usize, changed: u64) -> Result<(), StoreError> {
    if changed == wanted as u64 { Ok(()) } else { Err(StoreError::Database(sqlx::Error::RowNotFound)) }
}

pub(crate) async fn create(rows: &mut impl Rows, edit: &Token, body: &str, who: &[u8], now: i64) -> Result<Created, StoreError> {
    let (id, view, life) = (edit.id(), edit.view(0), Life::default());
    let key = view.key();
    let draft = NewDraft { id, edit_hash: edit.edit_hash(), view_hash: view.view_hash(), life: life.days(), now, expires_at: end(now, life) };
    exactly(1, rows.insert_draft(draft).await?)?;
    let body = seal::seal(&key, id, 1, body)?;
    let revision = Revision { draft: id, revision: 1, point: 1, since: now, saved_at: now, author: key.author(who), body };
    exactly(1, rows.insert_revisions(&[revision]).await?)?;
    Ok(Created { edit: edit.clone(), view })
}

pub(crate) async fn open(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Opened, StoreError> {
    let held = found(rows, token, now).await?;
    Ok(Opened {
        access: held.access,
        revision: held.head.revision,
        body: held.text()?,
        life: held.life(),
        updated_at: held.head.updated_at,
        expires_at: held.head.expires_at,
        view: held.view,
    })
}

pub(crate) async fn at_revision(rows: &mut impl Rows, token: &Token, revision: i64, now: i64) -> Result<Option<String>, StoreError> {
    let held = found(rows, token, now).await?.for_edit()?;
    match rows.body(held.head.id, revision).await? {
        Some(bytes) => seal::open(&held.key, held.head.id, revision, &bytes).map(Some),
        None => Ok(None),
    }
}

pub(crate) async fn author(rows: &mut impl Rows, token: &Token, who: &[u8], now: i64) -> Result<Vec<u8>, StoreError> {
    Ok(found(rows, token, now).await?.for_edit()?.key.author(who))
}

/// The points of the history, newest first.
pub(crate) async fn history(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Vec<Point>, StoreError> {
    let held = found(rows, token, now).await?.for_edit()?;
    let mut points: Vec<Revision> = Vec::new();
    for row in rows.revisions(held.head.id).await?.into_iter().rev() {
        if points.last().is_none_or(|p| p.point != row.point) {
            points.push(row);
        }
    }
    points.truncate(KEPT as usize);
    let open = |r: Revision| {
        let body = seal::open(&held.key, r.draft, r.revision, &r.body)?;
        Ok(Point { revision: r.revision, saved_at: r.saved_at, author: r.author, body })
    };
    points.into_iter().map(open).collect()
}

/// A text to save: made from revision `base` of the draft of `token`.
pub(crate) struct Text<'t> {
    pub token: &'t Token,
    pub base: i64,
    pub body: &'t str,
    pub who: &'t [u8],
}

/// Saves several drafts at once, each at most once. The answers come in the order of the texts.
pub(crate) async fn save(rows: &mut impl Rows, texts: &[Text<'_>], now: i64) -> Result<Vec<Result<Saved, StoreError>>, StoreError> {
    let ids: Vec<i64> = texts.iter().map(|t| t.token.id()).collect();
    let mut heads: HashMap<i64, Head> = rows.hold(&ids).await?.into_iter().map(|h| (h.id, h)).collect();
    let (mut answers, mut new, mut old) = (Vec::with_capacity(texts.len()), Vec::new(), Vec::new());
    for (text, id) in texts.iter().zip(&ids) {
        let held = held(rows, heads.remove(id), text.token, now).await;
        answers.push(match held.and_then(|held| next(&held, text, now)) {
            Ok(Next::Answer(saved)) => Ok(saved),
            Ok(Next::Write(revision)) => {
                if revision.revision > KEPT && revision.revision % TIDY == 0 {
                    old.push((revision.draft, revision.revision - KEPT, revision.point - KEPT));
                }
                let saved = Saved::Done(revision.revision);
                new.push(revision);
                Ok(saved)
            }
            Err(refusal @ (StoreError::NotFound | StoreError::ReadOnly | StoreError::Sealed)) => Err(refusal),
            Err(error) => return Err(error),
        });
    }
    let ids: Vec<i64> = new.iter().map(|r| r.draft).collect();
    exactly(new.len(), rows.advance(&ids, now).await?)?;
    exactly(new.len(), rows.insert_revisions(&new).await?)?;
    for (draft, revision, point) in old {
        rows.prune(draft, revision, point).await?;
    }
    Ok(answers)
}

enum Next {
    Answer(Saved),
    Write(Revision),
}

/// What saving a text over this draft means.
fn next(held: &Held, text: &Text<'_>, now: i64) -> Result<Next, StoreError> {
    let present = held.head.revision;
    if text.base == present || text.base + 1 == present {
        let same = held.text()? == text.body;
        if same && text.base == present {
            return Ok(Next::Answer(Saved::Unchanged(present)));
        }
        if same {
            return Ok(Next::Answer(Saved::Done(present)));
        }
    }
    if text.base != present {
        return Ok(Next::Answer(Saved::Conflict(present)));
    }
    let (draft, revision, author) = (held.head.id, present + 1, held.key.author(text.who));
    let joins = author == held.head.author && now - held.head.since < POINT;
    let (point, since) = if joins { (held.head.point, held.head.since) } else { (held.head.point + 1, now) };
    let body = seal::seal(&held.key, draft, revision, text.body)?;
    Ok(Next::Write(Revision { draft, revision, point, since, saved_at: now, author, body }))
}

/// Gives the draft new links and seals all of it anew: a new view link, or with `edit` a new pair.
pub(crate) async fn rekey(rows: &mut impl Rows, token: &Token, edit: Option<&Token>, now: i64) -> Result<Created, StoreError> {
    let held = hold(rows, token, now).await?;
    let generation = held.head.generation + 1;
    let edit = edit.unwrap_or(token);
    let (id, view) = (edit.id(), edit.view(generation));
    let key = view.key();
    exactly(1, rows.rekey(held.head.id, id, edit.edit_hash(), view.view_hash(), generation).await?)?;
    for row in rows.revisions(id).await? {
        let text = seal::open(&held.key, held.head.id, row.revision, &row.body)?;
        exactly(1, rows.reseal(id, row.revision, row.author, seal::seal(&key, id, row.revision, &text)?).await?)?;
    }
    operations::reseal(rows, (held.head.id, &held.key), (id, &key)).await?;
    Ok(Created { edit: edit.clone(), view })
}

pub(crate) async fn set_life(rows: &mut impl Rows, token: &Token, life: Life, now: i64) -> Result<i64, StoreError> {
    let held = hold(rows, token, now).await?;
    let expires_at = end(now, life);
    exactly(1, rows.set_life(held.head.id, life.days(), expires_at).await?)?;
    Ok(expires_at)
}

pub(crate) async fn delete(rows: &mut impl Rows, token: &Token, now: i64) -> Result<(), StoreError> {
    let held = hold(rows, token, now).await?;
    exactly(1, rows.delete(held.head.id).await?)
}
