//! What is kept of a draft's past: the last 50 revisions and the last 50 points, within 2 MiB.

/// Revisions that are kept so that late answers can be merged, and points of the history.
pub(crate) const KEPT: i64 = 50;

/// Bytes of a draft's revisions, sealed. Above it they are thinned.
pub(crate) const MOST: i64 = 2 << 20;

/// Bytes that thinning leaves: less than the most, so that not every save thins.
const LEFT: i64 = MOST / 4 * 3;

/// The newest revisions, which go last: somebody may just be changing one of them.
const RECENT: i64 = 8;

/// A revision's place and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub revision: i64,
    pub point: i64,
    pub bytes: i64,
}

/// What is left after thinning.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Thinned {
    /// Revisions to forget.
    pub gone: Vec<i64>,
    /// Their bytes.
    pub freed: i64,
    /// Bytes of those that stay.
    pub kept: i64,
}

/// Thins a draft's revisions, given oldest first. The newest always stays, and so does the first: what was brought in the beginning. Beyond the last 50 revisions only the last one of
/// each point stays, and 50 points. If that is more than the most, the revisions within points go, oldest first, then the
/// points, oldest first, and the newest eight revisions at last.
pub(crate) fn thin(all: &[Size]) -> Thinned {
    let Some((newest, old)) = all.split_last() else { return Thinned::default() };
    let first = usize::from(old.first().is_some_and(|size| size.revision == 1));
    let mut thinned = Thinned { kept: newest.bytes + old[..first].iter().map(|size| size.bytes).sum::<i64>(), ..Thinned::default() };
    let mut stay = Vec::with_capacity(old.len());
    for (size, next) in old.iter().zip(&all[1..]).skip(first) {
        let last_of_point = next.point != size.point;
        let recent = newest.revision - size.revision < KEPT;
        if recent || (last_of_point && newest.point - size.point < KEPT) {
            thinned.kept += size.bytes;
            stay.push((if newest.revision - size.revision < RECENT { 2 } else { i32::from(last_of_point) }, *size));
        } else {
            thinned.gone.push(size.revision);
            thinned.freed += size.bytes;
        }
    }
    if thinned.kept > MOST {
        stay.sort_by_key(|(rank, size)| (*rank, size.revision));
        for (_, size) in stay {
            if thinned.kept <= LEFT {
                break;
            }
            thinned.gone.push(size.revision);
            thinned.freed += size.bytes;
            thinned.kept -= size.bytes;
        }
    }
    thinned
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two revisions a point, all of one size.
    fn sizes(n: i64, bytes: i64) -> Vec<Size> {
        (1..=n).map(|revision| Size { revision, point: (revision + 1) / 2, bytes }).collect()
    }

    fn stays(all: &[Size]) -> Vec<i64> {
        let gone = thin(all).gone;
        all.iter().map(|s| s.revision).filter(|r| !gone.contains(r)).collect()
    }

    #[test]
    fn small_histories_keep_fifty_revisions_and_fifty_points() {
        assert_eq!(thin(&[]), Thinned::default());
        assert!(thin(&sizes(50, 1000)).gone.is_empty());
        let stays = stays(&sizes(200, 10));
        // The first, points 51 to 75 by their last revision, and revisions 151 to 200.
        let wanted: Vec<i64> = [1].into_iter().chain((51..=75).map(|point| point * 2)).chain(151..=200).collect();
        assert_eq!(stays, wanted);
    }

    #[test]
    fn large_histories_lose_the_revisions_within_points_before_the_points() {
        let all = sizes(50, 50_000);
        let thinned = thin(&all);
        assert!(thinned.kept <= LEFT && thinned.kept > LEFT - 50_000, "{}", thinned.kept);
        assert_eq!(thinned.kept + thinned.freed, 50 * 50_000);
        assert!(thinned.gone.iter().all(|revision| revision % 2 == 1 && *revision <= 42), "{:?}", thinned.gone);
        assert!(thinned.gone.is_sorted());
        // Twice as large: points go too, the oldest first, and what is left is the first revision and the newest.
        assert_eq!(stays(&sizes(50, 150_000)), [1, 42].into_iter().chain(43..=50).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_and_the_newest_stay_however_large() {
        assert_eq!(stays(&sizes(1, 3 << 20)), [1]);
        for n in 2..5 {
            assert_eq!(stays(&sizes(n, 3 << 20)), [1, n]);
        }
    }
}
