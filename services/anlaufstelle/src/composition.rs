//! Puts the services together into one process.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use axum::Router;
use finder::{
    app::{AppState, Parts},
    import::FileReader,
    live::Live,
    store::Store,
};
use kernel::{Clock, Lang, RandomIds};
use minijinja::value::Serde;
use search_index::Lexicon;
use webkit::{
    assets::{self, Assets},
    catalogue::Catalogue,
    pages::{Ingredients, Pages},
};

use crate::{cli::Arguments, config::Config, stores::place, words::Words};

/// What every command needs: the directory and the words.
pub(crate) struct Ground {
    /// The directory, migrated to this version.
    pub(crate) store: Arc<dyn Store>,
    /// Topics and words, the bundled ones or the operator's.
    pub(crate) lexicon: Arc<Lexicon>,
    /// The configuration.
    pub(crate) config: Config,
}

impl Ground {
    /// Opens what the arguments name.
    pub(crate) async fn open(arguments: &Arguments) -> anyhow::Result<Self> {
        let config = Config::load(arguments.config.as_deref(), &arguments.data)?;
        std::fs::create_dir_all(&arguments.data)
            .with_context(|| format!("the data folder {} cannot be made", arguments.data.display()))?;
        let place = place(arguments, finder::store::SERVICE);
        let store = finder::store::open(&place.address).await.context("the directory cannot be opened")?;
        let lexicon = match &config.lexicon {
            Some(folder) => Lexicon::from_dir(folder).context("the lexicon cannot be used")?,
            None => Lexicon::bundled(),
        };
        Ok(Self { store, lexicon, config })
    }

    /// Opens a directory that must be there: a mistyped folder is not made, and not reported as an empty directory.
    pub(crate) async fn open_existing(arguments: &Arguments) -> anyhow::Result<Self> {
        if arguments.store.is_none() && !database(&arguments.data).exists() {
            let words = Words::new(arguments.lang)?;
            let folder = arguments.data.display().to_string();
            anyhow::bail!(words.say_with("cli-no-directory", [("folder", folder)]));
        }
        Self::open(arguments).await
    }

    /// The index of this directory, kept in the data folder.
    pub(crate) fn live(&self, data: &Path) -> Arc<Live> {
        Live::new(self.store.clone(), self.lexicon.clone(), data.join("index"))
    }
}

fn database(data: &Path) -> PathBuf {
    data.join("finder.db")
}

/// The finder's pages with everything they are made of.
pub(crate) fn pages(config: &Config, assets: Arc<Assets>, langs: Vec<Lang>) -> anyhow::Result<Pages> {
    let mut messages = webkit::shared::messages();
    messages.extend(finder::web::messages());
    messages.extend(accounts::web::messages());
    messages.extend(booking::web::messages());
    messages.extend(chat::web::messages());
    let mut templates = webkit::shared::templates();
    templates.extend(finder::web::templates());
    templates.extend(accounts::web::templates());
    templates.extend(booking::web::templates());
    templates.extend(chat::web::templates());
    let catalogue = Arc::new(Catalogue::new(&messages)?);
    let site =
        minijinja::context! { calls => config.calls.on, ..minijinja::Value::from(Serde(&config.site)) };
    Ok(Pages::new(Ingredients { templates, catalogue, assets, site, langs })?)
}

/// What the API of all services is.
pub(crate) fn api() -> utoipa::openapi::OpenApi {
    let mut document = finder::api::openapi();
    document.merge(booking::api::openapi());
    document.merge(chat::api::openapi());
    document
}

/// All pages for seekers and all answers for programs.
pub(crate) fn public(app: AppState, assets: Arc<Assets>) -> Router {
    let langs = app.pages().langs().to_vec();
    webkit::language::in_languages(&finder::web::routes(), &langs)
        .merge(finder::web::root_routes())
        .merge(finder::api::routes())
        .with_state(app)
        .merge(assets::routes(assets))
}

/// The finder's state.
pub(crate) fn finder(
    ground: &Ground,
    live: Arc<Live>,
    pages: Pages,
    clock: Arc<dyn Clock>,
    data: &Path,
) -> anyhow::Result<AppState> {
    Ok(AppState::new(Parts {
        store: ground.store.clone(),
        live,
        pages,
        site: ground.config.site.clone(),
        clock,
        ids: Arc::new(RandomIds),
        data: data.to_owned(),
        child: FileReader::new(std::env::current_exe()?),
    }))
}
