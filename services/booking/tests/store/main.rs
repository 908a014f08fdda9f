//! What the store promises, on both engines.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod alone;
mod calendars;
mod crowd;
mod history;
mod life;
mod order;
mod people;
mod requests;
mod statistics;
mod waiting;

macro_rules! on_both_engines {
    ($($promise:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(super::House::sqlite().await).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(super::House::postgres().await).await; })*
        }
    };
}

use on_both_engines;
