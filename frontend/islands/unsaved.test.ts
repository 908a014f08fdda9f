import { beforeEach, expect, test } from "vitest";
import { startUnsaved } from "./unsaved.ts";

const form = (): HTMLFormElement => document.querySelector("form") as HTMLFormElement;

function leavingIsStopped(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

beforeEach(() => {
  document.body.innerHTML = "<form><input></form>";
});

test("only what was typed and not sent stops the person from leaving", () => {
  startUnsaved(form());
  expect(leavingIsStopped()).toBe(false);
  form()
    .querySelector("input")
    ?.dispatchEvent(new Event("input", { bubbles: true }));
  expect(leavingIsStopped()).toBe(true);
  form().dispatchEvent(new Event("submit"));
  expect(leavingIsStopped()).toBe(false);
});

test("what came back from the server with errors is not saved either", () => {
  form().dataset["changed"] = "";
  startUnsaved(form());
  expect(leavingIsStopped()).toBe(true);
  form().dispatchEvent(new Event("submit"));
});
