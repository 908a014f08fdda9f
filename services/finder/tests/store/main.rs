//! The store's contract: one story per promise, always on both engines.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod changes;
mod damage;
mod imports;
mod layers;
mod places;
mod regrouping;
mod samples;

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
