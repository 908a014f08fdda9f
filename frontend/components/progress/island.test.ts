import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startProgress } from "./island.ts";

const state = (value: number, running = true): string =>
  `<div id="p"${running ? ' data-src="/lauf"' : ""}><label>Läuft</label><progress value="${value}" max="100"></progress><p class="progress__words">${value} von 100</p></div>`;
let answer: () => Response | Promise<Response>;
const opened: string[] = [];
const element = (): HTMLElement => document.getElementById("p") as HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  opened.length = 0;
  document.body.innerHTML = state(4);
  vi.stubGlobal("fetch", async () => answer());
  vi.spyOn(location, "assign").mockImplementation((address) => {
    opened.push(String(address));
  });
  startProgress(element());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("the new state takes the old one's place, and is read out when another tenth is done", async () => {
  answer = () => new Response(state(8));
  await vi.advanceTimersByTimeAsync(2000);
  expect(element().querySelector("progress")?.getAttribute("value")).toBe("8");
  expect(element().querySelector(".progress__words")?.textContent).toBe("8 von 100");
  expect(element().querySelector("[role=status]")?.textContent).toBe("");
  answer = () => new Response(state(42));
  await vi.advanceTimersByTimeAsync(2000);
  expect(element().querySelector("[role=status]")?.textContent).toBe("42 von 100");
  expect(opened).toEqual([]);
});

test("when the server's copy does not run any more, its page is opened, once", async () => {
  answer = () => new Response(state(100, false));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(opened).toEqual(["/lauf"]);
});

test("when the work is over and the page shows something else, it is opened", async () => {
  answer = () => new Response("<h1>Fertig</h1>");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(opened).toEqual(["/lauf"]);
});

test("being led elsewhere is not the end of the work", async () => {
  answer = () => Object.defineProperty(new Response("<h1>Anmelden</h1>"), "redirected", { value: true });
  await vi.advanceTimersByTimeAsync(4000);
  expect(opened).toEqual([]);
  expect(element().hasAttribute("data-started")).toBe(false);
});

test("a page that does not answer is asked again, and meanwhile the link for hand is there", async () => {
  answer = () => Promise.reject(new TypeError("offline"));
  await vi.advanceTimersByTimeAsync(2000);
  expect(element().hasAttribute("data-started")).toBe(false);
  answer = () => new Response("", { status: 503 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(element().hasAttribute("data-started")).toBe(false);
  answer = () => new Response(state(50));
  await vi.advanceTimersByTimeAsync(2000);
  expect(element().hasAttribute("data-started")).toBe(true);
  expect(element().querySelector("progress")?.getAttribute("value")).toBe("50");
});
