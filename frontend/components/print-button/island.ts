/** Shows a button that opens the browser's print dialogue. */
export function startPrint(button: HTMLElement): void {
  button.addEventListener("click", () => print());
  button.hidden = false;
  button.dataset["started"] = "";
}
