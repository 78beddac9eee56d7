//! Drafts that were made before drafts had keys: their texts are sealed with the key of the view link.
//!
//! `fixtures/before_data_keys.sqlite` was written by the program of that time. PostgreSQL gets the same rows: they were word for
//! word the same there.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use drafts::{Saved, Store, StoreError, Token, Way};
use sqlx::{Connection, Row, SqliteConnection};
use support::{Engine, Raw, engines};

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/before_data_keys.sqlite");

/// Edit and view links: a draft with four revisions and a registration, one with its second view link, one with its second pair.
const LINKS: [[&str; 2]; 3] = [
    ["HhZejsAnf7FN_-7JyDg93g", "jOi29R8LZyBm4Vz-r_scPQ"],
    ["lnaMrkWTL1uqkBsQLsbqng", "IGIpqLXV8sTS2zavmIlt6A"],
    ["84tENyZ1NwCun7cDWE3C5A", "l93kv4qEaP-x_pofu67G9w"],
];

fn links(n: usize) -> [Token; 2] {
    LINKS[n].map(|link| Token::parse(link).unwrap())
}

/// The engines, each with the rows of the fixture.
async fn earlier() -> Vec<Engine> {
    let mut all = engines().await;
    for e in &mut all {
        e.store.close().await;
        if e.name == "sqlite" {
            let file = e.address.strip_prefix("sqlite:").unwrap();
            std::fs::copy(FIXTURE, file).unwrap();
        } else {
            copy(&e.address).await;
        }
        // The first store still holds the file's lock.
        e.store = Store::open(&support::another(e).await).await.unwrap();
        e.store = Store::open_with(&e.address, e.clock.options()).await.unwrap();
    }
    all
}

/// Row by row, from SQLite to PostgreSQL.
async fn copy(address: &str) {
    let mut from = SqliteConnection::connect(&format!("sqlite:{FIXTURE}?mode=ro&immutable=1")).await.unwrap();
    let mut to = sqlx::PgConnection::connect(address).await.unwrap();
    for (table, columns) in [
        ("drafts", "id, edit_hash, view_hash, generation, revision, life, created_at, updated_at, expires_at"),
        ("revisions", "draft, revision, point, since, saved_at, author, body"),
        ("operations", "draft, id, made_at, holder, held_until, body"),
    ] {
        let names: Vec<&str> = columns.split(", ").collect();
        let places: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {columns} FROM {table}"))).fetch_all(&mut from).await.unwrap();
        assert!(!rows.is_empty(), "{table}");
        for row in rows {
            let sql = format!("INSERT INTO {table} ({columns}) VALUES ({})", places.join(", "));
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for name in &names {
                query = match *name {
                    "edit_hash" | "view_hash" | "author" | "body" => query.bind(row.get::<Vec<u8>, _>(*name)),
                    _ => query.bind(row.get::<i64, _>(*name)),
                };
            }
            query.execute(&mut to).await.unwrap();
        }
    }
}

#[tokio::test]
async fn earlier_drafts_open_by_both_links_and_take_saves() {
    for e in earlier().await {
        for (n, text) in [(0, "{\"n\":4}"), (1, "{\"n\":2}"), (2, "{\"n\":2}")] {
            let [edit, view] = links(n);
            let (by_edit, by_view) = (e.store.open_draft(&edit).await.unwrap(), e.store.open_draft(&view).await.unwrap());
            assert_eq!((by_edit.body.as_str(), by_view.body.as_str()), (text, text), "{} {n}", e.name);
            assert_eq!(by_edit.tag, by_view.tag, "{} {n}", e.name);
            let base = by_edit.revision;
            assert_eq!(e.store.save(&edit, base, "{\"n\":9}", b"ann", Way::Edited).await.unwrap(), Saved::Done(base + 1), "{} {n}", e.name);
            let saved = e.store.open_draft(&view).await.unwrap();
            assert_eq!((saved.body.as_str(), saved.tag), ("{\"n\":9}", by_edit.tag), "{} {n}", e.name);
        }
        assert_eq!(e.store.count(), 3, "{}", e.name);
    }
}

#[tokio::test]
async fn the_first_new_links_of_an_earlier_draft_give_it_keys_and_the_next_ones_touch_no_text() {
    for e in earlier().await {
        let [edit, view] = links(0);
        let (tag, ann) = (e.store.open_draft(&edit).await.unwrap().tag, e.store.author(&edit, b"ann").await.unwrap());
        let mut raw = Raw::of(&e).await;
        let sql = "SELECT body FROM revisions WHERE draft = (SELECT draft FROM operations) ORDER BY revision";
        let earlier = raw.bytes(sql).await;
        assert_eq!(earlier.len(), 4, "{}", e.name);

        let second = e.store.revoke_view(&edit).await.unwrap();
        let sealed = raw.bytes(sql).await;
        assert!(sealed.len() == 4 && sealed.iter().zip(&earlier).all(|(a, b)| a != b), "{}: all were sealed with another key", e.name);
        assert!(matches!(e.store.open_draft(&view).await, Err(StoreError::NotFound)), "{}", e.name);
        assert_eq!(e.store.open_draft(&second).await.unwrap().body, "{\"n\":4}", "{}", e.name);

        let new = e.store.replace_links(&edit).await.unwrap();
        assert!(raw.bytes(sql).await == sealed, "{}: the history was written again", e.name);
        let points = e.store.history(&new.edit).await.unwrap();
        let told: Vec<(&str, bool)> = points.iter().map(|p| (p.body.as_str(), p.author == ann)).collect();
        assert_eq!(told, [("{\"n\":4}", true), ("{\"n\":3}", false), ("{\"n\":2}", true), ("{\"n\":1}", true)], "{}", e.name);
        assert_eq!(e.store.operations(&new.edit).await.unwrap()[0].body, "plan", "{}", e.name);
        assert_eq!(e.store.open_draft(&new.view).await.unwrap().tag, tag, "{}: the tag is on AWS and must not change", e.name);
        assert_eq!(e.store.save(&new.edit, 4, "{\"n\":5}", b"", Way::Edited).await.unwrap(), Saved::Done(5), "{}", e.name);
    }
}

#[tokio::test]
async fn an_earlier_draft_that_does_not_open_whole_keeps_its_links_and_its_texts() {
    for e in earlier().await {
        let [edit, view] = links(0);
        let mut raw = Raw::of(&e).await;
        assert_eq!(raw.set("UPDATE revisions SET body = $1 WHERE revision = 3 AND draft = (SELECT draft FROM operations)", b"damaged").await, 1);
        assert!(matches!(e.store.revoke_view(&edit).await, Err(StoreError::Sealed)), "{}", e.name);
        assert_eq!(e.store.open_draft(&view).await.unwrap().body, "{\"n\":4}", "{}", e.name);
        assert_eq!(e.store.at_revision(&edit, 2).await.unwrap().as_deref(), Some("{\"n\":2}"), "{}", e.name);
        assert_eq!(e.store.operations(&edit).await.unwrap()[0].body, "plan", "{}", e.name);
        e.store.delete(&edit).await.unwrap();
    }
}
