//! The accept loop. HTTP/1 only: without TLS nobody agrees on anything else, and a library that turns HTTP/2 on for its
//! own calls must not turn it on here.

use super::{
    client::Proxies,
    seats::{Phase, Seat, Seated, Seats},
    target,
    watched::Watched,
};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, StatusCode},
    response::{IntoResponse, Response},
};
use hyper::{
    body::{Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt;

/// Most bytes of a request's head, and of what is read or written at once. A larger head gets 431.
const HEAD: usize = 64 * 1024;

/// Most bytes of an answer that the library is given at once.
const PIECE: usize = 32 * 1024;

/// How often connections are looked over.
const LOOK: Duration = Duration::from_millis(500);

/// Longest that connections may go on after the signal to end.
const END: Duration = Duration::from_secs(10);

/// What an accepted connection is led to.
#[derive(Clone)]
pub struct Door {
    /// The addresses.
    pub router: Router,
    /// Which proxies are believed.
    pub proxies: Arc<Proxies>,
    /// Caps on connections.
    pub seats: Arc<Seats>,
}

/// Serves until `stop`; then nothing is accepted, idle connections are closed, and requests have ten seconds to end.
pub async fn serve(listener: TcpListener, door: Door, stop: impl Future<Output = ()>) {
    let (told, stopping) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut errors = AcceptErrors::default();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            _ = look.tick() => door.seats.sweep(false),
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match door.seats.take(door.proxies.counted(peer.ip())) {
                    Some(seated) => {
                        connections.spawn(connection(stream, peer, seated, door.clone(), stopping.clone()));
                    }
                    None => turn_away(&stream),
                },
                Err(error) => errors.accept(&error, &door.seats).await,
            }
        }
    }
    drop(listener);
    let _ = told.send(true);
    let end = async {
        loop {
            tokio::select! {
                _ = look.tick() => door.seats.sweep(true),
                ended = connections.join_next() => if ended.is_none() { break },
            }
        }
    };
    if tokio::time::timeout(END, end).await.is_err() {
        tracing::warn!(connections = connections.len(), "connections were cut off");
        connections.shutdown().await;
    }
}

/// Every connection is at work. The client is told so, without waiting for it.
fn turn_away(stream: &TcpStream) {
    let _ = stream.try_write(b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
}

/// Errors of accepting: they neither end the loop nor make it spin.
#[derive(Default)]
struct AcceptErrors {
    said: Option<Instant>,
}

impl AcceptErrors {
    async fn accept(&mut self, error: &io::Error, seats: &Seats) {
        // The client has gone again before it was accepted.
        if matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) {
            return;
        }
        if self.said.is_none_or(|at| at.elapsed() > Duration::from_secs(60)) {
            self.said = Some(Instant::now());
            tracing::error!(%error, "connections cannot be accepted; idle ones are closed to make room");
        }
        seats.make_room();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, seated: Seated, door: Door, mut stopping: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let seat = seated.seat.clone();
    let io = TokioIo::new(Watched::new(stream, seat.clone()));
    let service = service_fn(move |request| answer(request, peer, seat.clone(), door.clone()));
    // The times are kept by the seat: the library's one limit would end idle connections together with half heads.
    let mut http = pin!(http1::Builder::new().header_read_timeout(None).max_buf_size(HEAD).serve_connection(io, service));
    let mut told = *stopping.borrow_and_update();
    if told {
        http.as_mut().graceful_shutdown();
    }
    loop {
        tokio::select! {
            // An error is a client that left, or sent what is no HTTP; the library has answered that.
            _ = &mut http => return,
            () = seated.seat.over() => return,
            _ = stopping.changed(), if !told => {
                told = true;
                http.as_mut().graceful_shutdown();
            }
        }
    }
}

async fn answer(request: Request<Incoming>, peer: SocketAddr, seat: Arc<Seat>, door: Door) -> Result<Response, Infallible> {
    seat.enter(Phase::Work);
    let (mut parts, body) = request.into_parts();
    let response = match target::check(&mut parts) {
        Ok(()) => {
            let client = door.proxies.client(&mut parts, peer);
            parts.extensions.insert(client);
            parts.extensions.insert(seat.clone());
            match door.router.oneshot(Request::from_parts(parts, Body::new(body))).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
        Err(status) => refused(status),
    };
    seat.enter(Phase::Answer);
    Ok(response.map(|body| Body::new(Answer { body, rest: Bytes::new(), _sent: Sent(seat) })))
}

fn refused(status: StatusCode) -> Response {
    (status, [("connection", "close")], "Ask for a path, by one name of this server\n").into_response()
}

/// The body of an answer; at its end the connection is idle again. It is handed over in pieces: the library holds what it has
/// been given, so an answer in one piece would seem to be sent before its client has read a byte.
struct Answer {
    body: Body,
    /// What is left of a frame.
    rest: Bytes,
    _sent: Sent,
}

struct Sent(Arc<Seat>);

impl Drop for Sent {
    fn drop(&mut self) {
        self.0.enter(Phase::Idle);
    }
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        while self.rest.is_empty() {
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) else { return Poll::Ready(None) };
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => self.rest = data,
                Ok(Err(trailers)) => return Poll::Ready(Some(Ok(trailers))),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        let piece = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (body, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut whole = SizeHint::new();
        whole.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            whole.set_upper(upper + rest);
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::body::Body as _;

    #[test]
    fn an_answer_is_on_its_way_until_its_last_piece_is_taken() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let seated = Seats::new(9, 9).take(None).unwrap();
        seated.seat.enter(Phase::Answer);
        let bytes: Bytes = (0..=u8::MAX).cycle().take(3 * PIECE + 5).collect::<Vec<_>>().into();
        let mut answer = Answer { body: Body::from(bytes.clone()), rest: Bytes::new(), _sent: Sent(seated.seat.clone()) };
        let (mut taken, mut sizes) = (Vec::new(), Vec::new());
        while !answer.is_end_stream() {
            assert!(seated.seat.is_in(Phase::Answer));
            assert_eq!(answer.size_hint().exact(), Some((bytes.len() - taken.len()) as u64));
            let next = std::future::poll_fn(|cx| Pin::new(&mut answer).poll_frame(cx));
            let frame = runtime.block_on(next).unwrap().unwrap().into_data().unwrap();
            sizes.push(frame.len());
            taken.extend_from_slice(&frame);
        }
        assert_eq!((taken, sizes), (bytes.to_vec(), vec![PIECE, PIECE, PIECE, 5]));
        drop(answer);
        assert!(seated.seat.is_in(Phase::Idle));
    }
}
