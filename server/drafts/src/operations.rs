//! Registrations on AWS: one row a plan, one holder at a time, sealed like the draft that they belong to.

use crate::{
    Claim, Operation, StoreError, Token,
    held::{exactly, found, hold},
    keys::Key,
    records::OperationRow,
    room::Left,
    rows::{Newest, Rows},
    seal,
};

/// Operations of a draft that are kept.
const KEPT: usize = 20;

/// The place of an operation among what is sealed: revisions count from 1, so nothing else is below 0.
fn place(id: i64) -> i64 {
    -1 - id
}

fn open(key: &Key, row: OperationRow, now: i64) -> Result<Operation, StoreError> {
    let body = seal::open(key, row.draft, place(row.id), &row.body)?;
    Ok(Operation { id: row.id, made_at: row.made_at, held: row.held_until > now, body })
}

/// The bytes that were added; `None` where they are more than may be.
pub(crate) async fn add(rows: &mut impl Rows, token: &Token, id: i64, body: &str, left: Left, now: i64) -> Result<Option<i64>, StoreError> {
    let draft = hold(rows, token, now).await?;
    let number = draft.head.id;
    let body = seal::seal(&draft.keys()?.seal, number, place(id), body)?;
    let mut bytes = body.len() as i64;
    if bytes > left.bytes {
        return Ok(None);
    }
    exactly(1, rows.insert_operation(OperationRow { draft: number, id, made_at: now, holder: 0, held_until: 0, body }).await?)?;
    let all = rows.operations(number).await?;
    for old in all.iter().skip(KEPT).filter(|o| o.held_until <= now && o.id != id) {
        exactly(1, rows.delete_operation(number, old.id).await?)?;
        bytes -= old.body.len() as i64;
    }
    Ok(Some(bytes))
}

pub(crate) async fn all(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Vec<Operation>, StoreError> {
    let draft = found(rows, token, Newest::Left, now).await?.for_edit()?;
    let (all, keys) = (rows.operations(draft.head.id).await?, draft.keys()?);
    all.into_iter().map(|row| open(&keys.seal, row, now)).collect()
}

pub(crate) async fn claim(rows: &mut impl Rows, token: &Token, id: i64, holder: i64, seconds: i64, now: i64) -> Result<Claim, StoreError> {
    let draft = hold(rows, token, now).await?;
    let all = rows.operations(draft.head.id).await?;
    if let Some(busy) = all.iter().find(|o| o.held_until > now) {
        return Ok(Claim::Busy(busy.id));
    }
    let Some(row) = all.into_iter().find(|o| o.id == id) else { return Ok(Claim::Gone) };
    exactly(1, rows.hold_operation(draft.head.id, id, holder, now + seconds).await?)?;
    Ok(Claim::Yours(open(&draft.keys()?.seal, row, now)?.body))
}

/// Whether it was written: only its holder may, and may as long as no other has taken it up.
pub(crate) async fn write(rows: &mut impl Rows, token: &Token, id: i64, holder: i64, seconds: i64, body: &str, now: i64) -> Result<bool, StoreError> {
    let draft = hold(rows, token, now).await?;
    let number = draft.head.id;
    let body = seal::seal(&draft.keys()?.seal, number, place(id), body)?;
    let held_until = if seconds > 0 { now + seconds } else { 0 };
    Ok(rows.write_operation(OperationRow { draft: number, id, made_at: 0, holder, held_until, body }).await? == 1)
}

/// Seals them with another key.
pub(crate) async fn reseal(rows: &mut impl Rows, draft: i64, old: &Key, new: &Key) -> Result<(), StoreError> {
    let mut texts = Vec::new();
    for row in rows.operations(draft).await? {
        texts.push((row.id, seal::seal(new, draft, place(row.id), &seal::open(old, draft, place(row.id), &row.body)?)?));
    }
    for (id, body) in texts {
        exactly(1, rows.reseal_operation(draft, id, body).await?)?;
    }
    Ok(())
}
