// Links in mails carry their secret behind the "#", which browsers send to nobody. This takes it from there into the form
// and looks it up; by hand one pastes the link. Looking up changes nothing, so it may happen by itself, once.

/** Fills the field named by `data-field` from the address and sends the form. */
export function startFragment(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const field = document.getElementById(form.dataset["field"] ?? "");
  const secret = location.hash.slice(1);
  form.dataset["started"] = "";
  if (!(field instanceof HTMLInputElement) || !/^[\w.~-]{16,}$/.test(secret)) return;
  // Out of the address bar and the history, before anything else is loaded or sent.
  history.replaceState(null, "", location.pathname + location.search);
  field.value = secret;
  // A page that came back with an error is not sent again: the person decides.
  if (!("tried" in form.dataset)) form.requestSubmit();
}
