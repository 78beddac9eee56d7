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
    body::Body,
    http::{Request, StatusCode},
    response::{IntoResponse, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
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
    Ok(response.map(|body| Body::new(Answer { body, _sent: Sent(seat) })))
}

fn refused(status: StatusCode) -> Response {
    (status, [("connection", "close")], "Ask for a path, by one name of this server\n").into_response()
}

/// The body of an answer; at its end the connection is idle again.
struct Answer {
    body: Body,
    _sent: Sent,
}

struct Sent(Arc<Seat>);

impl Drop for Sent {
    fn drop(&mut self) {
        self.0.enter(Phase::Idle);
    }
}

impl hyper::body::Body for Answer {
    type Data = axum::body::Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body.size_hint()
    }
}
