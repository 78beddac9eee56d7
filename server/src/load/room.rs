//! Room in memory for what a client sends, and for what it has not read yet. One address has at most half of it.

use super::refusal::Refusal;
use crate::net::{Phase, Seats};
use axum::body::Bytes;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Longest that somebody waits for the room that another one gives up.
const MOMENT: Duration = Duration::from_secs(1);

/// Bytes of room that one permit stands for.
pub(super) const STEP: usize = 1024;

/// Room for so many bytes.
pub struct Room {
    all: Arc<Semaphore>,
    /// Permits of one address.
    most_of_one: usize,
    shares: Mutex<HashMap<IpAddr, Share>>,
    /// Connections in this phase use the room, and give it up where it is needed.
    phase: Phase,
    seats: Arc<Seats>,
}

/// What one address may still have.
struct Share {
    left: Arc<Semaphore>,
    /// Pieces that exist.
    pieces: usize,
}

/// A piece of the room, of one address; it is free again when this is dropped.
pub struct Piece {
    room: Arc<Room>,
    address: IpAddr,
    left: Arc<Semaphore>,
    held: Option<(OwnedSemaphorePermit, OwnedSemaphorePermit)>,
}

impl Room {
    /// For so many bytes. Where they are used up, the slowest connection of `seats` in `phase` makes room.
    pub fn new(bytes: usize, phase: Phase, seats: Arc<Seats>) -> Arc<Room> {
        let all = (bytes / STEP).clamp(2, Semaphore::MAX_PERMITS);
        Arc::new(Room { all: Arc::new(Semaphore::new(all)), most_of_one: all / 2, shares: Mutex::default(), phase, seats })
    }

    fn shares(&self) -> MutexGuard<'_, HashMap<IpAddr, Share>> {
        self.shares.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A piece of no bytes.
    pub fn piece(self: &Arc<Room>, address: IpAddr) -> Piece {
        let mut shares = self.shares();
        let share = shares.entry(address).or_insert_with(|| Share { left: Arc::new(Semaphore::new(self.most_of_one)), pieces: 0 });
        share.pieces += 1;
        Piece { room: self.clone(), address, left: share.left.clone(), held: None }
    }

    /// The same bytes, which take room for as long as one of them is kept anywhere.
    ///
    /// # Errors
    /// `Busy`, where nobody made room.
    pub async fn keep(self: &Arc<Room>, address: IpAddr, bytes: Bytes) -> Result<Bytes, Refusal> {
        if bytes.is_empty() {
            return Ok(bytes);
        }
        let mut piece = self.piece(address);
        piece.grow(bytes.len()).await?;
        Ok(Bytes::from_owner(Kept { bytes, _piece: piece }))
    }

    async fn take(&self, of: &Arc<Semaphore>, missing: u32, address: Option<IpAddr>) -> Result<OwnedSemaphorePermit, Refusal> {
        if let Ok(permit) = of.clone().try_acquire_many_owned(missing) {
            return Ok(permit);
        }
        self.seats.drop_slowest(self.phase, address);
        let waited = timeout(MOMENT, of.clone().acquire_many_owned(missing)).await;
        waited.map_err(|_| Refusal::Busy)?.map_err(|_| Refusal::Busy)
    }
}

impl Piece {
    /// Makes it as large as `bytes`; what is larger than the share of an address counts as the whole share.
    ///
    /// # Errors
    /// `Busy`, where nobody made room.
    pub async fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let wanted = bytes.div_ceil(STEP).min(self.room.most_of_one);
        let missing = wanted.saturating_sub(self.held.as_ref().map_or(0, |(_, all)| all.num_permits()));
        let Some(missing) = u32::try_from(missing).ok().filter(|n| *n > 0) else { return Ok(()) };
        let own = self.room.take(&self.left, missing, Some(self.address)).await?;
        let all = self.room.take(&self.room.all, missing, None).await?;
        match &mut self.held {
            Some(held) => {
                held.0.merge(own);
                held.1.merge(all);
            }
            None => self.held = Some((own, all)),
        }
        Ok(())
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        let mut shares = self.room.shares();
        self.held = None;
        if let Some(share) = shares.get_mut(&self.address) {
            share.pieces -= 1;
            if share.pieces == 0 {
                shares.remove(&self.address);
            }
        }
    }
}

/// Bytes, and the room that they take.
struct Kept {
    bytes: Bytes,
    _piece: Piece,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    fn keep(room: &Arc<Room>, address: IpAddr, steps: usize) -> Result<Bytes, Refusal> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(room.keep(address, vec![b'x'; steps * STEP].into()))
    }

    #[test]
    fn an_answer_takes_room_until_its_last_byte_is_sent() {
        let room = Room::new(8 * STEP, Phase::Answer, Seats::new(9, 9));
        let mut answer = keep(&room, ONE, 3).unwrap();
        assert_eq!(keep(&room, ONE, 2), Err(Refusal::Busy));
        let last = answer.split_off(3 * STEP - 1);
        drop(answer);
        assert_eq!(keep(&room, ONE, 2), Err(Refusal::Busy), "one byte is still to be sent");
        drop(last);
        assert_eq!(keep(&room, ONE, 2).unwrap().len(), 2 * STEP);
        assert!(room.shares().is_empty(), "nothing is kept of an address without a piece");
    }

    #[test]
    fn one_address_leaves_half_of_the_room_to_others() {
        let room = Room::new(8 * STEP, Phase::Body, Seats::new(9, 9));
        let held = keep(&room, ONE, 4).unwrap();
        assert_eq!(keep(&room, ONE, 1), Err(Refusal::Busy));
        let other = keep(&room, OTHER, 4).unwrap();
        assert_eq!(keep(&room, IpAddr::from([3; 4]), 1), Err(Refusal::Busy), "all of it is taken");
        drop((held, other));
        assert_eq!(keep(&room, ONE, 9).unwrap().len(), 9 * STEP, "what is larger than a share has the room alone");
    }
}
