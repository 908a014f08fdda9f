//! 300 mails, a relay that misbehaves, workers that are killed at any moment: nothing lost, nothing that never was
//! true, and copies that can be told.

use std::{collections::HashMap, time::Duration};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::time::timeout;

use super::*;
use crate::{
    SmtpPost, SmtpSettings,
    testing::{Fault, Security, Setup, SmtpSink, Step},
};

const INTENTS: usize = 300;

/// One conversation in three or so goes wrong somewhere; every tenth recipient is greylisted besides.
fn misbehaving(seed: u64) -> Setup {
    let rng = Mutex::new(StdRng::seed_from_u64(seed));
    let greylisted = Mutex::new(BTreeSet::new());
    Setup::new(Security::None).with_faults(move |step, behind| {
        if step == Step::Recipient
            && behind.contains("7@")
            && greylisted.lock().unwrap().insert(behind.to_owned())
        {
            return Fault::Reply(451);
        }
        let dice = rng.lock().unwrap().random_range(0..100);
        match (step, dice) {
            (Step::Greeting, 0..3) | (Step::Sender | Step::Data, 0..2) | (Step::Text, 0..5) => Fault::Drop,
            (Step::Hello, 0..2) => Fault::Reply(421),
            (Step::Sender, 2..7) => Fault::Reply(452),
            (Step::Recipient, 0..5) | (Step::Text, 5..8) => Fault::Reply(451),
            (Step::Text, 8..15) => Fault::LoseAnswer,
            (Step::Text, 15..25) => Fault::Slow(Duration::from_millis(10)),
            _ => Fault::None,
        }
    })
}

async fn nothing_is_lost_invented_or_unrecognisable(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    let sink = SmtpSink::start(misbehaving(42)).await;
    let mut rng = StdRng::seed_from_u64(4711);

    // every tenth transaction is rolled back, every eleventh object is cancelled before its mail is sent
    let far = start() + SignedDuration::from_hours(24 * 400);
    let intents: Vec<_> = (0..INTENTS).map(|n| intent(n).until(far)).collect();
    let mut expected = BTreeSet::new();
    for (n, some) in intents.chunks(5).enumerate() {
        let commit = n % 10 != 3;
        office.queue(some, commit).await;
        for (m, intent) in some.iter().enumerate() {
            if (n * 5 + m) % 11 == 0 {
                office.author.cancel(&intent.object_id);
            } else if commit {
                expected.insert(format!("u{}@example.org", intent.object_id));
            }
        }
    }

    let settings = SmtpSettings {
        url: sink.url(),
        from: String::from("nachricht@example.net"),
        ..SmtpSettings::default()
    };
    let post = Arc::new(SmtpPost::new(settings.check().unwrap(), office.clock.clone()));
    let mut kills = 0;
    while office.queue.waiting().await.unwrap().waiting > 0 {
        let mailer = office.mailer(post.clone());
        let life = Duration::from_micros(rng.random_range(2_000..150_000));
        let working = timeout(life, async {
            while mailer.round().await.unwrap().tried() > 0 {
                office.pass(SignedDuration::from_secs(5));
            }
        });
        kills += usize::from(working.await.is_err());
        office.pass(SignedDuration::from_secs(rng.random_range(30..400)));
        assert!(kills < 20_000, "it does not come to an end");
    }

    let mails = sink.mails();
    let mut ids: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for mail in &mails {
        ids.entry(&mail.to).or_default().extend(mail.header("Message-ID"));
    }
    let reached: BTreeSet<String> = ids.keys().map(|to| (*to).to_owned()).collect();
    assert_eq!(expected.difference(&reached).count(), 0, "lost");
    assert_eq!(reached.difference(&expected).count(), 0, "never true");
    assert!(ids.values().all(|ids| ids.len() == 1), "a copy has another Message-ID");
    let different: BTreeSet<_> = ids.values().flatten().collect();
    assert_eq!(different.len(), reached.len(), "two mails share a Message-ID");
    assert_eq!(office.queue.waiting().await.unwrap(), crate::Waiting::default());
    // the test is alive only if there were copies and kills
    assert!(mails.len() > reached.len() && kills > 10, "{} mails, {kills} kills", mails.len());
    println!("{} mails for {} recipients, {kills} workers killed", mails.len(), reached.len());
}

crate::testing::on_both_engines! {
    nothing_is_lost_invented_or_unrecognisable
}
