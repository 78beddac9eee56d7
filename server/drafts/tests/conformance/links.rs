//! What the links of a draft open, and what they do not.

use crate::support::engines;
use drafts::{Access, Life, Saved, StoreError, Token, Way};

#[tokio::test]
async fn both_links_open_the_same_draft_and_only_one_may_change_it() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let (edit, view) = (e.store.open_draft(&made.edit).await.unwrap(), e.store.open_draft(&made.view).await.unwrap());
        assert_eq!((edit.access, edit.revision, edit.body.as_str()), (Access::Edit, 1, "one"), "{}", e.name);
        assert_eq!((view.access, view.body.as_str()), (Access::View, "one"), "{}", e.name);
        assert!(edit.view == made.view && view.view == made.view);
        let view = &made.view;
        assert!(matches!(e.store.save(view, 1, "two", b"", Way::Edited).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(e.store.delete(view).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(e.store.revoke_view(view).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(e.store.replace_links(view).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(e.store.set_life(view, Life::Day).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(e.store.history(view).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(e.store.open_draft(&Token::random().unwrap()).await, Err(StoreError::NotFound)), "{}", e.name);
    }
}

#[tokio::test]
async fn a_revoked_view_link_opens_nothing_and_the_history_stays() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.clock.turn(100);
        e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap();
        let view = e.store.revoke_view(&made.edit).await.unwrap();
        assert!(matches!(e.store.open_draft(&made.view).await, Err(StoreError::NotFound)), "{}", e.name);
        assert_eq!(e.store.open_draft(&view).await.unwrap().body, "two", "{}", e.name);
        assert!(e.store.open_draft(&made.edit).await.unwrap().view == view, "{}", e.name);
        let texts: Vec<String> = e.store.history(&made.edit).await.unwrap().into_iter().map(|p| p.body).collect();
        assert_eq!(texts, ["two", "one"], "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 2, "three", b"", Way::Edited).await.unwrap(), Saved::Done(3), "{}", e.name);
    }
}

#[tokio::test]
async fn replaced_links_end_both_old_ones() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let new = e.store.replace_links(&made.edit).await.unwrap();
        for old in [&made.edit, &made.view] {
            assert!(matches!(e.store.open_draft(old).await, Err(StoreError::NotFound)), "{}", e.name);
        }
        assert!(matches!(e.store.save(&made.edit, 1, "late", b"", Way::Edited).await, Err(StoreError::NotFound)), "{}", e.name);
        assert_eq!(e.store.open_draft(&new.view).await.unwrap().body, "one", "{}", e.name);
        assert_eq!(e.store.save(&new.edit, 1, "two", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);
    }
}

#[tokio::test]
async fn a_deleted_draft_answers_like_an_unknown_one() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.store.delete(&made.edit).await.unwrap();
        for token in [&made.edit, &made.view] {
            assert!(matches!(e.store.open_draft(token).await, Err(StoreError::NotFound)), "{}", e.name);
        }
        assert!(matches!(e.store.at_revision(&made.edit, 1).await, Err(StoreError::NotFound)), "{}", e.name);
        assert!(matches!(e.store.delete(&made.edit).await, Err(StoreError::NotFound)), "{}", e.name);
    }
}
