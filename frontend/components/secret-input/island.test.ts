import { beforeEach, expect, test } from "vitest";
import { startReveal } from "./island.ts";

const button = (): HTMLButtonElement => document.querySelector("button") as HTMLButtonElement;
const field = (): HTMLInputElement => document.querySelector("input") as HTMLInputElement;

beforeEach(() => {
  document.body.innerHTML = `<form><input id="p" type="password"><button type="button" data-field="p" data-hide="Verbergen" aria-pressed="false" hidden><span class="kern-label">Anzeigen</span></button></form>`;
  startReveal(button());
});

test("the button turns the field readable and back", () => {
  expect(button().hidden).toBe(false);
  button().click();
  expect([field().type, button().textContent, button().getAttribute("aria-pressed")]).toEqual([
    "text",
    "Verbergen",
    "true",
  ]);
  button().click();
  expect([field().type, button().textContent, button().getAttribute("aria-pressed")]).toEqual([
    "password",
    "Anzeigen",
    "false",
  ]);
});

test("what is sent is a password field again", () => {
  button().click();
  field().form?.dispatchEvent(new Event("submit"));
  expect(field().type).toBe("password");
});
