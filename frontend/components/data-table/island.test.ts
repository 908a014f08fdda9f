import { beforeEach, expect, test } from "vitest";
import { folded, startTableFilter } from "./island.ts";

const find = <E extends HTMLElement>(selector: string): E => document.querySelector(selector) as E;
const shown = (): string[] =>
  [...document.querySelectorAll<HTMLElement>("tbody tr")].filter((row) => !row.hidden).map((row) => row.id);

function type(words: string): void {
  find<HTMLInputElement>("input").value = words;
  find("input").dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(() => {
  document.body.innerHTML = `<div id="f" data-table="t" data-count="{shown} von {all}" hidden><input><p role="status"></p></div>
    <table id="t"><thead><tr><th>Köln</th></tr></thead><tbody><tr id="a"><td>Haus Köln</td></tr><tr id="b"><td>Haus Kiel</td></tr></tbody></table>`;
  startTableFilter(find("#f"));
});

test("the filter shows itself and hides rows that lack a word, never the heading", () => {
  expect(find("#f").hidden).toBe(false);
  type("haus koln");
  expect(shown()).toEqual(["a"]);
  expect(find("thead tr").hidden).toBe(false);
  expect(find("[role=status]").textContent).toBe("1 von 2");
  type("");
  expect(shown()).toEqual(["a", "b"]);
  expect(find("[role=status]").textContent).toBe("");
});

test("enter in the filter does not send a form around it", () => {
  const event = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
  find("input").dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
});

test("without its table the filter stays away", () => {
  document.body.innerHTML = `<div id="f" data-table="t" hidden><input><p role="status"></p></div>`;
  startTableFilter(find("#f"));
  expect(find("#f").hidden).toBe(true);
});

test("letters are compared without case and marks", () => {
  expect(folded("ÄÖÜ Ça")).toBe("aou ca");
});
