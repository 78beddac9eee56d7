//! Registrations: one holder, and as many as are kept.

use crate::support::engines;
use drafts::{Claim, StoreError, Way};

/// What a claim gave, for comparing.
fn told(claim: Claim) -> String {
    match claim {
        Claim::Yours(body) => format!("yours: {body}"),
        Claim::Busy(id) => format!("busy: {id}"),
        Claim::Gone => "gone".into(),
    }
}

#[tokio::test]
async fn a_registration_has_one_holder_until_it_is_given_back_or_its_time_is_over() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let (store, edit) = (&e.store, &made.edit);
        store.add_operation(edit, 7, "plan").await.unwrap();
        store.add_operation(edit, 8, "another").await.unwrap();
        assert_eq!(told(store.claim_operation(edit, 7, 1, 30).await.unwrap()), "yours: plan", "{}", e.name);
        for id in [7, 8] {
            assert_eq!(told(store.claim_operation(edit, id, 2, 30).await.unwrap()), "busy: 7", "{}", e.name);
        }
        assert!(!store.write_operation(edit, 7, 2, 30, "stolen").await.unwrap(), "{}", e.name);
        assert!(store.write_operation(edit, 7, 1, 30, "step 1").await.unwrap(), "{}", e.name);
        // No sign of life for too long: somebody else takes it up, and the first one may write no more.
        e.clock.turn(31);
        assert_eq!(told(store.claim_operation(edit, 7, 2, 30).await.unwrap()), "yours: step 1", "{}", e.name);
        assert!(!store.write_operation(edit, 7, 1, 30, "late").await.unwrap(), "{}", e.name);
        assert!(store.write_operation(edit, 7, 2, 0, "done").await.unwrap(), "{}", e.name);
        assert_eq!(told(store.claim_operation(edit, 8, 1, 30).await.unwrap()), "yours: another", "{}", e.name);
        assert_eq!(told(store.claim_operation(edit, 9, 1, 30).await.unwrap()), "busy: 8", "{}", e.name);
        let all = store.operations(edit).await.unwrap();
        let all: Vec<_> = all.iter().map(|o| (o.id, o.held, o.body.as_str())).collect();
        assert_eq!(all, [(7, false, "done"), (8, true, "another")], "{}", e.name);
        assert!(matches!(store.add_operation(&made.view, 1, "x").await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(store.operations(&made.view).await, Err(StoreError::ReadOnly)), "{}", e.name);
        assert!(matches!(store.claim_operation(&made.view, 7, 1, 30).await, Err(StoreError::ReadOnly)), "{}", e.name);
    }
}

#[tokio::test]
async fn of_fifty_who_take_up_a_registration_at_once_one_has_it() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.store.add_operation(&made.edit, 7, "plan").await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for holder in 1..=50 {
            let (store, edit) = (e.store.clone(), made.edit.clone());
            tasks.spawn(async move { told(store.claim_operation(&edit, 7, holder, 30).await.unwrap()) });
        }
        let all = tasks.join_all().await;
        assert_eq!(all.iter().filter(|t| *t == "yours: plan").count(), 1, "{}", e.name);
        assert_eq!(all.iter().filter(|t| *t == "busy: 7").count(), 49, "{}", e.name);
    }
}

#[tokio::test]
async fn twenty_registrations_are_kept_and_they_go_with_the_draft_to_new_links_and_to_its_end() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.store.add_operation(&made.edit, 100, "held").await.unwrap();
        e.store.claim_operation(&made.edit, 100, 1, 3600).await.unwrap();
        for id in 1..=30 {
            e.clock.turn(1);
            e.store.add_operation(&made.edit, id, &format!("plan {id}")).await.unwrap();
        }
        let ids = |all: Vec<drafts::Operation>| all.iter().map(|o| o.id).collect::<Vec<_>>();
        let wanted: Vec<i64> = (11..=30).rev().chain([100]).collect();
        assert_eq!(ids(e.store.operations(&made.edit).await.unwrap()), wanted, "{}", e.name);
        e.store.revoke_view(&made.edit).await.unwrap();
        let new = e.store.replace_links(&made.edit).await.unwrap();
        let all = e.store.operations(&new.edit).await.unwrap();
        assert_eq!((all[0].body.as_str(), all.len()), ("plan 30", 21), "{}", e.name);
        assert!(matches!(e.store.operations(&made.edit).await, Err(StoreError::NotFound)), "{}", e.name);
        e.store.delete(&new.edit).await.unwrap();
        assert!(matches!(e.store.operations(&new.edit).await, Err(StoreError::NotFound)), "{}", e.name);
    }
}
