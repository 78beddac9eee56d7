//! What registries said about images: shared by all drafts, found by name, bounded. Losing one costs a request to a registry.

use crate::{
    StoreError,
    held::exactly,
    keys::{Key, authenticate},
    room::Left,
    rows::Rows,
    seal,
};

/// Texts that are kept.
const MOST: i64 = 2_000;

/// Bytes of a sealed text. What is larger is not kept.
const LARGEST: usize = 64 * 1024;

/// The name's number in the table, which does not say the name, and the key of its text.
fn id_and_key(name: &str) -> (Vec<u8>, Key) {
    (authenticate(b"taskwright look", &[name.as_bytes()]).to_vec(), Key(authenticate(b"taskwright key of a look", &[name.as_bytes()])))
}

/// The bytes that were added; `None` where they are more than may be.
pub(crate) async fn keep(rows: &mut impl Rows, name: &str, body: &str, left: Left, now: i64) -> Result<Option<i64>, StoreError> {
    let (id, key) = id_and_key(name);
    // No other text has this key, so the place says nothing.
    let body = seal::seal(&key, 0, 0, body)?;
    let bytes = body.len() as i64;
    if body.len() > LARGEST || bytes > left.bytes {
        return Ok(None);
    }
    let last = rows.look(id.clone()).await?.map_or(0, |last| last.len() as i64);
    exactly(1, rows.put_look(id, now, body).await?)?;
    for _ in MOST..rows.count_looks().await? {
        exactly(1, rows.forget_look().await?)?;
    }
    Ok(Some(bytes - last))
}

/// A text that does not open is as good as none.
pub(crate) async fn find(rows: &mut impl Rows, name: &str) -> Result<Option<String>, StoreError> {
    let (id, key) = id_and_key(name);
    Ok(rows.look(id).await?.and_then(|body| seal::open(&key, 0, 0, &body).ok()))
}
