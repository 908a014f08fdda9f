import { beforeEach, expect, test, vi } from "vitest";

const NEUTRAL = "https://www.example.org/";
let leave: ReturnType<typeof vi.spyOn>;

function press(key: string, at: number, repeat = false): void {
  const event = new KeyboardEvent("keydown", { key, repeat, bubbles: true });
  Object.defineProperty(event, "timeStamp", { value: at });
  document.dispatchEvent(event);
}

async function startedLink(): Promise<HTMLAnchorElement> {
  document.body.innerHTML = `<a href="/weg" data-island="exit" data-exit="${NEUTRAL}">x</a>`;
  const link = document.querySelector("a") as HTMLAnchorElement;
  const { startExit } = await import("./island.ts");
  startExit(link);
  return link;
}

beforeEach(() => {
  vi.restoreAllMocks();
  leave = vi.spyOn(location, "replace").mockImplementation(() => {});
  document.documentElement.hidden = false;
  dispatchEvent(new Event("pageshow"));
});

test("a click replaces the page and blanks it", async () => {
  const link = await startedLink();
  expect(link.dataset["started"]).toBe("");
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  link.dispatchEvent(click);
  expect(click.defaultPrevented).toBe(true);
  expect(leave).toHaveBeenCalledExactlyOnceWith(NEUTRAL);
  expect(document.documentElement.hidden).toBe(true);
});

test("opening in a new tab stays the browser's business", async () => {
  const link = await startedLink();
  const click = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });
  link.addEventListener("click", (event) => event.preventDefault());
  link.dispatchEvent(click);
  expect(leave).not.toHaveBeenCalled();
});

test("Shift pressed three times within three seconds leaves", async () => {
  await startedLink();
  for (const at of [0, 900, 1800]) press("Shift", at);
  expect(leave).toHaveBeenCalledOnce();
});

test.each([
  [
    "too slowly",
    [
      ["Shift", 0],
      ["Shift", 2000],
      ["Shift", 4000],
    ],
  ],
  [
    "with another key between",
    [
      ["Shift", 0],
      ["Shift", 100],
      ["A", 200],
      ["Shift", 300],
    ],
  ],
  [
    "twice only",
    [
      ["Shift", 0],
      ["Shift", 100],
    ],
  ],
] as const)("Shift pressed %s does not leave", async (_, keys) => {
  await startedLink();
  for (const [key, at] of keys) press(key, at);
  expect(leave).not.toHaveBeenCalled();
});

test("a held key counts once", async () => {
  await startedLink();
  press("Shift", 0);
  press("Shift", 50, true);
  press("Shift", 100, true);
  expect(leave).not.toHaveBeenCalled();
});

test("coming back shows the page again and forgets the presses", async () => {
  const link = await startedLink();
  press("Shift", 0);
  press("Shift", 10);
  link.click();
  dispatchEvent(new Event("pageshow"));
  expect(document.documentElement.hidden).toBe(false);
  leave.mockClear();
  press("Shift", 20);
  expect(leave).not.toHaveBeenCalled();
});

test("without a neutral address the link stays a plain link", async () => {
  document.body.innerHTML = '<a href="/weg">x</a>';
  const link = document.querySelector("a") as HTMLAnchorElement;
  const { startExit } = await import("./island.ts");
  startExit(link);
  expect(link.dataset["started"]).toBeUndefined();
});
