//! What goes wrong for staff, and how the document tells it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder},
};
use webkit::{problem::Problem, staff::TeamSession};

use crate::{
    BookingError, api,
    web::{AppState, desk::around::House},
};

/// The centre that the address names.
pub(super) async fn house(app: &AppState, team: &TeamSession) -> Result<House, Problem> {
    Ok(House::of(app, named(team.centre_id())?).await?)
}

/// An id in an address; no id has a character that databases refuse.
pub(super) fn named(id: &str) -> Result<&str, Problem> {
    if id.contains('\0') { Err(Problem::of_status(StatusCode::NOT_FOUND)) } else { Ok(id) }
}

/// What the domain refuses.
pub(super) fn refused(error: BookingError) -> Problem {
    match error {
        BookingError::NotFound => Problem::new(
            StatusCode::NOT_FOUND,
            "no-such-appointment",
            "No such appointment",
            "The centre has no appointment with this id. What is over is forgotten.",
        ),
        other => api::answer::refused(other),
    }
}

/// A field whose value cannot be used.
pub(super) fn unusable(pointer: impl Into<Box<str>>, detail: impl Into<String>) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unusable-value", "Value cannot be used", detail)
        .at(pointer)
}

/// That it is a counsellor of the centre who can be booked.
pub(super) fn bookable_counsellor(house: &House, id: &str) -> Result<(), Problem> {
    match house.counsellors().into_iter().find(|one| one.value.id == id) {
        Some(one) if one.value.active => Ok(()),
        _ => Err(unusable("/counsellor", "Expected a counsellor of the centre who can be booked.")),
    }
}

/// What can be answered instead of anything to somebody who only reads.
pub(super) struct Refused;

/// What can be answered instead to somebody who sends a body.
pub(super) struct RefusedBody;

impl IntoResponses for Refused {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems([("401", "Nobody is signed in."), ("404", "There is no such thing, or it is not hers.")])
    }
}

impl IntoResponses for RefusedBody {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let more = problems([
            ("400", "The body or a header is wrong; `pointer` says where."),
            ("403", "It does not come from this site."),
            ("413", "The body is longer than 262,144 bytes."),
            ("415", "The body is not `application/json`."),
        ]);
        Refused::responses().into_iter().chain(more).collect()
    }
}

fn problems<const N: usize>(list: [(&str, &str); N]) -> BTreeMap<String, RefOr<Response>> {
    let problem = |description: &str| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        ResponseBuilder::new().description(description).content("application/problem+json", content).build()
    };
    list.into_iter().map(|(status, said)| (status.to_owned(), RefOr::T(problem(said)))).collect()
}
