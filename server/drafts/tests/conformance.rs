//! What every engine of the store must do, the same on each.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use drafts::{Access, Bound, Claim, Life, Mark, Options, Saved, StoreError, Token, Way};
use std::{future::poll_fn, task::Poll, time::Duration};
use support::{Raw, engines, engines_with, noise};

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

/// Requests that wait for their turn to compute are not polled for seconds. A crowd of them once held all connections.
#[tokio::test]
async fn readers_who_do_not_go_on_keep_nobody_from_reading() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        let mut stalled: Vec<_> = (0..100).map(|_| e.store.open_draft(&made.edit)).collect();
        for one in &mut stalled {
            assert!(poll_fn(|cx| Poll::Ready(one.as_mut().poll(cx).is_pending())).await, "{}", e.name);
        }
        let all = async {
            for _ in 0..100 {
                assert_eq!(e.store.open_draft(&made.view).await.unwrap().body, "one", "{}", e.name);
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(60), all).await.is_ok(), "{}", e.name);
        assert_eq!(stalled.len(), 100);
    }
}

#[tokio::test]
async fn a_stale_save_writes_nothing_and_a_repeat_gets_the_same_answer() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        assert_eq!(e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 1, "two", b"", Way::Edited).await.unwrap(), Saved::Done(2), "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 2, "two", b"", Way::Edited).await.unwrap(), Saved::Unchanged(2), "{}", e.name);
        assert_eq!(e.store.save(&made.edit, 1, "other", b"", Way::Edited).await.unwrap(), Saved::Conflict(2), "{}", e.name);
        assert_eq!(e.store.open_draft(&made.edit).await.unwrap().body, "two");
        assert_eq!(e.store.at_revision(&made.edit, 1).await.unwrap().as_deref(), Some("one"));
    }
}

#[tokio::test]
async fn one_of_many_savers_at_once_wins_and_all_others_are_told() {
    for e in engines().await {
        let made = e.store.create("0", b"", Way::Created).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..64 {
            let (store, edit) = (e.store.clone(), made.edit.clone());
            tasks.spawn(async move { store.save(&edit, 1, &format!("by {n}"), b"", Way::Edited).await.unwrap() });
        }
        let answers = tasks.join_all().await;
        assert_eq!(answers.iter().filter(|a| **a == Saved::Done(2)).count(), 1, "{}", e.name);
        assert_eq!(answers.iter().filter(|a| **a == Saved::Conflict(2)).count(), 63, "{}", e.name);
    }
}

#[tokio::test]
async fn saves_of_many_drafts_at_once_all_arrive() {
    for e in engines().await {
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..200 {
            let store = e.store.clone();
            tasks.spawn(async move {
                let made = store.create(&format!("{n}"), b"", Way::Created).await.unwrap();
                for step in 1..4 {
                    assert_eq!(store.save(&made.edit, step, &format!("{n} {step}"), b"", Way::Edited).await.unwrap(), Saved::Done(step + 1));
                }
                (n, made)
            });
        }
        for (n, made) in tasks.join_all().await {
            assert_eq!(e.store.open_draft(&made.view).await.unwrap().body, format!("{n} 3"), "{}", e.name);
        }
        assert_eq!(e.store.count(), 200, "{}", e.name);
        assert_eq!(e.store.recount().await.unwrap(), 200, "{}", e.name);
    }
}

#[tokio::test]
async fn a_minute_of_one_person_is_one_point_of_the_history() {
    for e in engines().await {
        let made = e.store.create("0", b"ann", Way::Created).await.unwrap();
        for (n, (who, after)) in [("ann", 10), ("ann", 20), ("ben", 5), ("ann", 5), ("ann", 61)].into_iter().enumerate() {
            e.clock.turn(after);
            e.store.save(&made.edit, n as i64 + 1, &format!("{who} {n}"), who.as_bytes(), Way::Edited).await.unwrap();
        }
        let points = e.store.history(&made.edit).await.unwrap();
        let texts: Vec<&str> = points.iter().map(|p| p.body.as_str()).collect();
        assert_eq!(texts, ["ann 4", "ann 3", "ben 2", "ann 1", "0"], "{}", e.name);
        assert!(points[0].author == points[1].author && points[1].author != points[2].author, "{}", e.name);
        let other = e.store.create("0", b"ann", Way::Created).await.unwrap();
        assert_ne!(e.store.history(&other.edit).await.unwrap()[0].author, points[0].author, "nobody can be followed from draft to draft");
    }
}

