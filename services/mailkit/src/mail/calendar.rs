//! Calendar files that come with a mail.

/// A calendar file (RFC 5545) with the method (RFC 5546) its mail part has to name.
#[derive(Clone, PartialEq, Eq)]
pub struct CalendarFile {
    name: String,
    method: CalendarMethod,
    text: String,
}

/// What a calendar program is to do with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarMethod {
    /// Show an appointment; nobody is asked for an answer.
    Publish,
    /// Enter or update an appointment.
    Request,
    /// Take an appointment out.
    Cancel,
}

/// The text cannot be attached: a fault of the program that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarProblem {
    /// File names consist of lower-case ASCII letters, digits and hyphens and end in `.ics`.
    #[error("the name of a calendar file consists of a-z, 0-9 and - and ends in .ics")]
    Name,
    /// The file does not begin with BEGIN:VCALENDAR, names another method, or is longer than 64 KiB.
    #[error("this is no calendar file with that method")]
    Text,
}

impl CalendarMethod {
    /// As it stands in the file and in the header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

impl CalendarFile {
    /// A file to attach.
    ///
    /// # Errors
    /// [`CalendarProblem`] when name or text would confuse a mail program.
    pub fn new(name: &str, method: CalendarMethod, text: String) -> Result<Self, CalendarProblem> {
        let stem = name.strip_suffix(".ics").ok_or(CalendarProblem::Name)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if stem.is_empty() || stem.len() > 60 || !stem.bytes().all(plain) {
            return Err(CalendarProblem::Name);
        }
        let named = format!("METHOD:{}", method.as_str());
        let says_so = text.lines().any(|line| line == named);
        if !text.starts_with("BEGIN:VCALENDAR\r\n") || !says_so || text.len() > 64 * 1024 {
            return Err(CalendarProblem::Text);
        }
        Ok(Self { name: name.to_owned(), method, text })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The method.
    pub fn method(&self) -> CalendarMethod {
        self.method
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl std::fmt::Debug for CalendarFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CalendarFile(…)")
    }
}
