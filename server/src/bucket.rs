//! Bytes that each address has stored lately. A draft's size is known only when it is stored, and one save may be worth
//! half a minute, so this counts afterwards: an address that is over its share waits until it has drained.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// A bucket for each address, which drains evenly.
pub struct Bucket {
    /// Bytes that drain in a second.
    drains: f64,
    /// Bytes at which it is full.
    holds: f64,
    levels: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

impl Bucket {
    /// Buckets that hold, and drain, so many bytes a minute.
    pub fn per_minute(bytes: usize) -> Bucket {
        Bucket { drains: bytes as f64 / 60.0, holds: bytes as f64, levels: Mutex::default() }
    }

    fn levels(&self) -> MutexGuard<'_, HashMap<IpAddr, (f64, Instant)>> {
        self.levels.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn level(&self, (bytes, at): (f64, Instant)) -> f64 {
        (bytes - at.elapsed().as_secs_f64() * self.drains).max(0.0)
    }

    /// Whether the bucket of an address is not full.
    pub fn has_room(&self, address: IpAddr) -> bool {
        self.levels().get(&address).is_none_or(|was| self.level(*was) < self.holds)
    }

    /// Pours so many bytes into the bucket of an address. It may run over: what is stored is stored.
    pub fn pour(&self, address: IpAddr, bytes: usize) {
        let mut levels = self.levels();
        let was = levels.get(&address).map_or(0.0, |was| self.level(*was));
        levels.insert(address, (was + bytes as f64, Instant::now()));
    }

    /// Forgets empty buckets.
    pub fn tidy(&self) {
        self.levels().retain(|_, was| self.level(*was) > 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_counts_for_its_address_and_drains() {
        let bucket = Bucket::per_minute(60_000_000);
        let (one, other) = (IpAddr::from([1; 4]), IpAddr::from([2; 4]));
        bucket.pour(one, 59_000_000);
        assert!(bucket.has_room(one));
        bucket.pour(one, 30_000_000);
        assert!(!bucket.has_room(one) && bucket.has_room(other));
        // Half a minute later.
        let earlier = Instant::now().checked_sub(std::time::Duration::from_secs(31)).unwrap();
        bucket.levels().entry(one).and_modify(|(_, at)| *at = earlier);
        assert!(bucket.has_room(one));
        bucket.levels().entry(one).and_modify(|level| *level = (1.0, earlier));
        bucket.tidy();
        assert!(bucket.levels().is_empty());
    }
}
