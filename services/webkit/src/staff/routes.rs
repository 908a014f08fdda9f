//! The routes of staff pages, declared with what each of them needs.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::Method,
    routing::{MethodFilter, on},
};

use super::NavItem;

/// What a person must hold to use a route, apart from the object it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Need {
    /// Nothing: sign-in, invitation, set-up.
    Open,
    /// Being signed in.
    SignedIn,
    /// [`super::AdminSession`].
    Administrator,
    /// [`super::ImportSession`].
    Importer,
    /// [`super::CentreSession`] where the address names a centre; else the management of any.
    CentreEditor,
    /// [`super::PeopleSession`].
    People,
    /// [`super::TeamSession`] where the address names a centre; else work at any.
    Team,
}

/// One route as declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRoute {
    /// Its method.
    pub method: Method,
    /// Its address as a template.
    pub path: &'static str,
    /// What it needs.
    pub need: Need,
}

/// Staff routes of a service. The table feeds the test that walks every route as every role.
pub struct StaffRoutes<S> {
    forms: Router<S>,
    uploads: Router<S>,
    table: Vec<StaffRoute>,
    nav: Vec<NavItem>,
}

/// Routes taken apart, to be mounted.
pub struct StaffRouter<S> {
    /// Pages and forms, or what programs ask for.
    pub forms: Router<S>,
    /// Routes whose body is limited by themselves.
    pub uploads: Router<S>,
    /// All of them.
    pub table: Vec<StaffRoute>,
    /// The service's entries of the navigation.
    pub nav: Vec<NavItem>,
}

impl<S: Clone + Send + Sync + 'static> StaffRoutes<S> {
    /// No routes.
    pub fn new() -> Self {
        Self { forms: Router::new(), uploads: Router::new(), table: Vec::new(), nav: Vec::new() }
    }

    /// A page.
    #[must_use]
    pub fn get<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.on(Method::GET, path, need, handler)
    }

    /// A change.
    #[must_use]
    pub fn post<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.on(Method::POST, path, need, handler)
    }

    /// A document that is replaced, for programs: pages cannot send it.
    #[must_use]
    pub fn put<H: Handler<T, S>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Self {
        self.on(Method::PUT, path, need, handler)
    }

    /// A change that takes files; the handler limits them itself with [`super::StaffUpload::read`].
    #[must_use]
    pub fn upload<H: Handler<T, S>, T: 'static>(
        mut self,
        path: &'static str,
        need: Need,
        handler: H,
    ) -> Self {
        let method = on(MethodFilter::POST, handler).layer(DefaultBodyLimit::disable());
        self.uploads = self.uploads.route(path, method);
        self.table.push(StaffRoute { method: Method::POST, path, need });
        self
    }

    /// An entry of the navigation.
    #[must_use]
    pub fn nav(mut self, item: NavItem) -> Self {
        self.nav.push(item);
        self
    }

    /// These and those.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.forms = self.forms.merge(other.forms);
        self.uploads = self.uploads.merge(other.uploads);
        self.table.extend(other.table);
        self.nav.extend(other.nav);
        self
    }

    /// The routes, to be mounted behind [`super::guard`].
    pub fn into_router(self) -> StaffRouter<S> {
        StaffRouter { forms: self.forms, uploads: self.uploads, table: self.table, nav: self.nav }
    }

    fn on<H: Handler<T, S>, T: 'static>(
        mut self,
        method: Method,
        path: &'static str,
        need: Need,
        handler: H,
    ) -> Self {
        let filter = match method {
            Method::GET => MethodFilter::GET,
            Method::PUT => MethodFilter::PUT,
            _ => MethodFilter::POST,
        };
        self.forms = self.forms.route(path, on(filter, handler));
        self.table.push(StaffRoute { method, path, need });
        self
    }
}

impl<S: Clone + Send + Sync + 'static> Default for StaffRoutes<S> {
    fn default() -> Self {
        Self::new()
    }
}
