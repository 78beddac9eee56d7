//! The revisions and points that are kept.

use crate::support::engines;
use drafts::{Mark, Saved, StoreError, Way};

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
        // The first revision is a separate point and is kept in addition to the fifty.
        assert_eq!((points.len(), points[0].revision, points[50].revision), (51, 130, 1), "{}", e.name);
        assert!(points[1..50].windows(2).all(|w| w[0].revision == w[1].revision + 2), "{}", e.name);
        assert_eq!(e.store.at_revision(&made.edit, 81).await.unwrap().as_deref(), Some("80"), "{}", e.name);
        assert_eq!(e.store.at_revision(&made.edit, 10).await.unwrap(), None, "{}", e.name);
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

/// A revision that was exported or registered stays available: the next change starts a new point.
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
