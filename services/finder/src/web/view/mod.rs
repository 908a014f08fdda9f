//! What pages show, worked out from directory records by pure functions: no clock, no store, no wording.

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

pub use area::{AreaGroup, AreaNames, AreaView, areas_in_words};
pub use contact::{ContactView, Link, contacts, mail_with_subject, phone, web_link};
pub use date::{date_in_words, time_in_words};
pub use distance::distance_in_words;
pub use facts::{AccessView, access_facts, mode_in_words, modes_in_words};
pub use hit::{AddressView, HitView, hit_view};
pub use language::{LanguageName, LanguageOption, is_known_language, language_name, language_names, language_options};
pub use map::{MapView, is_approximate, map_of_centre, map_of_hits};
pub use opening::{NextOpening, OpeningToday, berlin, next_opening, opening_today, spans_on};
pub use page_links::{PageLink, page_links};
pub use place::{PlaceLink, place_label, place_links};
pub use reason::{ReasonView, reasons_in_words};
pub use topic::{TopicLink, TopicOption, featured_topics, narrower_topics, topic_links, topic_options};
pub use week::{ExceptionView, SpanView, WeekDay, exceptions, week};
