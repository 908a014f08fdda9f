//! Why a staff page does not open.

use axum::{
    extract::OriginalUri,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{error::PageError, language};

/// Why a request of staff is not carried out.
#[derive(Debug)]
pub enum StaffRejection {
    /// Nobody is signed in: a page leads to the sign-in and back.
    SignInFirst {
        /// The sign-in page's address with the way back.
        href: String,
    },
    /// Nobody is signed in any more, and what was sent cannot be carried over; or a program asks.
    SignInAndRepeat,
    /// The same answer as for an address that does not exist.
    NotAllowed,
    /// The form was not sent from a page of this session.
    NotFromHere,
    /// The body is not what the form sends.
    Malformed,
    /// The body is larger than the form can be.
    TooLarge,
    /// Sessions cannot be checked at the moment.
    Unavailable,
}

impl StaffRejection {
    pub(super) fn sign_in_first(parts: &Parts) -> Self {
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let (lang, path) = language::split(uri);
        // a program is not led to a page
        if !parts.method.is_safe() || path.starts_with("/api/") {
            return Self::SignInAndRepeat;
        }
        let back = uri.path_and_query().map_or("/", |path| path.as_str());
        let back = utf8_percent_encode(back, NON_ALPHANUMERIC);
        Self::SignInFirst { href: format!("{}/anmelden?weiter={back}", lang.path_prefix()) }
    }
}

impl From<StaffRejection> for PageError {
    fn from(rejection: StaffRejection) -> Self {
        match rejection {
            StaffRejection::SignInFirst { .. } | StaffRejection::SignInAndRepeat => Self::SignInFirst,
            StaffRejection::NotAllowed => Self::NotFound,
            StaffRejection::NotFromHere => Self::Forbidden,
            StaffRejection::Malformed => Self::BadRequest,
            StaffRejection::TooLarge => Self::TooLarge,
            StaffRejection::Unavailable => Self::Unavailable,
        }
    }
}

impl IntoResponse for StaffRejection {
    fn into_response(self) -> Response {
        match self {
            Self::SignInFirst { href } => Redirect::to(&href).into_response(),
            other => PageError::from(other).into_response(),
        }
    }
}
