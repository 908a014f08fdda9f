//! Booking's part of the OpenAPI document, made from the handlers themselves.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, SecurityScheme},
};
use webkit::staff::SESSION_COOKIE;

use super::{book, own, slots, staff};

#[derive(OpenApi)]
#[openapi(
    paths(slots::get, book::post, own::get, own::patch, own::delete),
    modifiers(&Credentials),
    tags((name = "booking", description = "Booking an appointment without an account. What a person says is sealed and \
        deleted after the appointment. Bodies may be at most 16,384 bytes long; unknown fields are refused."))
)]
struct Document;

/// The PIN of a seeker and the session of staff.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let description = "`PIN ` and the four digits of the receipt, as in `Authorization: PIN 1234`. The header is one that \
                           proxies and caches keep to themselves; the scheme is our own, because the PIN is neither a \
                           password of an account nor worth anything without the code.";
        let key = ApiKeyValue::with_description("Authorization", description);
        let pin = SecurityScheme::ApiKey(ApiKey::Header(key));
        let description = "The session of somebody who is signed in at the workplace.";
        let key = ApiKeyValue::with_description(SESSION_COOKIE, description);
        let session = SecurityScheme::ApiKey(ApiKey::Cookie(key));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("pin", pin);
        components.add_security_scheme("session", session);
    }
}

/// Booking's part of the document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.merge(staff::Document::openapi());
    document
}
