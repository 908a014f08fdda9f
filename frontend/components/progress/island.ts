// Live progress: the page's own address is asked again and the element of the same id takes the new state over. A screen
// reader hears a new state only when another tenth is done.

import { pageAt } from "../../islands/page-at.ts";

const EVERY_MS = 2000;

/** Keeps an element with `data-src` up to date until the server's own copy has no `data-src` any more, or is gone; then opens it. */
export function startProgress(element: HTMLElement): void {
  const source = element.dataset["src"];
  if (!source) return;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  element.append(status);
  element.dataset["started"] = "";
  let tenth = tenthDone(element);

  const ask = async (): Promise<void> => {
    const page = await pageAt(source);
    const state = page?.getElementById(element.id);
    if (page && state?.dataset["src"] === undefined) {
      // Nothing runs there any more, with or without a bar that says so.
      location.assign(source);
      return;
    }
    if (state) {
      element.dataset["started"] = "";
      takeOver(element, state);
      const now = tenthDone(element);
      if (now !== tenth) {
        tenth = now;
        status.textContent = element.querySelector(".progress__words")?.textContent ?? "";
      }
    } else {
      // No answer, or led elsewhere (signed out meanwhile): the next try may succeed, and the link for hand is back.
      element.removeAttribute("data-started");
    }
    setTimeout(ask, EVERY_MS);
  };
  setTimeout(ask, EVERY_MS);
}

function takeOver(element: HTMLElement, state: HTMLElement): void {
  for (const part of [".progress__words", "label"]) {
    const [now, next] = [element.querySelector(part), state.querySelector(part)];
    if (now && next) now.textContent = next.textContent;
  }
  const [bar, next] = [element.querySelector("progress"), state.querySelector("progress")];
  if (!bar || !next) return;
  for (const name of ["value", "max"]) {
    const value = next.getAttribute(name);
    if (value === null) bar.removeAttribute(name);
    else bar.setAttribute(name, value);
  }
}

function tenthDone(element: HTMLElement): number {
  const bar = element.querySelector("progress");
  const [value, max] = [Number(bar?.getAttribute("value") ?? 0), Number(bar?.getAttribute("max") ?? 1)];
  return max > 0 ? Math.floor((10 * value) / max) : 0;
}
