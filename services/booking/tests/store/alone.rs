//! Two programs on one database.

use booking::store::{Alone, open};
use storekit::testing::Scratch;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_program_on_one_server_is_refused_until_the_first_is_gone() {
    let scratch = Scratch::postgres().await;
    let first = open(scratch.address()).await.unwrap();
    let second = open(scratch.address()).await.unwrap();
    let alone = Alone::take(&first.database).await.unwrap().expect("a server needs a lock");
    let refused = Alone::take(&second.database).await.unwrap_err();
    assert!(refused.to_string().contains("another running program"), "{refused}");
    drop(alone);
    for _ in 0..100 {
        // the server notices the end of a connection in its own time
        if Alone::take(&second.database).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the lock outlives its program");
}

#[tokio::test]
async fn a_file_needs_no_lock_because_its_folder_of_keys_has_one() {
    let scratch = Scratch::sqlite();
    let opened = open(scratch.address()).await.unwrap();
    assert!(Alone::take(&opened.database).await.unwrap().is_none());
}
