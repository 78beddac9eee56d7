//! Links, new links, and what a draft keeps through them, the same on each engine.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use drafts::{Access, Life, Saved, StoreError, Token, Way};
use support::{Raw, engines};

/// All that is sealed of the history and of registrations.
const SEALED: [&str; 2] = ["SELECT body FROM revisions ORDER BY draft, revision", "SELECT body FROM operations ORDER BY draft, id"];

#[tokio::test]
async fn new_links_leave_the_history_as_it_is_and_end_the_old_ones() {
    for e in engines().await {
        let made = e.store.create("one", b"ann", Way::Created).await.unwrap();
        e.clock.turn(100);
        e.store.save(&made.edit, 1, "two", b"ann", Way::Edited).await.unwrap();
        e.store.add_operation(&made.edit, 7, "plan").await.unwrap();
        let mut raw = Raw::of(&e).await;
        let mut before = Vec::new();
        for sql in SEALED {
            before.extend(raw.bytes(sql).await);
        }
        assert_eq!(before.len(), 3, "{}", e.name);

        let second = e.store.revoke_view(&made.edit).await.unwrap();
        let third = e.store.replace_links(&made.edit).await.unwrap();
        let fourth = e.store.replace_links(&third.edit).await.unwrap();
        let last = e.store.revoke_view(&fourth.edit).await.unwrap();

        let mut after = Vec::new();
        for sql in SEALED {
            after.extend(raw.bytes(sql).await);
        }
        assert!(before == after, "{}: what is sealed was written again", e.name);
        for old in [&made.edit, &made.view, &second, &third.edit, &third.view, &fourth.view] {
            assert!(matches!(e.store.open_draft(old).await, Err(StoreError::NotFound)), "{}", e.name);
            assert!(matches!(e.store.save(old, 2, "late", b"", Way::Edited).await, Err(StoreError::NotFound)), "{}", e.name);
            assert!(!e.store.exists(old).await.unwrap(), "{}", e.name);
        }
        assert!(matches!(e.store.save(&last, 2, "reader", b"", Way::Edited).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert_eq!(e.store.open_draft(&last).await.unwrap().access, Access::View, "{}", e.name);
        let points = e.store.history(&fourth.edit).await.unwrap();
        let ann = e.store.author(&fourth.edit, b"ann").await.unwrap();
        assert!(points.len() == 2 && points.iter().all(|p| p.author == ann), "{}: authors are still known", e.name);
        assert_eq!(e.store.operations(&fourth.edit).await.unwrap()[0].body, "plan", "{}", e.name);
        assert_eq!(e.store.save(&fourth.edit, 2, "three", b"", Way::Edited).await.unwrap(), Saved::Done(3), "{}", e.name);
        assert_eq!(e.store.open_draft(&last).await.unwrap().body, "three", "{}", e.name);
        e.store.set_life(&fourth.edit, Life::Day).await.unwrap();
        e.store.delete(&fourth.edit).await.unwrap();
        assert_eq!(raw.number("SELECT COUNT(*) FROM revisions").await, 0, "{}", e.name);
    }
}

/// A program that starts with what a thief has copied: the sealed keys of before, and a view link that was ended.
#[tokio::test]
async fn an_ended_view_link_opens_nothing_of_what_is_stored_later() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.store.revoke_view(&made.edit).await.unwrap();
        e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap();
        // The row as the old view link needs it, but for the keys: they are sealed for the new one.
        let other = e.store.create("x", b"", Way::Created).await.unwrap();
        let mut raw = Raw::of(&e).await;
        let hash = raw.bytes("SELECT view_hash FROM drafts WHERE generation = 0").await.remove(0);
        e.store.delete(&other.edit).await.unwrap();
        assert_eq!(raw.set("UPDATE drafts SET view_hash = $1", &hash).await, 1);
        assert!(matches!(e.store.open_draft(&other.view).await, Err(StoreError::Sealed)), "{}: a hash alone opens nothing", e.name);
    }
}

#[tokio::test]
async fn a_drafts_tag_is_the_same_by_either_link_and_for_ever_and_no_other_draft_has_it() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let tag = e.store.open_draft(&made.edit).await.unwrap().tag;
        assert!(tag.len() == 16 && tag.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{tag}");
        assert_eq!(e.store.open_draft(&made.view).await.unwrap().tag, tag, "{}", e.name);
        e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap();
        let view = e.store.revoke_view(&made.edit).await.unwrap();
        assert_eq!(e.store.open_draft(&view).await.unwrap().tag, tag, "{}", e.name);
        let new = e.store.replace_links(&made.edit).await.unwrap();
        assert_eq!(e.store.open_draft(&new.edit).await.unwrap().tag, tag, "{}", e.name);
        let copy = e.store.create("two", b"", Way::Created).await.unwrap();
        assert_ne!(e.store.open_draft(&copy.edit).await.unwrap().tag, tag, "{}", e.name);
    }
}

#[tokio::test]
async fn links_are_known_as_long_as_they_open() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let (edit, view, stranger) = (&made.edit, &made.view, Token::random().unwrap());
        for (token, known) in [(edit, true), (view, true), (&stranger, false)] {
            assert_eq!(e.store.exists(token).await.unwrap(), known, "{}", e.name);
        }
        let new = e.store.replace_links(edit).await.unwrap();
        for (token, known) in [(edit, false), (view, false), (&new.edit, true), (&new.view, true)] {
            assert_eq!(e.store.exists(token).await.unwrap(), known, "{}", e.name);
        }
        e.clock.turn(31 * 86_400);
        assert!(!e.store.exists(&new.edit).await.unwrap() && !e.store.exists(&new.view).await.unwrap(), "{}: expired", e.name);
    }
}

#[tokio::test]
async fn a_draft_whose_texts_do_not_open_can_still_be_deleted() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let mut raw = Raw::of(&e).await;
        assert_eq!(raw.set("UPDATE revisions SET body = $1", b"damaged").await, 1);
        assert_eq!(raw.set("UPDATE drafts SET keys = $1", b"damaged").await, 1);
        assert!(matches!(e.store.open_draft(&made.edit).await, Err(StoreError::Sealed)), "{}", e.name);
        e.store.delete(&made.edit).await.unwrap();
        assert!(matches!(e.store.open_draft(&made.edit).await, Err(StoreError::NotFound)), "{}", e.name);
    }
}
