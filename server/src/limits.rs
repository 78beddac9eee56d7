//! How much one address may ask for. A whole class may sit behind one address, so the limits are wide; they stop a
//! script that fills the disk, not a room of students.

use crate::{
    bucket::Bucket,
    config::{Config, Switch},
};
use governor::{Quota, RateLimiter, clock::DefaultClock, state::keyed::DefaultKeyedStateStore};
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

type Keyed = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>;

/// The limits of this server.
pub struct Limits {
    requests: Option<Keyed>,
    drafts: Option<Keyed>,
    bytes: Option<Bucket>,
}

impl Limits {
    /// As the flags say.
    pub fn new(config: &Config) -> Arc<Limits> {
        let on = config.limits == Switch::On;
        let limit = |n: u32| NonZeroU32::new(n).filter(|_| on).map(|n| RateLimiter::keyed(Quota::per_minute(n)));
        Arc::new(Limits {
            requests: limit(config.requests_per_minute),
            drafts: limit(config.new_drafts_per_minute),
            bytes: on.then(|| Bucket::per_minute(config.bytes_per_minute)),
        })
    }

    /// Whether one more request of an address is within its limits, and one more draft where it makes one.
    pub fn allows(&self, address: IpAddr, makes_a_draft: bool) -> bool {
        let within = |limit: &Option<Keyed>| limit.as_ref().is_none_or(|l| l.check_key(&address).is_ok());
        within(&self.requests) && (!makes_a_draft || within(&self.drafts))
    }

    /// Whether something more may be stored for an address.
    pub fn may_store(&self, address: IpAddr) -> bool {
        self.bytes.as_ref().is_none_or(|bytes| bytes.has_room(address))
    }

    /// So many bytes were stored for an address.
    pub fn stored(&self, address: IpAddr, bytes: usize) {
        if let Some(bucket) = &self.bytes {
            bucket.pour(address, bytes);
        }
    }

    /// Forgets addresses that have been quiet.
    pub fn tidy(&self) {
        for limit in [&self.requests, &self.drafts].into_iter().flatten() {
            limit.retain_recent();
        }
        if let Some(bytes) = &self.bytes {
            bytes.tidy();
        }
    }
}

/// For whom work is done.
#[derive(Clone)]
pub struct Asker {
    /// The address that what is stored counts for.
    pub address: IpAddr,
    /// The limits that it counts against.
    pub limits: Arc<Limits>,
}

tokio::task_local! {
    static ASKER: Asker;
}

impl Asker {
    /// Does work for this one.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        ASKER.scope(self, work).await
    }
}

/// For whom the present task works; none outside of a request.
pub fn asker() -> Option<Asker> {
    ASKER.try_with(Asker::clone).ok()
}
