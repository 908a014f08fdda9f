//! A bus of the tests' own, and ways to it that can be cut.

use std::{
    net::{SocketAddr, TcpListener as StdListener},
    process::{Child, Command, Stdio},
    time::Duration,
};

use buskit::{Bus, Settings};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A NATS server.
pub(crate) struct Nats {
    child: Option<Child>,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

/// A way to the server that can be cut.
pub(crate) struct Wire {
    is_cut: watch::Sender<bool>,
    address: SocketAddr,
}

impl Nats {
    pub(crate) fn start() -> Self {
        let address = StdListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut nats = Self { child: None, address, folder: tempfile::tempdir().unwrap() };
        nats.begin();
        nats
    }

    /// Begins anew at the same address.
    pub(crate) fn begin(&mut self) {
        let child = Command::new("nats-server")
            .args(["--addr", "127.0.0.1", "--port", &self.address.port().to_string()])
            .current_dir(self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.child = Some(child.expect("this test needs nats-server: apt-get install nats-server"));
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub(crate) async fn bus(&self) -> Bus {
        connect(self.address).await
    }

    /// A way to it that can be cut.
    pub(crate) async fn wire(&self) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (is_cut, cut) = watch::channel(false);
        let server = self.address;
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let mut cut = cut.clone();
                tokio::spawn(async move {
                    if *cut.borrow() {
                        return;
                    }
                    let Ok(mut far) = TcpStream::connect(server).await else { return };
                    tokio::select! {
                        _ended = copy_bidirectional(&mut near, &mut far) => {}
                        _cut = cut.wait_for(|cut| *cut) => {}
                    }
                });
            }
        });
        Wire { is_cut, address }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Wire {
    pub(crate) fn cut(&self, is_cut: bool) {
        self.is_cut.send_replace(is_cut);
    }

    pub(crate) async fn bus(&self) -> Bus {
        connect(self.address).await
    }
}

async fn connect(address: SocketAddr) -> Bus {
    Bus::connect(Settings { servers: format!("nats://{address}"), credentials: None }).await.unwrap()
}

/// Waits until something holds; the time is a limit, not a measurement.
pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    for _ in 0..600 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: never");
}
