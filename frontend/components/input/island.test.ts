import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startTypeahead, suggestionsIn } from "./island.ts";

const FREIBURG = { text: "79100 Freiburg im Breisgau", value: "79100", detail: "Baden-Württemberg" };
const FREIBERG = { text: "09599 Freiberg", value: "09599", detail: null };
const asked: string[] = [];
let answer: () => Promise<unknown>;

function field(): HTMLInputElement {
  return document.querySelector("input") as HTMLInputElement;
}

function listbox(): HTMLElement {
  return document.querySelector("[role=listbox]") as HTMLElement;
}

function status(): string | null | undefined {
  return document.querySelector("[role=status]")?.textContent;
}

async function type(text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(200);
}

function press(key: string): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  field().dispatchEvent(event);
  return event;
}

function chosen(): string | null | undefined {
  return document.querySelector("[aria-selected=true] bdi")?.textContent;
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answer = async () => ({ suggestions: [FREIBURG, FREIBERG] });
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    asked.push(address);
    const body = await answer();
    if (init.signal?.aborted) throw new DOMException("aborted", "AbortError");
    return { ok: true, json: async () => body };
  });
  document.body.innerHTML = `<form><input id="place" data-source="/s?kind=place&prefix=" data-list="Liste" data-one="eins" data-many="{n} da" data-none="keine"></form>`;
  startTypeahead(field());
  field().focus();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the field becomes a closed combobox that names its list", () => {
  expect(field().getAttribute("role")).toBe("combobox");
  expect(field().getAttribute("aria-controls")).toBe(listbox().id);
  expect(field().getAttribute("aria-expanded")).toBe("false");
  expect(listbox().hidden).toBe(true);
  expect(field().dataset["started"]).toBe("");
  expect(document.activeElement).toBe(field());
});

test("typing asks once for the last text, encoded", async () => {
  field().value = "Fr";
  field().dispatchEvent(new Event("input"));
  await vi.advanceTimersByTimeAsync(50);
  await type("Frei & Burg");
  expect(asked).toEqual(["/s?kind=place&prefix=Frei%20%26%20Burg"]);
  expect(field().getAttribute("aria-expanded")).toBe("true");
  expect(status()).toBe("2 da");
});

test("arrows walk through the options and over the field", async () => {
  await type("frei");
  press("ArrowDown");
  expect(chosen()).toBe(FREIBURG.text);
  expect(field().getAttribute("aria-activedescendant")).toBe(`${listbox().id}-0`);
  press("ArrowDown");
  expect(chosen()).toBe(FREIBERG.text);
  press("ArrowDown");
  expect(chosen()).toBeUndefined();
  expect(field().hasAttribute("aria-activedescendant")).toBe(false);
  press("ArrowUp");
  expect(chosen()).toBe(FREIBERG.text);
});

test("Enter takes the option and does not send the form", async () => {
  await type("frei");
  press("ArrowDown");
  expect(press("Enter").defaultPrevented).toBe(true);
  expect(field().value).toBe("79100");
  expect(listbox().hidden).toBe(true);
});

test("Enter without an option sends the form with what was typed", async () => {
  await type("frei");
  expect(press("Enter").defaultPrevented).toBe(false);
  expect(field().value).toBe("frei");
  expect(listbox().hidden).toBe(true);
});

test("Escape closes the list and keeps the text", async () => {
  await type("frei");
  press("ArrowDown");
  press("Escape");
  expect(listbox().hidden).toBe(true);
  expect(field().value).toBe("frei");
});

test("a click takes the option, and pressing keeps the focus in the field", async () => {
  await type("frei");
  const option = listbox().children[1] as HTMLElement;
  const down = new MouseEvent("mousedown", { bubbles: true, cancelable: true });
  option.dispatchEvent(down);
  expect(down.defaultPrevented).toBe(true);
  option.querySelector("bdi")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(field().value).toBe("09599");
});

test("an answer that comes too late is dropped", async () => {
  const late = withResolvers();
  answer = () => late.promise;
  await type("fre");
  answer = async () => ({ suggestions: [FREIBERG] });
  await type("freib");
  late.resolve({ suggestions: [FREIBURG, FREIBERG] });
  await vi.advanceTimersByTimeAsync(10);
  expect(listbox().children).toHaveLength(1);
  expect(status()).toBe("eins");
});

test("no suggestion is said and shows no empty list", async () => {
  answer = async () => ({ suggestions: [] });
  await type("xyz");
  expect(status()).toBe("keine");
  expect(listbox().hidden).toBe(true);
});

test("without a connection the field stays a plain field", async () => {
  answer = () => Promise.reject(new TypeError("offline"));
  await type("frei");
  expect(listbox().hidden).toBe(true);
  expect(press("Enter").defaultPrevented).toBe(false);
});

test("leaving the field closes the list", async () => {
  await type("frei");
  field().dispatchEvent(new Event("blur"));
  expect(listbox().hidden).toBe(true);
});

test("a suggestion is text, never markup", async () => {
  answer = async () => ({ suggestions: [{ text: "<img src=x onerror=alert(1)>", value: "x", detail: null }] });
  await type("x");
  expect(listbox().querySelector("img")).toBeNull();
  expect(listbox().textContent).toBe("<img src=x onerror=alert(1)>");
});

test.each([
  [null, 0],
  [{}, 0],
  [{ suggestions: "many" }, 0],
  [{ suggestions: [null, 1, { text: 1, value: "a" }, { text: "b", value: "b" }] }, 1],
])("an answer of another shape gives no suggestions: %j", (body, count) => {
  expect(suggestionsIn(body)).toHaveLength(count);
});

// Promise.withResolvers is younger than the oldest Node this runs on.
function withResolvers(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
