//! Files that staff send: streamed to a temporary file, never held in memory, never named by the sender.

use std::path::PathBuf;

use axum::{
    RequestExt,
    extract::{FromRequestParts, Multipart, Request, multipart::Field},
    http::request::Parts,
};
use tempfile::TempPath;
use tokio::io::AsyncWriteExt;

use super::{Member, SignedIn, StaffRejection, fields};

/// How much is accepted.
#[derive(Debug, Clone)]
pub struct UploadLimits {
    /// Where temporary files are made.
    pub folder: PathBuf,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Number of files.
    pub files: usize,
}

/// A file that was sent.
#[derive(Debug)]
pub struct UploadedFile {
    /// The form field it came in.
    pub field: String,
    /// The last segment of the sender's name for it, to be shown in messages only.
    pub name: String,
    /// Where it lies; removed when this value is dropped.
    pub path: TempPath,
    /// How long it is.
    pub bytes: u64,
}

/// What was sent: text fields in order, and files.
#[derive(Debug)]
pub struct StaffUpload {
    /// Text fields (name, text), without the session's token.
    pub fields: Vec<(String, String)>,
    /// Files that are not empty.
    pub files: Vec<UploadedFile>,
}

/// Why an upload was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Not allowed, or not a form of ours.
    #[error("the upload is refused")]
    Rejected(StaffRejection),
    /// A file is longer than allowed.
    #[error("the file is longer than {limit} bytes")]
    TooLarge {
        /// What is allowed.
        limit: u64,
    },
    /// The disk does not take it.
    #[error("the file cannot be kept: {0}")]
    Disk(#[from] std::io::Error),
}

impl From<StaffRejection> for UploadError {
    fn from(rejection: StaffRejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl StaffUpload {
    /// Reads a multipart form whose first field is the session's token.
    ///
    /// # Errors
    /// [`UploadError::Rejected`] when nobody is signed in, the token is missing or wrong, or the form is broken.
    pub async fn read(request: Request, limits: &UploadLimits) -> Result<Self, UploadError> {
        let (mut parts, body) = request.into_parts();
        let person = person(&mut parts).await?;
        let mut form: Multipart =
            Request::from_parts(parts, body).extract().await.map_err(|_| StaffRejection::Malformed)?;
        let first = next(&mut form).await?.ok_or(StaffRejection::NotFromHere)?;
        let is_token = first.name() == Some(fields::TOKEN);
        let token = text(first).await?;
        if !is_token || !fields::is_token_of(person.identity(), &token) {
            return Err(StaffRejection::NotFromHere.into());
        }
        let mut upload = Self { fields: Vec::new(), files: Vec::new() };
        while let Some(field) = next(&mut form).await? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                if upload.fields.len() >= MOST_FIELDS {
                    return Err(StaffRejection::TooLarge.into());
                }
                upload.fields.push((name, text(field).await?));
            } else if let Some(file) = keep(name, field, limits).await? {
                if upload.files.len() >= limits.files {
                    return Err(StaffRejection::TooLarge.into());
                }
                upload.files.push(file);
            }
        }
        Ok(upload)
    }

    /// The text of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(found, _)| found == name).map(|(_, text)| text.as_str())
    }
}

/// Text fields of one form.
const MOST_FIELDS: usize = 200;
/// Bytes of one text field.
const LONGEST_TEXT: usize = 16 * 1024;

async fn person(parts: &mut Parts) -> Result<SignedIn, StaffRejection> {
    SignedIn::from_request_parts(parts, &()).await
}

async fn next(form: &mut Multipart) -> Result<Option<Field<'_>>, StaffRejection> {
    form.next_field().await.map_err(|_| StaffRejection::Malformed)
}

async fn text(mut field: Field<'_>) -> Result<String, StaffRejection> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| StaffRejection::Malformed)? {
        if bytes.len() + chunk.len() > LONGEST_TEXT {
            return Err(StaffRejection::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| StaffRejection::Malformed)
}

async fn keep(
    field_name: String,
    mut field: Field<'_>,
    limits: &UploadLimits,
) -> Result<Option<UploadedFile>, UploadError> {
    let name = shown_name(field.file_name().unwrap_or_default());
    let folder = limits.folder.clone();
    let made = tokio::task::spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        tempfile::Builder::new().prefix("upload-").tempfile_in(folder)
    });
    let (file, path) = made.await.map_err(std::io::Error::other)??.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let mut bytes = 0u64;
    while let Some(chunk) = field.chunk().await.map_err(|_| StaffRejection::Malformed)? {
        bytes += chunk.len() as u64;
        if bytes > limits.file_bytes {
            return Err(UploadError::TooLarge { limit: limits.file_bytes });
        }
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    // A browser sends a file field nobody filled as a file without name and content.
    Ok((bytes > 0 || !name.is_empty()).then_some(UploadedFile { field: field_name, name, path, bytes }))
}

/// The last segment of a file name, without what could disturb a message.
fn shown_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .filter(|c| {
            !c.is_control()
                && !matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .take(120)
        .collect()
}
