//! Where a draft is among its steps, for the line above every page.

use serde::Serialize;
use webkit::{pages::Visit, staff::path_in};

use super::draft::{Draft, State, Step};

/// The steps in order, for the macro `import_steps`.
#[derive(Debug, Serialize)]
pub(crate) struct Steps(Vec<StepView>);

#[derive(Debug, Serialize)]
struct StepView {
    /// The end of the step's message id.
    code: &'static str,
    state: &'static str,
    href: Option<String>,
}

/// The steps as seen from the page of one of them. Steps that were reached can be opened again.
pub(crate) fn steps(draft: &Draft, current: Step, visit: &Visit) -> Steps {
    let reached = draft.step();
    let all = [
        ("mapping", Step::Mapping),
        ("check", Step::Check),
        ("differences", Step::Differences),
        ("apply", Step::Apply),
    ];
    let closed = matches!(draft.state, State::Applying | State::Applied);
    let mut views = vec![StepView { code: "upload", state: "done", href: None }];
    views.extend(all.into_iter().map(|(code, step)| {
        let state = match step {
            step if step == current => "current",
            step if step < reached || (step == reached && step < current) => "done",
            _ => "open",
        };
        let open = step != current && step <= reached && !closed;
        StepView { code, state, href: open.then(|| path_in(visit, &draft.path(step))) }
    }));
    Steps(views)
}
