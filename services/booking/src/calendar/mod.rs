//! Calendar files: appointments told to calendars, and busy times read from them.
