//! What is done to a draft within a transaction, on the rows of either engine.

use crate::{
    Created, Life, Mark, Marks, Opened, Point, Saved, Step, StoreError, Token, Way,
    held::{Held, exactly, found, held, hold},
    history::{self, KEPT, Thinned},
    keys::Keys,
    operations,
    records::{Head, NewDraft, NewLinks, Revision, StepRow},
    room::Left,
    rows::{Newest, Rows},
    seal,
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

/// A draft to make.
pub(crate) struct New<'n> {
    pub edit: &'n Token,
    pub body: &'n str,
    pub who: &'n [u8],
    pub way: Way,
}

/// The new draft and its bytes; `None` where they are more than may be added.
pub(crate) async fn create(rows: &mut impl Rows, new: &New<'_>, left: Left, now: i64) -> Result<Option<(Created, i64)>, StoreError> {
    let New { edit, body, who, way } = *new;
    let (id, view, life, keys) = (edit.id(), edit.view(0), Life::default(), Keys::random()?);
    let body = seal::seal(&keys.seal, id, 1, body)?;
    let kept = body.len() as i64;
    if kept > left.bytes {
        return Ok(None);
    }
    let sealed = seal::seal_keys(&view.wrapping_key(), id, &keys)?;
    let (edit_hash, view_hash) = (edit.edit_hash(), view.view_hash());
    let draft = NewDraft { id, edit_hash, view_hash, life: life.days(), now, expires_at: end(now, life), keys: sealed };
    exactly(1, rows.insert_draft(draft).await?)?;
    let (way, repeats) = way.to_row();
    let revision = Revision { draft: id, revision: 1, point: 1, since: now, saved_at: now, kept, author: keys.author(who), way, repeats, marks: 0, body };
    exactly(1, rows.insert_revisions(&[revision]).await?)?;
    Ok(Some((Created { edit: edit.clone(), view }, kept)))
}

