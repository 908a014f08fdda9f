//! Walks the directory page by page.

use super::{ExportError, Exporter};
use crate::{
    import::{Progress, Stage},
    store::Store,
};

/// Centres read at a time.
const PAGE: u32 = 500;

/// What to export.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// Only centres of this source.
    pub source: Option<String>,
}

/// Writes all centres in the order of their ids; answers how many there were.
///
/// # Errors
/// [`ExportError`] when the store does not answer or the output cannot be written. What was written by then is not a
/// whole export.
pub async fn export_centres(
    store: &dyn Store,
    options: &ExportOptions,
    exporter: &mut (dyn Exporter + Send),
    progress: &dyn Progress,
) -> Result<u64, ExportError> {
    let total = store.count().await?;
    let (mut seen, mut written) = (0u64, 0u64);
    let mut last: Option<String> = None;
    loop {
        let page = store.centres_after(last.as_deref(), PAGE).await?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        for centre in
            page.iter().filter(|centre| options.source.as_ref().is_none_or(|wanted| *wanted == centre.source))
        {
            exporter.centre(centre)?;
            written += 1;
        }
        seen += page.len() as u64;
        progress.step(Stage::Walking, seen, total);
    }
    exporter.finish()?;
    Ok(written)
}
