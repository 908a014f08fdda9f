//! The cookies of staff. People seeking help get none.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::Secret;
use webkit::staff::SESSION_COOKIE;

/// Marks a browser that signed in before, for the notice of a new browser and for its own allowance of mistakes.
pub(super) const DEVICE: &str = "__Host-device";
/// The half of a passkey ceremony that the browser holds.
pub(super) const CEREMONY: &str = "__Host-passkey";
/// The half of a single sign-on that the browser holds.
pub(super) const SINGLE_SIGN_ON: &str = "__Host-sso";

/// As long as browsers keep a cookie at most.
const DEVICE_SECONDS: u32 = 400 * 24 * 60 * 60;
const CEREMONY_SECONDS: u32 = 5 * 60;

// `SameSite=Lax` for all of them, not `Strict`: the way back from single sign-on begins at the provider, and a browser
// sends no strict cookie along a chain of redirects that another site began. The person would arrive signed out, and as
// an unknown browser. Changes are protected by their origin and the form's token, not by the cookie.
const ATTRIBUTES: &str = "; Path=/; Secure; HttpOnly; SameSite=Lax";

/// Puts a session into the answer; the browser forgets it when it is closed.
pub(super) fn set_session(headers: &mut HeaderMap, value: &Secret<String>) {
    set(headers, SESSION_COOKIE, value.expose(), None);
}

/// Marks the browser as known.
pub(super) fn set_device(headers: &mut HeaderMap, value: &Secret<String>) {
    set(headers, DEVICE, value.expose(), Some(DEVICE_SECONDS));
}

/// Puts a ticket of some minutes into the answer.
pub(super) fn set_ticket(headers: &mut HeaderMap, name: &str, value: &Secret<String>) {
    set(headers, name, value.expose(), Some(CEREMONY_SECONDS));
}

/// Takes a cookie away.
pub(super) fn remove(headers: &mut HeaderMap, name: &str) {
    set(headers, name, "", Some(0));
}

fn set(headers: &mut HeaderMap, name: &str, value: &str, seconds: Option<u32>) {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    // Tokens are letters and digits; anything else would not be ours and is left out.
    if let Ok(mut value) = HeaderValue::from_str(&format!("{name}={value}{ATTRIBUTES}{age}")) {
        value.set_sensitive(true);
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_stay_with_this_host_and_out_of_scripts() {
        let mut headers = HeaderMap::new();
        set_session(&mut headers, &Secret::new("abc".into()));
        remove(&mut headers, CEREMONY);
        let all: Vec<_> =
            headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(
            all,
            [
                "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax",
                "__Host-passkey=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0",
            ]
        );
    }
}