pub(crate) async fn open(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Opened, StoreError> {
    let held = found(rows, token, Newest::Read, now).await?;
    let keys = held.keys()?;
    Ok(Opened {
        access: held.access,
        revision: held.head.revision,
        body: held.text(&keys)?,
        tag: keys.tag(),
        life: held.life(),
        updated_at: held.head.updated_at,
        expires_at: held.head.expires_at,
        view: held.view,
    })
}

pub(crate) async fn at_revision(rows: &mut impl Rows, token: &Token, revision: i64, now: i64) -> Result<Option<String>, StoreError> {
    let held = found(rows, token, Newest::Left, now).await?.for_edit()?;
    match rows.body(held.head.id, revision).await? {
        Some(bytes) => seal::open(&held.keys()?.seal, held.head.id, revision, &bytes).map(Some),
        None => Ok(None),
    }
}

pub(crate) async fn author(rows: &mut impl Rows, token: &Token, who: &[u8], now: i64) -> Result<Vec<u8>, StoreError> {
    Ok(found(rows, token, Newest::Left, now).await?.for_edit()?.keys()?.author(who))
}

/// The points of the history, newest first.
pub(crate) async fn history(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Vec<Point>, StoreError> {
    let held = found(rows, token, Newest::Left, now).await?.for_edit()?;
    let keys = held.keys()?;
    let mut points: Vec<Revision> = Vec::new();
    for row in rows.revisions(held.head.id).await?.into_iter().rev() {
        if points.last().is_none_or(|p| p.point != row.point) {
            points.push(row);
        }
    }
    // The first one stays for ever, however many came after it.
    let first = points.pop_if(|p| p.revision == 1);
    points.truncate(KEPT as usize);
    points.extend(first);
    let open = |r: Revision| {
        let body = seal::open(&keys.seal, r.draft, r.revision, &r.body)?;
        let (way, marks) = (Way::from_row(r.way, r.repeats), Marks::from_row(r.marks));
        Ok(Point { revision: r.revision, saved_at: r.saved_at, author: r.author, way, marks, body })
    };
    points.into_iter().map(open).collect()
}

/// The revisions that are kept, oldest first, without their texts; and the identifier that `who` has in them.
pub(crate) async fn steps(rows: &mut impl Rows, token: &Token, who: &[u8], now: i64) -> Result<(Vec<Step>, Vec<u8>), StoreError> {
    let held = found(rows, token, Newest::Left, now).await?.for_edit()?;
    let step = |r: StepRow| Step { revision: r.revision, way: Way::from_row(r.way, r.repeats), author: r.author };
    let steps = rows.steps(held.head.id).await?.into_iter().map(step).collect();
    // Who is not known is no author, and needs no key.
    let own = if who.is_empty() { Vec::new() } else { held.keys()?.author(who) };
    Ok((steps, own))
}

/// Marks a revision; whether it is still kept.
pub(crate) async fn mark(rows: &mut impl Rows, token: &Token, revision: i64, mark: Mark, now: i64) -> Result<bool, StoreError> {
    let held = hold(rows, token, now).await?.for_edit()?;
    Ok(rows.mark(held.head.id, revision, mark.bit()).await? == 1)
}

/// A text to save: made from revision `base` of the draft of `token`.
pub(crate) struct Text<'t> {
    pub token: &'t Token,
    pub base: i64,
    pub body: &'t str,
    pub who: &'t [u8],
    pub way: Way,
}

/// What became of several saves.
pub(crate) struct Batch {
    /// In the order of the texts.
    pub answers: Vec<Result<Saved, StoreError>>,
    /// Bytes that were added.
    pub bytes: i64,
    /// Numbers of drafts whose history has become too large.
    pub large: Vec<i64>,
}

/// Saves several drafts at once, each at most once. At most the bytes of `left` are added; who would add more is told so.
pub(crate) async fn save(rows: &mut impl Rows, texts: &[Text<'_>], left: Left, now: i64) -> Result<Batch, StoreError> {
    let ids: Vec<i64> = texts.iter().map(|t| t.token.id()).collect();
    let mut heads: HashMap<i64, Head> = rows.hold(&ids, Newest::Read).await?.into_iter().map(|h| (h.id, h)).collect();
    let mut batch = Batch { answers: Vec::with_capacity(texts.len()), bytes: 0, large: Vec::new() };
    let (mut new, mut old) = (Vec::new(), Vec::new());
    for (text, id) in texts.iter().zip(&ids) {
        let held = held(rows, heads.remove(id), text.token, Newest::Read, now).await;
        batch.answers.push(match held.and_then(|held| next(&held, text, now)) {
            Ok(Next::Answer(saved)) => Ok(saved),
            Ok(Next::Write(revision)) if batch.bytes + revision.body.len() as i64 > left.bytes => Err(StoreError::Full(left.bound)),
            Ok(Next::Write(revision)) => {
                batch.bytes += revision.body.len() as i64;
                if revision.kept > history::MOST {
                    batch.large.push(revision.draft);
                } else if revision.revision > KEPT && revision.revision % TIDY == 0 {
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
    Ok(batch)
}

enum Next {
    Answer(Saved),
    Write(Revision),
}

/// What saving a text over this draft means.
fn next(held: &Held, text: &Text<'_>, now: i64) -> Result<Next, StoreError> {
    let (present, keys) = (held.head.revision, held.keys()?);
    let repeat = present.checked_sub(1) == Some(text.base);
    if text.base == present || repeat {
        let same = held.text(&keys)? == text.body;
        if same {
            return Ok(Next::Answer(if repeat { Saved::Done(present) } else { Saved::Unchanged(present) }));
        }
    }
    if text.base != present {
        return Ok(Next::Answer(Saved::Conflict(present)));
    }
    let (draft, author) = (held.head.id, keys.author(text.who));
    let revision = present.checked_add(1).ok_or(StoreError::Sealed)?;
    let apart = text.way.is_version() || Way::from_row(held.head.way, 0).is_version() || held.head.marks != 0;
    let joins = !apart && author == held.head.author && now - held.head.since < POINT;
    let (point, since) = if joins { (held.head.point, held.head.since) } else { (held.head.point + 1, now) };
    let body = seal::seal(&keys.seal, draft, revision, text.body)?;
    // What was never counted is taken for too large, and so counted.
    let kept = if held.head.kept > 0 { held.head.kept } else { history::MOST } + body.len() as i64;
    let (way, repeats) = text.way.to_row();
    Ok(Next::Write(Revision { draft, revision, point, since, saved_at: now, kept, author, way, repeats, marks: 0, body }))
}

/// Thins the history of a draft; returns the bytes that came free.
pub(crate) async fn thin(rows: &mut impl Rows, draft: i64) -> Result<i64, StoreError> {
    let Some(head) = rows.hold(&[draft], Newest::Left).await?.pop() else { return Ok(0) };
    let Thinned { gone, freed, kept } = history::thin(&rows.sizes(draft).await?);
    exactly(gone.len(), rows.forget(draft, &gone).await?)?;
    exactly(1, rows.set_kept(draft, head.revision, kept).await?)?;
    Ok(freed)
}

/// What became of new links.
pub(crate) enum NewPair {
    /// They hold; so many bytes came free.
    Made(Created, i64),
    /// The draft is of an earlier program, and all of it must be sealed anew: not beside others.
    Long,
}

/// Gives the draft a new view link, or with `edit` a new pair. One row is written: its keys, sealed for the new links. Drafts
/// of earlier programs get keys first, if that may take `long`.
pub(crate) async fn rekey(rows: &mut impl Rows, token: &Token, edit: Option<&Token>, long: bool, now: i64) -> Result<NewPair, StoreError> {
    let held = hold(rows, token, now).await?;
    let (keys, freed) = match &held.head.keys {
        Some(_) => (held.keys()?, 0),
        None if long => renew(rows, &held).await?,
        None => return Ok(NewPair::Long),
    };
    let (id, generation, edit) = (held.head.id, held.head.generation + 1, edit.unwrap_or(token));
    let (link, view) = ((edit.id() != id).then(|| edit.id()), edit.view(generation));
    let keys = seal::seal_keys(&view.wrapping_key(), id, &keys)?;
    let links = NewLinks { id, link, edit_hash: edit.edit_hash(), view_hash: view.view_hash(), generation, keys };
    exactly(1, rows.rekey(links).await?)?;
    Ok(NewPair::Made(Created { edit: edit.clone(), view }, freed))
}

/// Gives a draft of an earlier program keys that do not follow from its links, and seals its texts with them.
async fn renew(rows: &mut impl Rows, held: &Held) -> Result<(Keys, i64), StoreError> {
    let (id, old) = (held.head.id, held.keys()?);
    let (new, freed) = (old.renewed()?, thin(rows, id).await?);
    // All are opened before the first is written: where one does not open, everything stays as it is.
    let mut texts = Vec::new();
    for row in rows.revisions(id).await? {
        texts.push((row.revision, seal::seal(&new.seal, id, row.revision, &seal::open(&old.seal, id, row.revision, &row.body)?)?));
    }
    operations::reseal(rows, id, &old.seal, &new.seal).await?;
    for (revision, body) in texts {
        exactly(1, rows.reseal(id, revision, body).await?)?;
    }
    Ok((new, freed))
}

pub(crate) async fn set_life(rows: &mut impl Rows, token: &Token, life: Life, now: i64) -> Result<i64, StoreError> {
    let held = hold(rows, token, now).await?;
    let expires_at = end(now, life);
    exactly(1, rows.set_life(held.head.id, life.days(), expires_at).await?)?;
    Ok(expires_at)
}

/// Deletes a draft without opening any of its texts; returns their bytes.
pub(crate) async fn delete(rows: &mut impl Rows, token: &Token, now: i64) -> Result<i64, StoreError> {
    let id = hold(rows, token, now).await?.head.id;
    let bytes = rows.bytes(id).await?;
    exactly(1, rows.delete(id).await?)?;
    Ok(bytes)
}

/// Deletes some of the expired, at most so many drafts and about so many bytes; how many, and their bytes.
pub(crate) async fn sweep(rows: &mut impl Rows, most: i64, most_bytes: i64, now: i64) -> Result<(u64, i64), StoreError> {
    let (mut ids, mut bytes) = (Vec::new(), 0);
    for draft in rows.expired(now, most).await? {
        if !ids.is_empty() && bytes + draft.bytes > most_bytes {
            break;
        }
        ids.push(draft.id);
        bytes += draft.bytes;
    }
    Ok((rows.sweep(&ids, now).await?, bytes))
}
