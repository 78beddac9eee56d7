//! A client's stream. It tells its seat when something arrives, and when it is closed it reads on for a moment: a client
//! that is still sending a body would otherwise lose the answer that refuses it, since the system resets a connection
//! that is closed with bytes unread.

use super::seats::{Phase, Seat};
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// Bytes that are read and thrown away after our side is closed: as much as the proxies of `.github/hosting` let through,
/// which would answer 502 otherwise. The seat ends it after two seconds.
const LEFT: usize = 8 * 1024 * 1024;

/// A stream with its seat.
pub struct Watched {
    stream: TcpStream,
    seat: Arc<Seat>,
    /// Bytes thrown away; `None` while our side is open.
    thrown: Option<usize>,
}

impl Watched {
    /// The stream of a seat.
    pub fn new(stream: TcpStream, seat: Arc<Seat>) -> Watched {
        Watched { stream, seat, thrown: None }
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if buf.filled().len() > before {
            self.seat.heard();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, buf))?;
        self.seat.moved();
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bufs: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(cx, bufs))?;
        self.seat.moved();
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.thrown.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
            self.thrown = Some(0);
            self.seat.enter(Phase::Leaving);
        }
        let mut bytes = [0; 4096];
        loop {
            let mut buf = ReadBuf::new(&mut bytes);
            let read = match ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buf)) {
                Ok(()) => buf.filled().len(),
                // It is gone already.
                Err(_) => 0,
            };
            let thrown = self.thrown.unwrap_or(0) + read;
            self.thrown = Some(thrown);
            if read == 0 || thrown > LEFT {
                return Poll::Ready(Ok(()));
            }
        }
    }
}
