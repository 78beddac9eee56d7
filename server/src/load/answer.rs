//! An answer, which takes room until its client has read it.

use super::{
    refusal::Refusal,
    room::{Piece, Room},
};
use crate::net::Seat;
use axum::{
    body::{Body, Bytes, to_bytes},
    response::Response,
};
use std::{net::IpAddr, sync::Arc};

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

/// The same answer to `address`, whose bytes take room as long as one of them is kept anywhere. Where it has to make room for
/// others, its connection ends.
///
/// # Errors
/// `Busy`, where there is no room.
pub async fn keep(room: &Arc<Room>, address: IpAddr, seat: Option<&Arc<Seat>>, response: Response) -> Result<Response, Refusal> {
    let (head, body) = response.into_parts();
    let mut bytes = to_bytes(body, usize::MAX).await.map_err(|_| Refusal::Ours)?;
    if !bytes.is_empty() {
        let seat = seat.cloned();
        // One that is larger than the room still has to be sent.
        let piece = room.piece(address, bytes.len().min(room.most()), move || seat.iter().for_each(|seat| seat.finish()))?;
        bytes = Bytes::from_owner(Kept { bytes, _piece: piece });
    }
    Ok(Response::from_parts(head, Body::from(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Seats;
    use std::future::poll_fn;
    use std::pin::Pin;

    const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));

    #[test]
    fn an_answer_takes_room_until_its_last_byte_is_sent() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let room = Room::new(10);
            let seats = Seats::new(9, 9);
            let (first, second) = (seats.take(None).unwrap(), seats.take(None).unwrap());
            let answer = |text: &str| Response::new(Body::from(text.to_owned()));
            let sent = keep(&room, ADDRESS, Some(&first.seat), answer("12345678")).await.unwrap();
            let mut body = sent.into_body();
            let mut frame = poll_fn(|cx| axum::body::HttpBody::poll_frame(Pin::new(&mut body), cx)).await.unwrap().unwrap().into_data().unwrap();
            assert_eq!(frame, "12345678");
            let last = frame.split_off(7);
            drop((frame, body));
            assert_eq!(room.used(), 8, "one byte is still to be sent, and holds the others");
            drop(last);
            assert_eq!(room.used(), 0);

            let unread = keep(&room, ADDRESS, Some(&first.seat), answer("12345678")).await.unwrap();
            let next = keep(&room, ADDRESS, Some(&second.seat), answer("1234")).await.unwrap();
            assert_eq!((first.seat.is_over(), second.seat.is_over()), (true, false), "who reads nothing makes room for a newer answer");
            drop((unread, next));
            let large = keep(&room, ADDRESS, None, answer("more than ten bytes")).await.unwrap();
            assert_eq!((room.used(), large.status().as_u16()), (10, 200));
        });
    }
}
