//! A connection on which nothing that was said before TLS is heard after it.
//!
//! The library reads ahead: whoever sits on the line could send the answers to our later commands together with the
//! answer to STARTTLS, and they would be taken for answers that came through TLS. So until TLS begins no byte is read
//! that nobody has asked for; injected ones then reach the TLS library, which breaks off.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// The first byte of a TLS handshake record. No SMTP command begins with it.
const HANDSHAKE: u8 = 0x16;

/// Reads byte by byte until the first handshake record was written.
#[derive(Debug)]
pub(super) struct Careful {
    stream: TcpStream,
    tls_begun: bool,
}

impl Careful {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, tls_begun: false }
    }
}

impl AsyncRead for Careful {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.tls_begun {
            return Pin::new(&mut self.stream).poll_read(context, buffer);
        }
        let mut byte = [0u8];
        let mut one = ReadBuf::new(&mut byte);
        let polled = Pin::new(&mut self.stream).poll_read(context, &mut one);
        if let Poll::Ready(Ok(())) = polled {
            buffer.put_slice(one.filled());
        }
        polled
    }
}

impl AsyncWrite for Careful {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.tls_begun |= bytes.first() == Some(&HANDSHAKE);
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl AsyncTokioStream for Careful {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.peer_addr()
    }
}
