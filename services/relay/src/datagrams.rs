//! UDP towards clients.

use std::sync::Arc;

use tokio::net::UdpSocket;

use crate::{
    client::{Back, Client, Tuple},
    framing::LONGEST,
    server::Server,
};

/// Takes what comes on one socket, for ever. One task for each keeps the packets of a client in their order.
pub(crate) async fn listen(server: Arc<Server>, socket: Arc<UdpSocket>, via: u64) {
    let mut packet = vec![0; LONGEST];
    loop {
        // errors here are those of packets we sent that did not arrive somewhere
        let Ok((bytes, from)) = socket.recv_from(&mut packet).await else {
            tokio::task::yield_now().await;
            continue;
        };
        // what fills the buffer was longer and has been cut
        if bytes < LONGEST {
            let client = Client { tuple: Tuple { via, client: from }, back: Back::Udp(Arc::clone(&socket)) };
            server.take(&client, &mut packet[..bytes]);
        }
    }
}
