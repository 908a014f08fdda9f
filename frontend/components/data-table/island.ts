// Narrows the rows that are on the page; nothing is asked of the server, nothing is kept.

/** Shows the filter and hides the rows of the table named by `data-table` that lack one of the words. */
export function startTableFilter(filter: HTMLElement): void {
  const table = document.getElementById(filter.dataset["table"] ?? "");
  const input = filter.querySelector("input");
  const status = filter.querySelector("[role=status]");
  if (!(table instanceof HTMLTableElement) || !input || !status) return;
  const rows = Array.from(table.querySelectorAll<HTMLElement>("tbody > tr"));

  const narrow = (): void => {
    const words = folded(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = folded(row.textContent ?? "");
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    const count = (filter.dataset["count"] ?? "")
      .replace("{shown}", String(shown))
      .replace("{all}", String(rows.length));
    status.textContent = words.length > 0 ? count : "";
  };

  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    // The field may stand inside a form, which typing here must not send.
    if (event.key === "Enter") event.preventDefault();
  });
  filter.hidden = false;
  filter.dataset["started"] = "";
  // Coming back, the browser may have put the words in again.
  narrow();
}

/** Letters without case and marks: “koln” finds “Köln”. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}
