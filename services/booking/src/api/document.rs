//! Booking's part of the OpenAPI document, made from the handlers themselves.

use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, SecurityScheme},
};

use super::{book, own, slots};

#[derive(OpenApi)]
#[openapi(
    paths(slots::get, book::post, own::get, own::patch, own::delete),
    modifiers(&Pin),
    tags((name = "booking", description = "Booking an appointment without an account. What a person says is sealed and \
        deleted after the appointment. Bodies may be at most 16,384 bytes long; unknown fields are refused."))
)]
struct Document;

/// The PIN as a credential.
struct Pin;

impl Modify for Pin {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let description = "`PIN ` and the four digits of the receipt, as in `Authorization: PIN 1234`. The header is one that \
                           proxies and caches keep to themselves; the scheme is our own, because the PIN is neither a \
                           password of an account nor worth anything without the code.";
        let key = ApiKeyValue::with_description("Authorization", description);
        let scheme = SecurityScheme::ApiKey(ApiKey::Header(key));
        document.components.get_or_insert_default().add_security_scheme("pin", scheme);
    }
}

/// Booking's part of the document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
