//! `aiortc` as the other side: another implementation of everything, with other payload types.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use contracts::{
    media::{CallSay, Leg, MediaEngine, Member, Source},
    talk::RoomId,
};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind::{Audio, Video};
use serde_json::Value;

use crate::{
    client::{Client, wait},
    engine,
};

/// A person in another process; it ends with this value.
struct Peer {
    child: Child,
    told: Arc<Mutex<Vec<Value>>>,
    _leg: Arc<dyn Leg>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/media")
}

impl Peer {
    fn join(engine: &Arc<sfu::Engine>, member: Member, does: &str) -> Self {
        let python = folder().join(".venv/bin/python");
        assert!(
            folder().join(".venv/installed").exists(),
            "aiortc is not installed: make tests/media/.venv/installed (needs python3 with venv and pip)"
        );
        let mut child = Command::new(python)
            .arg(folder().join("peer.py"))
            .arg(does)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = Mutex::new(child.stdin.take().unwrap());
        let tell = move |hear| {
            // a process that has ended hears nothing
            let _ = writeln!(input.lock().unwrap(), "{}", serde_json::to_string(&hear).unwrap());
        };
        let leg: Arc<dyn Leg> = engine.join(&RoomId("room".into()), member, Box::new(tell)).unwrap().into();
        let told: Arc<Mutex<Vec<Value>>> = Arc::default();
        let (words, says) = (Arc::clone(&told), Arc::downgrade(&leg));
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let word: Value = serde_json::from_str(&line).unwrap();
                match (word.get("say"), says.upgrade()) {
                    (Some(say), Some(leg)) => {
                        assert!(leg.say(serde_json::from_value::<CallSay>(say.clone()).unwrap()));
                    }
                    (Some(_), None) => return,
                    (None, _) => words.lock().unwrap().push(word),
                }
            }
        });
        Self { child, told, _leg: leg }
    }

    /// How many pictures and sounds it decoded.
    fn decoded(&self) -> (u64, u64) {
        let told = self.told.lock().unwrap();
        let last = told.iter().rev().find_map(|word| word.get("decoded"));
        last.map_or((0, 0), |decoded| {
            (decoded["video"].as_u64().unwrap(), decoded["audio"].as_u64().unwrap())
        })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn aiortc_decodes_what_aiortc_publishes_and_so_does_everybody() {
    let engine = engine();
    let mut other = Client::join(&*engine, "room", 3).await;
    other.show(Source::Microphone, false).await;
    other.draw(&[(1, 240)]);
    let _publishes = Peer::join(&engine, 1, "publish");
    let decodes = Peer::join(&engine, 2, "decode");
    wait("pictures and sounds decoded by another implementation", || {
        let (pictures, sounds) = decodes.decoded();
        pictures >= 30 && sounds >= 100
    })
    .await;
    wait("its packets in ours", || other.count(1, Audio) > 50 && other.count(1, Video) > 20).await;
    assert!(other.got(1, Video).iter().all(|packet| packet.header.payload_type == 96));
    let unexpected =
        decodes.told.lock().unwrap().iter().filter(|word| word.get("unexpected").is_some()).count();
    assert_eq!(unexpected, 0);
    engine.shut_down().await;
}
