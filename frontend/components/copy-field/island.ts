// Copies a field's value; where the browser does not let it, the text is marked and the person copies it.

/** Shows a button that copies the field named by `data-field` and says so with the words of `data-done`. */
export function startCopy(button: HTMLElement): void {
  const field = document.getElementById(button.dataset["field"] ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  const status = field.closest(".field")?.querySelector("[role=status]");

  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      if (status) status.textContent = button.dataset["done"] ?? "";
    } catch {
      field.focus();
    }
  });
  button.hidden = false;
  button.dataset["started"] = "";
}
