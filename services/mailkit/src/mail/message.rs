//! A mail on the wire: a fixed set of headers and the text, all of it ASCII.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    Address, Message,
    message::{
        Attachment as FilePart, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use super::{Attachment, CalendarFile, Mail, MessageId};
use crate::{DisplayName, MailAddress};

/// Who a mail is from.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    /// The address, also in the envelope.
    pub(crate) address: MailAddress,
    /// The name before it.
    pub(crate) name: Option<DisplayName>,
}

/// Writes the mail with exactly these headers: From, To, Subject, Date, Message-ID, Auto-Submitted, MIME-Version and
/// Content-*. No User-Agent, nothing about this machine. `None` if the library refuses it, which no checked mail is
/// known to do.
pub(crate) fn format(mail: &Mail, sender: &Sender, id: &MessageId, at: Timestamp) -> Option<Vec<u8>> {
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let builder = Message::builder()
        .from(mailbox(&sender.address, sender.name.as_ref())?)
        .to(mailbox(mail.to(), mail.to_name())?)
        .subject(mail.subject())
        .date(system_time(at))
        .message_id(Some(id.as_str().to_owned()))
        .raw_header(HeaderValue::new(automatic, String::from("auto-generated")));
    // the library ends the part with a line end of its own
    let text = mail.body().strip_suffix("\r\n").unwrap_or(mail.body());
    let text = SinglePart::plain(text.to_owned());
    let message = if mail.attachments().is_empty() {
        builder.singlepart(text)
    } else {
        // the boundary follows from the id, so that a second copy is the same mail
        let parts = MultiPart::mixed().boundary(format!("={}=", id.left())).singlepart(text);
        let add = |parts: MultiPart, attachment: &Attachment| match attachment {
            Attachment::Calendar(file) => Some(parts.singlepart(calendar_part(file)?)),
        };
        builder.multipart(mail.attachments().iter().try_fold(parts, add)?)
    };
    Some(message.ok()?.formatted())
}

/// The address as the library wants it.
pub(crate) fn address(address: &MailAddress) -> Option<Address> {
    address.as_str().parse().ok()
}

fn mailbox(to: &MailAddress, name: Option<&DisplayName>) -> Option<Mailbox> {
    Some(Mailbox::new(name.map(|name| name.as_str().to_owned()), address(to)?))
}

fn calendar_part(file: &CalendarFile) -> Option<SinglePart> {
    let kind = format!("text/calendar; charset=utf-8; method={}", file.method().as_str());
    let kind = ContentType::parse(&kind).ok()?;
    Some(FilePart::new(file.name().to_owned()).body(file.text().to_owned(), kind))
}

fn system_time(at: Timestamp) -> SystemTime {
    let seconds = u64::try_from(at.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}
