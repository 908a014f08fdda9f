// Seeing what one types helps more people than it harms; it is hidden again before it is sent.

/** Shows a button that turns the password field named by `data-field` readable and back. */
export function startReveal(button: HTMLElement): void {
  const field = document.getElementById(button.dataset["field"] ?? "");
  const words = button.querySelector(".kern-label");
  if (!(field instanceof HTMLInputElement) || !words) return;
  const show = words.textContent;
  const hide = button.dataset["hide"] ?? "";

  const turn = (readable: boolean): void => {
    field.type = readable ? "text" : "password";
    words.textContent = readable ? hide : show;
    // The name of the button stays; pressed or not says the rest.
    button.setAttribute("aria-pressed", String(readable));
  };

  button.addEventListener("click", () => turn(field.type === "password"));
  field.form?.addEventListener("submit", () => turn(false));
  button.hidden = false;
  button.dataset["started"] = "";
}
