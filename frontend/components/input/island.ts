// Type-ahead over an existing field: a WAI-ARIA combobox with a listbox, manual selection. It stores nothing, and every
// word a person can read or hear comes from the server (data attributes and answers).

const WAIT_MS = 150;

interface Suggestion {
  readonly text: string;
  readonly value: string;
  readonly detail: string | null;
}

/** Turns an input with `data-source` (address up to the prefix) into a combobox. */
export function startTypeahead(element: HTMLElement): void {
  const source = element.dataset["source"];
  if (!(element instanceof HTMLInputElement) || !source) return;
  const input = element;

  const wrapper = document.createElement("div");
  wrapper.className = "typeahead";
  const list = document.createElement("ul");
  list.className = "typeahead__list";
  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset["list"] ?? "");
  const status = document.createElement("div");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  // Somebody may be typing already when a slow line delivers the script: moving the field would take the focus away.
  const wasFocused = document.activeElement === input;
  input.replaceWith(wrapper);
  wrapper.append(input, list, status);
  if (wasFocused) input.focus();

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  let suggestions: readonly Suggestion[] = [];
  let active = -1;
  let timer: number | undefined;
  let request: AbortController | undefined;

  const options = (): HTMLElement[] => Array.from(list.children) as HTMLElement[];

  const stop = (): void => {
    clearTimeout(timer);
    request?.abort();
  };

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const activate = (index: number): void => {
    active = index;
    options().forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
    });
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const choose = (index: number): void => {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    stop();
    input.value = suggestion.value;
    status.textContent = "";
    close();
  };

  const say = (count: number): void => {
    const { none = "", one = "", many = "" } = input.dataset;
    status.textContent = count === 0 ? none : count === 1 ? one : many.replace("{n}", String(count));
  };

  const show = (found: readonly Suggestion[]): void => {
    suggestions = found;
    list.textContent = "";
    list.append(...found.map((suggestion, index) => optionFor(suggestion, `${list.id}-${index}`)));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    say(found.length);
  };

  const ask = async (): Promise<void> => {
    const prefix = input.value.trim();
    request?.abort();
    if (prefix === "") {
      status.textContent = "";
      close();
      return;
    }
    request = new AbortController();
    try {
      const { signal } = request;
      const answer = await fetch(source + encodeURIComponent(prefix), { signal, credentials: "omit" });
      const found = answer.ok ? suggestionsIn(await answer.json()) : [];
      if (!signal.aborted && document.activeElement === input) show(found);
    } catch {
      // Aborted, offline or not JSON: the field goes on working as a plain field.
      close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT_MS);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = suggestions.length;
    const open = !list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One position past the end is the field itself, so that a person can go back to what they typed.
      const positions = count + 1;
      const next = open ? ((active + 1 + step + positions) % positions) - 1 : step === 1 ? 0 : count - 1;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      activate(next);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab" || event.key === "Enter") {
      stop();
      close();
    }
  });

  // Pressing must not take the focus from the field, or the list would close before the choice counts.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (option) choose(options().indexOf(option));
  });
  input.addEventListener("blur", () => {
    stop();
    close();
  });
  input.dataset["started"] = "";
}

function optionFor(suggestion: Suggestion, id: string): HTMLElement {
  const option = document.createElement("li");
  option.id = id;
  option.className = "typeahead__option";
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.append(isolated(suggestion.text));
  if (suggestion.detail) {
    const detail = document.createElement("span");
    detail.className = "typeahead__detail";
    detail.append(isolated(suggestion.detail));
    option.append(" ", detail);
  }
  return option;
}

function isolated(text: string): HTMLElement {
  const bdi = document.createElement("bdi");
  bdi.textContent = text;
  return bdi;
}

/** The suggestions of an answer; anything that has another shape is left out. */
export function suggestionsIn(answer: unknown): Suggestion[] {
  const list = (answer as { suggestions?: unknown } | null)?.suggestions;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: Partial<Record<string, unknown>> | null) => {
    const { text, value, detail } = entry ?? {};
    if (typeof text !== "string" || typeof value !== "string") return [];
    return [{ text, value, detail: typeof detail === "string" ? detail : null }];
  });
}
