//! TCP and TLS towards clients.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use bytes::BytesMut;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    client::{Back, Client, Tuple, WAITING},
    framing::{self, LONGEST},
    metrics::Why,
    server::Server,
};

/// How long a stream may say nothing that has no allocation.
const STRANGER: Duration = Duration::from_secs(15);
/// How long one that has may say nothing: it refreshes before.
const SILENT: Duration = Duration::from_mins(10);
/// How long a stream may take nothing while something waits for it.
const STUCK: Duration = Duration::from_secs(15);
/// How long TLS may take to begin.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long no stream is accepted after the system refused one, for instance because files ran out.
const PAUSE: Duration = Duration::from_millis(100);

/// TLS as it is at the moment; certificates are exchanged while streams run.
pub(crate) type CurrentTls = Arc<RwLock<TlsAcceptor>>;

/// Accepts streams, for ever. The number of a stream is in its tuple, so one port of a client can come again.
pub(crate) async fn listen(
    server: Arc<Server>,
    listener: TcpListener,
    tls: Option<CurrentTls>,
    first_via: u64,
) {
    for via in first_via.. {
        let Ok((stream, from)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let Ok(counted) = server.quotas.connect(from.ip()) else {
            server.metrics.refuse(Why::Quota);
            continue;
        };
        let _ = stream.set_nodelay(true);
        let tuple = Tuple { via, client: from };
        let acceptor = tls.as_ref().map(|tls| tls.read().unwrap_or_else(PoisonError::into_inner).clone());
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            server.metrics.streams.increment(1.0);
            let mut closing = server.closing.subscribe();
            tokio::select! {
                () = begin(&server, stream, tuple, acceptor) => {}
                _ = closing.wait_for(|is_closing| *is_closing) => {}
            }
            server.release(&tuple);
            server.metrics.streams.decrement(1.0);
            drop(counted);
        });
    }
}

async fn begin(server: &Arc<Server>, stream: TcpStream, tuple: Tuple, tls: Option<TlsAcceptor>) {
    match tls {
        None => converse(server, stream, tuple).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await {
                converse(server, stream, tuple).await;
            }
        }
    }
}

async fn converse<S: AsyncRead + AsyncWrite>(server: &Arc<Server>, stream: S, tuple: Tuple) {
    let (read, write) = tokio::io::split(stream);
    let (waiting, next) = mpsc::channel(WAITING);
    let client = Client { tuple, back: Back::Stream(waiting) };
    tokio::select! {
        () = hear(server, read, &client) => {}
        () = speak(write, next) => {}
    }
}

/// Takes messages until the stream ends, holds none, or says nothing for too long.
async fn hear<R: AsyncRead>(server: &Arc<Server>, mut read: tokio::io::ReadHalf<R>, client: &Client) {
    let mut came = BytesMut::with_capacity(2 * LONGEST);
    loop {
        came.reserve(LONGEST);
        let patience = if server.allocation_of(&client.tuple).is_some() { SILENT } else { STRANGER };
        match timeout(patience, read.read_buf(&mut came)).await {
            Ok(Ok(bytes)) if bytes > 0 => {}
            _ => return,
        }
        loop {
            match framing::next(&mut came) {
                Ok(Some(mut message)) => server.take(client, &mut message),
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
}

/// Writes what waits, several messages at once, until the stream takes nothing any more.
async fn speak<W: AsyncWrite>(mut write: tokio::io::WriteHalf<W>, mut next: mpsc::Receiver<bytes::Bytes>) {
    let mut together = BytesMut::new();
    while let Some(message) = next.recv().await {
        together.extend_from_slice(&message);
        while together.len() < 8 * LONGEST
            && let Ok(message) = next.try_recv()
        {
            together.extend_from_slice(&message);
        }
        let written = timeout(STUCK, async {
            write.write_all(&together).await?;
            write.flush().await
        });
        if !matches!(written.await, Ok(Ok(()))) {
            return;
        }
        together.clear();
    }
}

/// The first number of streams of the listener with this number, so that none has another's.
pub(crate) const fn first_via(listener: u64) -> u64 {
    listener << 40
}
