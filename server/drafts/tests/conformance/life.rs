//! How long drafts live, and how many there are.

use crate::support::{engines, engines_with};
use drafts::{Bound, Life, Options, Saved, StoreError, Way};

#[tokio::test]
async fn a_draft_lives_as_long_as_was_chosen_after_its_last_edit_and_is_swept() {
    for e in engines().await {
        let (day, kept) = (e.store.create("day", b"", Way::Created).await.unwrap(), e.store.create("month", b"", Way::Created).await.unwrap());
        let end = e.store.set_life(&day.edit, Life::Day).await.unwrap();
        // 1,700,000,000 is 800 s after a full hour.
        assert_eq!(end, 1_700_000_000 + 86_400 + 2_800, "{}", e.name);
        e.clock.turn(86_000);
        e.store.save(&day.edit, 1, "still here", b"", Way::Edited).await.unwrap();
        e.clock.turn(86_000);
        let open = e.store.open_draft(&day.view).await.unwrap();
        assert_eq!((open.life, open.expires_at), (Life::Day, 1_700_000_000 + 86_400 + 86_400 + 2_800), "{}", e.name);
        assert_eq!(e.store.sweep().await.unwrap(), 0, "{}", e.name);
        e.clock.turn(3_700);
        assert!(matches!(e.store.open_draft(&day.edit).await, Err(StoreError::NotFound)), "{}", e.name);
        assert!(matches!(e.store.save(&day.edit, 2, "late", b"", Way::Edited).await, Err(StoreError::NotFound)), "{}", e.name);
        assert_eq!(e.store.sweep().await.unwrap(), 1, "{}", e.name);
        assert_eq!((e.store.sweep().await.unwrap(), e.store.count()), (0, 1), "{}", e.name);
        assert_eq!(e.store.open_draft(&kept.edit).await.unwrap().life, Life::Month, "{}", e.name);
    }
}

#[tokio::test]
async fn beyond_the_most_drafts_a_new_one_is_refused_and_the_others_go_on() {
    for e in engines_with(|clock| Options { most_drafts: 2, ..clock.options() }).await {
        let first = e.store.create("1", b"", Way::Created).await.unwrap();
        e.store.create("2", b"", Way::Created).await.unwrap();
        assert!(matches!(e.store.create("3", b"", Way::Created).await, Err(StoreError::Full(Bound::Drafts))), "{}", e.name);
        assert_eq!(e.store.save(&first.edit, 1, "more", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);
        e.store.delete(&first.edit).await.unwrap();
        assert!(e.store.create("3", b"", Way::Created).await.is_ok(), "{}", e.name);
    }
}
