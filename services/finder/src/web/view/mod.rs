//! What pages show, worked out from directory records by pure functions: no clock, no store, no wording.

mod appointment;
mod area;
mod contact;
mod date;
mod distance;
mod facts;
mod hit;
mod language;
mod map;
mod opening;
mod page_links;
mod place;
mod reason;
mod topic;
mod week;

pub(crate) use appointment::{AppointmentView, appointment_view};
pub(crate) use area::{AreaNames, AreaView, areas_in_words};
pub(crate) use contact::{ContactView, Link, contacts, mail_with_subject, phone, web_link};
pub(crate) use date::{date_in_words, time_in_words};
pub(crate) use distance::distance_in_words;
pub(crate) use facts::{AccessView, access_facts, mode_in_words, modes_in_words};
pub(crate) use hit::{AddressView, HitContext, HitView, hit_view};
pub(crate) use language::{is_known_language, language_name, language_names, language_options};
pub(crate) use map::{MapView, is_approximate, map_of_centre, map_of_hits};
pub(crate) use opening::{OpeningToday, berlin, opening_today};
pub(crate) use page_links::{PageLink, page_links};
pub(crate) use place::{PlaceLink, place_label, place_links};
pub(crate) use reason::{ReasonView, reasons_in_words};
pub(crate) use topic::{TopicLink, featured_topics, narrower_topics, topic_links, topic_options};
pub(crate) use week::{ExceptionView, WeekDay, exceptions, week};
