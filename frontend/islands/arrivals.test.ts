import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startArrivals } from "./arrivals.ts";

const list = (waiting: number, lines: string[]): string =>
  `<div id="l" data-waiting="${waiting}" data-words="${waiting} warten"><ul>${lines
    .map((line, at) => `<li data-id="${at}"><button>go</button><p>${line}</p></li>`)
    .join("")}</ul></div>`;
const page = (waiting: number, lines: string[], controls = ""): string =>
  `<div data-island="arrivals" data-list="l" data-src="/gespraeche">${controls}<p role="status"></p><p data-offline hidden></p></div>${list(waiting, lines)}`;
const answers: (string | null)[] = [];
const status = (): string | null | undefined => document.querySelector("[role=status]")?.textContent;
const offline = (): boolean => document.querySelector("[data-offline]")?.hasAttribute("hidden") ?? false;

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = 0;
  vi.stubGlobal("fetch", async () => {
    const next = answers.shift();
    if (next === null || next === undefined) throw new Error("no answer");
    return { ok: true, redirected: false, text: async () => next };
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start(html: string): void {
  document.body.innerHTML = html;
  startArrivals(document.querySelector("[data-island]") as HTMLElement);
}

test("who comes is said, and the focus stays where it is", async () => {
  start(page(0, ["nobody", "nobody"]));
  (document.querySelectorAll("button")[1] as HTMLElement).focus();
  answers.push(page(1, ["waits", "nobody"]));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(document.querySelector("li p")?.textContent).toBe("waits");
  expect(status()).toBe("1 warten");
  expect(document.activeElement).toBe(document.querySelectorAll("button")[1]);
});

test("a line that changes under the focus keeps it", async () => {
  start(page(0, ["nobody"]));
  document.querySelector("button")?.focus();
  answers.push(page(1, ["waits"]));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(document.activeElement).toBe(document.querySelector("button"));
});

test("nothing is said while nothing changes, and a lost connection shows until it is back", async () => {
  start(page(1, ["waits"]));
  answers.push(page(1, ["waits"]), null, page(1, ["waits", "new"]));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([status(), offline()]).toEqual(["", true]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(offline()).toBe(false);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([offline(), document.querySelectorAll("li").length]).toEqual([true, 2]);
});

test("a notice of the browser is given only where it was allowed and the page is not looked at", async () => {
  const given: string[] = [];
  class Notices extends EventTarget {
    static permission = "granted";
    static requestPermission = vi.fn();
    constructor(words: string) {
      super();
      given.push(words);
    }
    close(): void {}
  }
  vi.stubGlobal("Notification", Notices);
  const seen = vi.spyOn(document, "visibilityState", "get").mockReturnValue("visible");
  start(page(0, [], "<button data-notify hidden></button>"));
  answers.push(page(1, ["a"]), page(2, ["a", "b"]));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(given).toEqual([]);
  seen.mockReturnValue("hidden");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(given).toEqual(["2 warten"]);
});
