//! A request's body, read whole before anything computes with it.

use super::{
    refusal::Refusal,
    room::{Piece, Room},
};
use crate::net::{Phase, Seat};
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, header},
};
use std::{net::IpAddr, pin::Pin, sync::Arc, time::Duration};
use tokio::time::{Instant, timeout_at};

/// Longest that a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// A body, and the room that it takes until this is dropped.
pub struct Held {
    /// The body.
    pub bytes: Bytes,
    _piece: Option<Piece>,
}

/// Reads a body of at most `most` bytes, for which `address` needs room.
///
/// # Errors
/// Why it cannot be had.
pub async fn read(room: &Arc<Room>, address: IpAddr, headers: &HeaderMap, body: Body, most: usize, seat: Option<&Arc<Seat>>) -> Result<Held, Refusal> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    if announced.is_some_and(|n| n > most as u64) {
        return Err(Refusal::TooLarge);
    }
    if body.is_end_stream() {
        return Ok(Held { bytes: Bytes::new(), _piece: None });
    }
    if let Some(seat) = seat {
        seat.enter(Phase::Body);
    }
    let read = timeout_at(Instant::now() + PATIENCE, all(room.piece(address), body, most)).await;
    if let Some(seat) = seat {
        seat.enter(Phase::Work);
    }
    read.unwrap_or(Err(Refusal::Late))
}

async fn all(mut piece: Piece, mut body: Body, most: usize) -> Result<Held, Refusal> {
    let mut bytes = Vec::new();
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Refusal::Broken)?.into_data() else { continue };
        if bytes.len() + data.len() > most {
            return Err(Refusal::TooLarge);
        }
        piece.grow(bytes.len() + data.len()).await?;
        bytes.extend_from_slice(&data);
    }
    Ok(Held { bytes: bytes.into(), _piece: Some(piece) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{load::room::STEP, net::Seats};

    fn read(room: &Arc<Room>, headers: &HeaderMap, text: &str, most: usize) -> Result<Held, Refusal> {
        let body = super::read(room, IpAddr::from([1; 4]), headers, Body::from(text.to_owned()), most, None);
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(body)
    }

    fn room(steps: usize) -> Arc<Room> {
        Room::new(steps * STEP, Phase::Body, Seats::new(9, 9))
    }

    #[test]
    fn bodies_share_one_room_and_give_it_back() {
        let room = room(8);
        let text = "x".repeat(3 * STEP);
        let held = read(&room, &HeaderMap::new(), &text, 9 * STEP).unwrap();
        assert_eq!(held.bytes.len(), 3 * STEP);
        assert!(matches!(read(&room, &HeaderMap::new(), &text, 9 * STEP), Err(Refusal::Busy)));
        drop(held);
        assert!(read(&room, &HeaderMap::new(), &text, 9 * STEP).is_ok());
    }

    #[test]
    fn a_body_that_says_that_it_is_too_large_is_not_waited_for() {
        let room = room(100);
        let said = HeaderMap::from_iter([(header::CONTENT_LENGTH, "1000".parse().unwrap())]);
        assert!(matches!(read(&room, &said, "", 999), Err(Refusal::TooLarge)));
        assert!(matches!(read(&room, &HeaderMap::new(), &"x".repeat(1000), 999), Err(Refusal::TooLarge)));
        assert!(read(&room, &HeaderMap::new(), &"x".repeat(999), 999).is_ok());
    }
}
