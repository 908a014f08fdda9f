//! What the operator says about the installation: it stands on the imprint, the footer and the statements.

use serde::{Deserialize, Serialize};

/// The installation's own words. Templates see it as the global `site`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// The name in the header and the page titles. Neutral on purpose: it may be seen over a shoulder.
    pub name: String,
    /// The public address without a trailing slash (`https://anlaufstelle.example`), for vCards and structured data;
    /// empty leaves those links out.
    pub base_url: String,
    /// The neutral page the quick exit leads to.
    pub exit_url: String,
    /// Whether the directory is the fictional demonstration one; every page then says so.
    pub demo: bool,
    /// Who runs the installation; `None` until the operator has filled it in, which the pages then say plainly.
    pub operator: Option<Operator>,
    /// Whom to write to about barriers and wrong entries; falls back to the operator's address.
    pub feedback_email: Option<String>,
    /// The body that settles disputes about accessibility, with its address.
    pub conciliation: Option<Conciliation>,
}

/// Who runs the installation (§ 5 DDG, Art. 13 DSGVO).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// The body's full name.
    pub name: String,
    /// Street, postcode and town, one line each.
    pub address: Vec<String>,
    /// Who may sign for it.
    #[serde(default)]
    pub represented_by: Option<String>,
    /// Mail address.
    pub email: String,
    /// Phone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Mail address of the data protection officer.
    #[serde(default)]
    pub data_protection_email: Option<String>,
    /// The data protection authority people can complain to.
    #[serde(default)]
    pub data_protection_authority: Option<String>,
}

/// A conciliation body (§ 16 BGG or the Land's).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conciliation {
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: "Anlaufstelle".into(),
            base_url: String::new(),
            exit_url: "https://www.dwd.de/".into(),
            demo: false,
            operator: None,
            feedback_email: None,
            conciliation: None,
        }
    }
}
