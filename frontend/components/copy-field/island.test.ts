import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startCopy } from "./island.ts";

const button = (): HTMLButtonElement => document.querySelector("button") as HTMLButtonElement;
const status = (): string | null | undefined => document.querySelector("[role=status]")?.textContent;
const copied: string[] = [];

beforeEach(() => {
  copied.length = 0;
  document.body.innerHTML = `<div class="field"><input id="c" value="abc" readonly><button type="button" data-field="c" data-done="Kopiert." hidden></button><p role="status"></p></div>`;
  startCopy(button());
});

afterEach(() => vi.restoreAllMocks());

test("the field's text is copied, and that is said", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockImplementation(async (text) => {
    copied.push(text);
  });
  expect(button().hidden).toBe(false);
  button().click();
  await vi.waitFor(() => expect(status()).toBe("Kopiert."));
  expect(copied).toEqual(["abc"]);
});

test("where copying is refused nothing is claimed, and the text is marked", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("refused"));
  button().click();
  await vi.waitFor(() => expect(document.activeElement?.id).toBe("c"));
  expect(status()).toBe("");
});