#[tokio::test]
async fn fifty_points_and_fifty_revisions_are_kept() {
    for e in engines().await {
        let made = e.store.create("0", b"", Way::Created).await.unwrap();
        for n in 1..130 {
            // Two revisions a point.
            e.clock.turn(31);
            assert_eq!(e.store.save(&made.edit, n, &n.to_string(), b"", Way::Edited).await.unwrap(), Saved::Done(n + 1));
        }
        let points = e.store.history(&made.edit).await.unwrap();
        // The first revision is a point of its own, and stays beside the fifty.
        assert_eq!((points.len(), points[0].revision, points[50].revision), (51, 130, 1), "{}", e.name);
        assert!(points[1..50].windows(2).all(|w| w[0].revision == w[1].revision + 2), "{}", e.name);
        assert_eq!(e.store.at_revision(&made.edit, 81).await.unwrap().as_deref(), Some("80"), "{}", e.name);
        assert_eq!(e.store.at_revision(&made.edit, 10).await.unwrap(), None, "{}", e.name);
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

#[tokio::test]
async fn what_was_acknowledged_is_there_after_closing_and_opening_again() {
    for e in engines().await {
        let made = e.store.create("one", b"", Way::Created).await.unwrap();
        e.store.save(&made.edit, 1, "두 번째", b"", Way::Edited).await.unwrap();
        e.store.check().await.unwrap();
        e.store.close().await;
        assert!(matches!(e.store.save(&made.edit, 2, "late", b"", Way::Edited).await, Err(StoreError::Closed)), "{}", e.name);
        let (address, options) = (e.address.clone(), e.clock.options());
        drop(e.store);
        let again = drafts::Store::open_with(&address, options).await.unwrap();
        assert_eq!((again.open_draft(&made.view).await.unwrap().body.as_str(), again.count()), ("두 번째", 1), "{}", e.name);
    }
}

#[tokio::test]
async fn two_replicas_on_one_postgres_agree() {
    for e in engines().await.into_iter().filter(|e| e.name == "postgres") {
        let other = drafts::Store::open_with(&e.address, e.clock.options()).await.unwrap();
        let made = e.store.create("0", b"", Way::Created).await.unwrap();
        let mut wins = 0;
        for round in 1..40 {
            let (x, y) = (format!("a {round}"), format!("b {round}"));
            let (a, b) = tokio::join!(e.store.save(&made.edit, round, &x, b"a", Way::Edited), other.save(&made.edit, round, &y, b"b", Way::Edited));
            let (a, b) = (a.unwrap(), b.unwrap());
            let (done, late) = (Saved::Done(round + 1), Saved::Conflict(round + 1));
            assert!((a, b) == (done, late) || (a, b) == (late, done), "round {round}: {a:?} {b:?}");
            wins += 1;
        }
        assert_eq!(wins, 39);
        assert_eq!(other.open_draft(&made.edit).await.unwrap().revision, 40);
    }
}

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

/// What was brought in the beginning can be had back for as long as the draft lives, whatever came after it.
#[tokio::test]
async fn the_first_revision_stays_for_ever_and_versions_join_nothing() {
    for e in engines().await {
        let made = e.store.create("brought", b"me", Way::Imported).await.unwrap();
        let ways = [Way::Edited, Way::Continued, Way::Fixed, Way::Edited, Way::Json, Way::Restored(2)];
        for (base, way) in (1..).zip(ways) {
            e.store.save(&made.edit, base, &format!("{base}"), b"me", way).await.unwrap();
        }
        let told: Vec<_> = e.store.history(&made.edit).await.unwrap().into_iter().rev().map(|p| (p.revision, p.way)).collect();
        let wanted = [(1, Way::Imported), (3, Way::Continued), (4, Way::Fixed), (5, Way::Edited), (6, Way::Json), (7, Way::Restored(2))];
        assert_eq!(told, wanted, "{}", e.name);
        for base in 7..200 {
            e.clock.turn(60);
            e.store.save(&made.edit, base, &format!("{base}"), b"me", Way::Edited).await.unwrap();
        }
        let points = e.store.history(&made.edit).await.unwrap();
        let oldest = points.last().map(|p| (p.revision, p.body.as_str(), p.way));
        assert_eq!(oldest, Some((1, "brought", Way::Imported)), "{}", e.name);
        assert!(points.len() <= 51, "{}: {}", e.name, points.len());
        assert_eq!(e.store.at_revision(&made.edit, 2).await.unwrap(), None, "{}", e.name);
    }
}

/// A revision that somebody took away or registered must be found again: what follows starts a point of its own.
#[tokio::test]
async fn a_marked_revision_is_a_point_of_its_own() {
    for e in engines().await {
        let made = e.store.create("1", b"me", Way::Created).await.unwrap();
        e.store.save(&made.edit, 1, "2", b"me", Way::Edited).await.unwrap();
        assert!(e.store.mark(&made.edit, 2, Mark::Exported).await.unwrap(), "{}", e.name);
        assert!(e.store.mark(&made.edit, 2, Mark::Registered).await.unwrap(), "{}", e.name);
        assert!(!e.store.mark(&made.edit, 9, Mark::Exported).await.unwrap(), "{}: there is no such revision", e.name);
        assert!(matches!(e.store.mark(&made.view, 2, Mark::Exported).await, Err(StoreError::ReadOnly)), "{}", e.name);
        e.store.save(&made.edit, 2, "3", b"me", Way::Edited).await.unwrap();
        let told = |p: &drafts::Point| (p.revision, p.marks.has(Mark::Exported), p.marks.has(Mark::Registered));
        let points: Vec<_> = e.store.history(&made.edit).await.unwrap().iter().map(told).collect();
        assert_eq!(points, [(3, false, false), (2, true, true), (1, false, false)], "{}", e.name);
        let (steps, me) = e.store.steps(&made.edit, b"me").await.unwrap();
        assert!(!me.is_empty() && me == e.store.author(&made.edit, b"me").await.unwrap() && steps.iter().all(|s| s.author == me), "{}", e.name);
        let steps: Vec<_> = steps.into_iter().map(|s| (s.revision, s.way)).collect();
        assert_eq!(steps, [(1, Way::Created), (2, Way::Edited), (3, Way::Edited)], "{}", e.name);
    }
}

/// What registries said is for all drafts: kept by name, the newest text of each, and the oldest names make room.
#[tokio::test]
async fn looks_are_kept_by_name_sealed_and_bounded() {
    for e in engines().await {
        assert_eq!(e.store.look("ghcr.io/acme/app@1").await.unwrap(), None, "{}", e.name);
        for body in ["first", "second"] {
            e.store.keep_look("ghcr.io/acme/app@1", body).await.unwrap();
        }
        assert_eq!(e.store.look("ghcr.io/acme/app@1").await.unwrap().as_deref(), Some("second"), "{}", e.name);
        assert_eq!(e.store.look("ghcr.io/acme/app@2").await.unwrap(), None, "{}", e.name);
        let mut raw = Raw::of(&e).await;
        let rows = [raw.bytes("SELECT id FROM looks").await, raw.bytes("SELECT body FROM looks").await].concat();
        assert_eq!(rows.len(), 2, "{}", e.name);
        assert!(rows.iter().all(|row| !row.windows(4).any(|w| w == b"acme" || w == b"seco")), "{}: a copy says neither name nor text", e.name);
        assert!(matches!(e.store.keep_look("large", &noise(1, 100_000)).await, Err(StoreError::Full(_))), "{}", e.name);

        e.clock.turn(1);
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..2_000 {
            let store = e.store.clone();
            tasks.spawn(async move { store.keep_look(&n.to_string(), "x").await.unwrap() });
        }
        assert_eq!(tasks.join_all().await.len(), 2_000);
        assert_eq!(raw.number("SELECT COUNT(*) FROM looks").await, 2_000, "{}", e.name);
        assert_eq!(e.store.look("ghcr.io/acme/app@1").await.unwrap(), None, "{}: the oldest one made room", e.name);
        // What was written past the store is none.
        raw.set("UPDATE looks SET body = $1", b"spoilt").await;
        assert_eq!(e.store.look("7").await.unwrap(), None, "{}", e.name);
    }
}

#[tokio::test]
async fn looks_are_there_after_a_restart() {
    for e in engines().await {
        e.store.keep_look("a", "text").await.unwrap();
        e.store.close().await;
        drop(e.store);
        let again = drafts::Store::open_with(&e.address, e.clock.options()).await.unwrap();
        assert_eq!(again.look("a").await.unwrap().as_deref(), Some("text"), "{}", e.name);
    }
}
