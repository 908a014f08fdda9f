// Typed and not sent: the browser asks, in its own words, before the page is left.

/** Watches a form; `data-changed` says that the page came back from the server with what was typed. */
export function startUnsaved(form: HTMLElement): void {
  let changed = form.dataset["changed"] !== undefined;

  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!changed) return;
    event.preventDefault();
    // What browsers before 2023 understand.
    event.returnValue = true;
  });
  form.dataset["started"] = "";
}
