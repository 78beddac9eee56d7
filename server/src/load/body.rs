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
use tokio::{sync::Notify, time::timeout};

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
    let given_up = Arc::new(Notify::new());
    let read = tokio::select! {
        biased;
        () = given_up.notified() => Err(Refusal::Busy),
        read = timeout(PATIENCE, all(room, address, body, most, &given_up)) => read.unwrap_or(Err(Refusal::Late)),
    };
    if let Some(seat) = seat {
        seat.enter(Phase::Work);
    }
    read
}

async fn all(room: &Arc<Room>, address: IpAddr, mut body: Body, most: usize, given_up: &Arc<Notify>) -> Result<Held, Refusal> {
    let (mut bytes, mut piece) = (Vec::new(), None::<Piece>);
    while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Refusal::Broken)?.into_data() else { continue };
        if bytes.len() + data.len() > most {
            return Err(Refusal::TooLarge);
        }
        match &mut piece {
            Some(piece) => piece.grow(data.len())?,
            None => {
                let given_up = given_up.clone();
                piece = Some(room.piece(address, data.len(), move || given_up.notify_one())?);
            }
        }
        bytes.extend_from_slice(&data);
    }
    if let Some(piece) = &mut piece {
        piece.close()?;
    }
    Ok(Held { bytes: bytes.into(), _piece: piece })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::body::Frame;
    use std::{
        convert::Infallible,
        task::{Context, Poll},
    };
    use tokio::sync::mpsc;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    fn read(room: &Arc<Room>, headers: &HeaderMap, text: &str, most: usize) -> Result<Held, Refusal> {
        let body = super::read(room, ADDRESS, headers, Body::from(text.to_owned()), most, None);
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(body)
    }

    #[test]
    fn bodies_share_one_room_and_give_it_back() {
        let room = Room::new(8_000);
        let text = "x".repeat(3_000);
        let held = read(&room, &HeaderMap::new(), &text, 9_000).unwrap();
        assert_eq!(held.bytes.len(), 3_000);
        assert!(matches!(read(&room, &HeaderMap::new(), &text, 9_000), Err(Refusal::Busy)));
        drop(held);
        assert!(read(&room, &HeaderMap::new(), &text, 9_000).is_ok());
    }

    #[test]
    fn a_body_that_makes_room_is_refused_while_its_client_is_silent() {
        let room = Room::new(10);
        let (silent, body) = mpsc::channel(1);
        let body = Body::new(Silent(body));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let no_headers = HeaderMap::new();
            let unfinished = super::read(&room, ADDRESS, &no_headers, body, 10, None);
            let newer = async {
                silent.send(Bytes::from_static(b"12345678")).await.unwrap();
                drop(silent.reserve().await.expect("there is a place again once that has been read"));
                super::read(&room, ADDRESS, &no_headers, Body::from("12345"), 10, None).await
            };
            let (unfinished, newer) = tokio::join!(unfinished, newer);
            assert!(matches!(unfinished, Err(Refusal::Busy)) && newer.is_ok());
        });
    }

    /// The body of a client who may neither go on nor leave.
    struct Silent(mpsc::Receiver<Bytes>);

    impl HttpBody for Silent {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            self.0.poll_recv(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
        }
    }

    #[test]
    fn a_body_that_says_that_it_is_too_large_is_not_waited_for() {
        let room = Room::new(100_000);
        let said = HeaderMap::from_iter([(header::CONTENT_LENGTH, "1000".parse().unwrap())]);
        assert!(matches!(read(&room, &said, "", 999), Err(Refusal::TooLarge)));
        assert!(matches!(read(&room, &HeaderMap::new(), &"x".repeat(1000), 999), Err(Refusal::TooLarge)));
        assert!(read(&room, &HeaderMap::new(), &"x".repeat(999), 999).is_ok());
    }
}
