//! Accounts from outside: one story per promise, always on both engines.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod coming_in;
mod endings;
mod factors;
mod house;
mod links;
mod mail_table;
mod people;
mod sessions;
mod trail;

/// Stamps out a test per story and engine.
macro_rules! on_both_engines {
    ($($story:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() { super::$story(storekit::testing::Scratch::sqlite()).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() { super::$story(storekit::testing::Scratch::postgres().await).await; })*
        }
    };
}

pub(crate) use on_both_engines;
