//! A request's body, read whole before anything computes with it.

use super::refusal::Refusal;
use crate::net::{Phase, Seat, Seats};
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, header},
};
use std::{pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout, timeout_at},
};

/// Longest that a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest that a body waits for the room that another one gives up.
const MOMENT: Duration = Duration::from_secs(1);

/// Bytes of room that one permit stands for.
const STEP: usize = 1024;

/// Room for the bodies of all requests together.
pub struct Room {
    permits: Arc<Semaphore>,
    seats: Arc<Seats>,
}

/// A body, and the room that it takes until this is dropped.
pub struct Held {
    /// The body.
    pub bytes: Bytes,
    _room: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// For so many bytes. Where they are used up, the slowest body of `seats` makes room.
    pub fn new(bytes: usize, seats: Arc<Seats>) -> Room {
        Room { permits: Arc::new(Semaphore::new((bytes / STEP).clamp(1, Semaphore::MAX_PERMITS))), seats }
    }

    /// Reads a body of at most `most` bytes.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub async fn read(&self, headers: &HeaderMap, body: Body, most: usize, seat: Option<&Arc<Seat>>) -> Result<Held, Refusal> {
        let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
        if announced.is_some_and(|n| n > most as u64) {
            return Err(Refusal::TooLarge);
        }
        if body.is_end_stream() {
            return Ok(Held { bytes: Bytes::new(), _room: None });
        }
        if let Some(seat) = seat {
            seat.enter(Phase::Body);
        }
        let read = timeout_at(Instant::now() + PATIENCE, self.all(body, most)).await;
        if let Some(seat) = seat {
            seat.enter(Phase::Work);
        }
        read.unwrap_or(Err(Refusal::Late))
    }

    async fn all(&self, mut body: Body, most: usize) -> Result<Held, Refusal> {
        let (mut bytes, mut room) = (Vec::new(), None);
        while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
            let Ok(data) = frame.map_err(|_| Refusal::Broken)?.into_data() else { continue };
            if bytes.len() + data.len() > most {
                return Err(Refusal::TooLarge);
            }
            self.take(&mut room, bytes.len() + data.len()).await?;
            bytes.extend_from_slice(&data);
        }
        Ok(Held { bytes: bytes.into(), _room: room })
    }

    /// Makes the room as large as `bytes`.
    async fn take(&self, room: &mut Option<OwnedSemaphorePermit>, bytes: usize) -> Result<(), Refusal> {
        let missing = bytes.div_ceil(STEP) - room.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let Some(missing) = u32::try_from(missing).ok().filter(|n| *n > 0) else { return Ok(()) };
        let permit = match self.permits.clone().try_acquire_many_owned(missing) {
            Ok(permit) => permit,
            Err(_) => {
                self.seats.drop_slowest_body();
                let waited = timeout(MOMENT, self.permits.clone().acquire_many_owned(missing)).await;
                waited.map_err(|_| Refusal::Busy)?.map_err(|_| Refusal::Busy)?
            }
        };
        match room {
            Some(room) => room.merge(permit),
            None => *room = Some(permit),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(room: &Room, headers: &HeaderMap, text: &str, most: usize) -> Result<Held, Refusal> {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(room.read(headers, Body::from(text.to_owned()), most, None))
    }

    #[test]
    fn bodies_share_one_room_and_give_it_back() {
        let room = Room::new(4 * STEP, Seats::new(9, 9));
        let text = "x".repeat(3 * STEP);
        let held = read(&room, &HeaderMap::new(), &text, 9 * STEP).unwrap();
        assert_eq!(held.bytes.len(), 3 * STEP);
        assert!(matches!(read(&room, &HeaderMap::new(), &text, 9 * STEP), Err(Refusal::Busy)));
        drop(held);
        assert!(read(&room, &HeaderMap::new(), &text, 9 * STEP).is_ok());
    }

    #[test]
    fn a_body_that_says_that_it_is_too_large_is_not_waited_for() {
        let room = Room::new(100 * STEP, Seats::new(9, 9));
        let said = HeaderMap::from_iter([(header::CONTENT_LENGTH, "1000".parse().unwrap())]);
        assert!(matches!(read(&room, &said, "", 999), Err(Refusal::TooLarge)));
        assert!(matches!(read(&room, &HeaderMap::new(), &"x".repeat(1000), 999), Err(Refusal::TooLarge)));
        assert!(read(&room, &HeaderMap::new(), &"x".repeat(999), 999).is_ok());
    }
}
