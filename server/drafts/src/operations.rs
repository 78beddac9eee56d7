//! Registrations on AWS: one row a plan, one holder at a time, sealed like the draft that they belong to.

use crate::{
    Claim, Operation, StoreError, Token,
    rows::{OperationRow, Rows},
    seal,
    token::Key,
    work::{exactly, found, hold},
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

pub(crate) async fn add(rows: &mut impl Rows, token: &Token, id: i64, body: &str, now: i64) -> Result<(), StoreError> {
    let draft = hold(rows, token, now).await?;
    let number = draft.head.id;
    let body = seal::seal(&draft.key, number, place(id), body)?;
    exactly(1, rows.insert_operation(OperationRow { draft: number, id, made_at: now, holder: 0, held_until: 0, body }).await?)?;
    let all = rows.operations(number).await?;
    for old in all.iter().skip(KEPT).filter(|o| o.held_until <= now && o.id != id) {
        exactly(1, rows.delete_operation(number, old.id).await?)?;
    }
    Ok(())
}

pub(crate) async fn all(rows: &mut impl Rows, token: &Token, now: i64) -> Result<Vec<Operation>, StoreError> {
    let draft = found(rows, token, now).await?.for_edit()?;
    let all = rows.operations(draft.head.id).await?;
    all.into_iter().map(|row| open(&draft.key, row, now)).collect()
}

pub(crate) async fn claim(rows: &mut impl Rows, token: &Token, id: i64, holder: i64, seconds: i64, now: i64) -> Result<Claim, StoreError> {
    let draft = hold(rows, token, now).await?;
    let all = rows.operations(draft.head.id).await?;
    if let Some(busy) = all.iter().find(|o| o.held_until > now) {
        return Ok(Claim::Busy(busy.id));
    }
    let Some(row) = all.into_iter().find(|o| o.id == id) else { return Ok(Claim::Gone) };
    exactly(1, rows.hold_operation(draft.head.id, id, holder, now + seconds).await?)?;
    Ok(Claim::Yours(open(&draft.key, row, now)?.body))
}

/// Whether it was written: only its holder may, and may as long as nobody else has taken it up.
pub(crate) async fn write(rows: &mut impl Rows, token: &Token, id: i64, holder: i64, seconds: i64, body: &str, now: i64) -> Result<bool, StoreError> {
    let draft = hold(rows, token, now).await?;
    let number = draft.head.id;
    let body = seal::seal(&draft.key, number, place(id), body)?;
    let held_until = if seconds > 0 { now + seconds } else { 0 };
    Ok(rows.write_operation(OperationRow { draft: number, id, made_at: 0, holder, held_until, body }).await? == 1)
}

/// Seals them anew, when a draft gets other links.
pub(crate) async fn reseal(rows: &mut impl Rows, from: (i64, &Key), to: (i64, &Key)) -> Result<(), StoreError> {
    for row in rows.operations(to.0).await? {
        let text = seal::open(from.1, from.0, place(row.id), &row.body)?;
        exactly(1, rows.reseal_operation(to.0, row.id, seal::seal(to.1, to.0, place(row.id), &text)?).await?)?;
    }
    Ok(())
}
