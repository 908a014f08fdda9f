//! Taking a node out of use without breaking conversations.

use std::time::Duration;

use buskit::Bus;
use kernel::{Clock, ServerKey};
use tokio::time::{sleep, timeout};

use super::{
    names::NodeId,
    seal::Seal,
    words::{Answer, Letter, Word},
};
use crate::Chat;

/// How often it is looked whether the last room is gone.
const LOOK: Duration = Duration::from_millis(250);
/// The node answers at once, and the bus may have to be found first.
const PATIENCE: Duration = Duration::from_secs(5);

impl Chat {
    /// Takes in no new room any more. Those that are here go on until they end or the patience is over; then everybody in them is
    /// sent to a fresh room on another node. One process alone has nowhere to send anybody: nothing is done.
    pub async fn drain(&self, patience: Duration) {
        let Some(node) = self.node() else { return };
        node.ownership().drain();
        node.beat().await;
        tracing::info!(patience_s = patience.as_secs(), "this node takes no new rooms");
        let empty = async {
            while !self.rooms().domains().is_empty() {
                sleep(LOOK).await;
            }
        };
        let _over = timeout(patience, empty).await;
        // given back first: who comes again must not be led here
        node.ownership().release();
        self.rooms().leave(|_| true).await;
        tracing::info!("this node has no rooms any more");
    }

    /// Says to the other nodes that this one goes, so that nobody waits for it.
    pub(crate) async fn say_goodbye(&self) {
        if let Some(node) = self.node() {
            node.say(&node.seal.all(), Word::Gone {}).await;
            let _away = node.bus.flush().await;
        }
    }
}

/// Asks a node to take no new rooms, as [`Chat::drain`] does with the patience of its own configuration. `false` when it does not
/// answer.
pub async fn drain(bus: &Bus, key: &ServerKey, clock: &dyn Clock, name: &NodeId) -> bool {
    let seal = Seal::new(key);
    let subject = seal.one(name);
    let asked = async {
        while !bus.is_connected() {
            sleep(LOOK).await;
        }
        let letter = Letter { at: clock.now().as_second(), from: None, word: Word::Drain {} };
        let question = seal.close(&subject, &letter)?;
        let answering = Seal::answering(&question);
        let mut answers = bus.ask(&subject, question).await.ok()?;
        let answer = answers.next().await?;
        seal.open::<Answer>(&answering, &answer, clock.now())
    };
    matches!(timeout(PATIENCE, asked).await, Ok(Some(Letter { word: Answer::Done {}, .. })))
}
