use std::{collections::HashSet, time::Duration};

use tokio::{sync::oneshot, time::sleep};

use super::*;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

async fn a_mail_that_is_no_longer_true_is_not_sent(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(2).await;
    let post = Told::new(Err(LATER));
    let mailer = office.mailer(post.clone());
    assert_eq!(mailer.round().await.unwrap(), Round { postponed: 2, ..Round::default() });
    assert_eq!(mailer.round().await.unwrap(), Round::default());
    office.author.cancel("000");
    post.answer_from_now(Ok(()));
    office.pass(MINUTE * 2);
    assert_eq!(mailer.round().await.unwrap(), Round { sent: 1, not_wanted: 1, ..Round::default() });
    assert_eq!(post.sent(), ["u001@example.org"]);
    assert_eq!(office.queue.waiting().await.unwrap().waiting, 0);
}

async fn a_refused_recipient_is_given_up_at_once(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(1).await;
    let mailer = office.mailer(Told::new(Err(SendError::Fail(Problem::RecipientRefused))));
    assert_eq!(mailer.round().await.unwrap(), Round { given_up: 1, ..Round::default() });
    office.pass(MINUTE * 999);
    assert_eq!(mailer.round().await.unwrap(), Round::default());
    let waiting = office.queue.waiting().await.unwrap();
    assert_eq!((waiting.waiting, waiting.given_up), (0, 1));
    // a month after its end nobody remembers it
    office.pass(SignedDuration::from_hours(24 * 34));
    mailer.round().await.unwrap();
    assert_eq!(office.queue.waiting().await.unwrap().given_up, 0);
}

async fn a_mail_is_tried_until_its_end_and_not_after(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    let short = intent(0).until(start() + MINUTE * 30);
    office.queue(&[short, intent(1)], true).await;
    let post = Told::new(Err(LATER));
    let mailer = office.mailer(post.clone());
    let mut total = Round::default();
    for _ in 0..60 {
        let round = mailer.round().await.unwrap();
        total.postponed += round.postponed;
        total.given_up += round.given_up;
        office.pass(MINUTE);
    }
    assert_eq!(total.given_up, 1);
    let waiting = office.queue.waiting().await.unwrap();
    assert_eq!((waiting.waiting, waiting.given_up), (1, 1));
    // after 0, 1, 3, 7, 15 minutes (31 is too late), the other after 31 as well, give or take
    assert!((8..=14).contains(&total.postponed), "{total:?}");
}

async fn an_author_may_be_unable_now_or_for_good(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(3).await;
    let reason = String::from("closed");
    office.author.fail("000", AuthorError::Unavailable { reason: reason.clone() });
    office.author.fail("001", AuthorError::Broken { reason });
    let mailer = office.mailer(Told::new(Ok(())));
    let round = mailer.round().await.unwrap();
    assert_eq!(round, Round { sent: 1, postponed: 1, given_up: 1, ..Round::default() });
}

async fn a_relay_that_is_down_is_left_alone_for_a_while(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(12).await;
    let post = Told::new(Err(DOWN));
    let mailer = office.mailer(post.clone());
    assert_eq!(mailer.round().await.unwrap().postponed, 4);
    assert_eq!(mailer.round().await.unwrap().tried(), 0);
    // one mail finds out whether it works again
    office.pass(MINUTE + MINUTE);
    assert_eq!(mailer.round().await.unwrap().postponed, 1);
    assert_eq!(mailer.round().await.unwrap().tried(), 0);
    assert_eq!(*post.tries.lock().unwrap(), 5);
    post.answer_from_now(Ok(()));
    office.pass(MINUTE * 3);
    assert_eq!(mailer.round().await.unwrap().sent, 1);
    assert_eq!(mailer.round().await.unwrap().sent, 4);
}

async fn an_answer_about_a_mail_says_that_the_relay_works(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(12).await;
    let mailer = office.mailer(Told::new(Err(LATER)));
    for _ in 0..3 {
        assert_eq!(mailer.round().await.unwrap().postponed, 4);
    }
}

/// Notices when a mail is being sent twice at the same time.
#[derive(Default)]
struct Jealous {
    now: Mutex<HashSet<String>>,
    sent: Mutex<Vec<String>>,
    overlaps: Mutex<u32>,
}

#[async_trait]
impl Post for Jealous {
    async fn send(&self, _: &Mail, id: &MessageId) -> Result<(), SendError> {
        if !self.now.lock().unwrap().insert(id.as_str().to_owned()) {
            *self.overlaps.lock().unwrap() += 1;
        }
        sleep(Duration::from_millis(3)).await;
        self.now.lock().unwrap().remove(id.as_str());
        self.sent.lock().unwrap().push(id.as_str().to_owned());
        Ok(())
    }
}

async fn several_workers_send_every_mail_once(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(120).await;
    let post = Arc::new(Jealous::default());
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let mailer = office.mailer(post.clone());
            let queue = office.queue.clone();
            tokio::spawn(async move {
                while queue.waiting().await.unwrap().waiting > 0 {
                    mailer.round().await.unwrap();
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    let sent = post.sent.lock().unwrap().clone();
    assert_eq!(sent.len(), 120);
    assert_eq!(sent.iter().collect::<HashSet<_>>().len(), 120);
    assert_eq!(*post.overlaps.lock().unwrap(), 0);
}

async fn a_running_worker_hears_calls_and_finishes_what_it_began(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    let post = Arc::new(Jealous::default());
    let mailer = office.mailer(post.clone());
    let waker = mailer.waker();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(mailer.run(async move {
        let _ = stopped.await;
    }));
    office.queue_some(1).await;
    waker.wake();
    while post.sent.lock().unwrap().is_empty() {
        sleep(Duration::from_millis(5)).await;
    }
    office.queue(&[intent(1)], true).await;
    waker.wake();
    // told to stop in the middle of sending, or before: either it was sent and written down, or it still waits
    while post.now.lock().unwrap().is_empty() && post.sent.lock().unwrap().len() < 2 {
        sleep(Duration::from_millis(1)).await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
    assert_eq!(post.sent.lock().unwrap().len(), 2);
    assert_eq!(office.queue.waiting().await.unwrap().waiting, 0);
}

struct Panicking;

#[async_trait]
impl Post for Panicking {
    async fn send(&self, _: &Mail, _: &MessageId) -> Result<(), SendError> {
        panic!("a fault of ours");
    }
}

async fn a_panic_costs_a_try_and_not_the_worker(scratch: Scratch) {
    let office = Office::open(&scratch).await;
    office.queue_some(1).await;
    let round = office.mailer(Arc::new(Panicking)).round().await.unwrap();
    assert_eq!(round, Round { unrecorded: 1, ..Round::default() });
    office.pass(MINUTE * 6);
    assert_eq!(office.mailer(Told::new(Ok(()))).round().await.unwrap().sent, 1);
}

crate::testing::on_both_engines! {
    a_mail_that_is_no_longer_true_is_not_sent
    a_refused_recipient_is_given_up_at_once
    a_mail_is_tried_until_its_end_and_not_after
    an_author_may_be_unable_now_or_for_good
    a_relay_that_is_down_is_left_alone_for_a_while
    an_answer_about_a_mail_says_that_the_relay_works
    several_workers_send_every_mail_once
    a_running_worker_hears_calls_and_finishes_what_it_began
    a_panic_costs_a_try_and_not_the_worker
}
