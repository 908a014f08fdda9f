import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startFragment } from "./fragment.ts";

const SECRET = "dGhpcyBpcyBhIHNlY3JldCBvZiAzMiBieXRlcyBoZXJl";

function page(hash: string, attributes = ""): HTMLFormElement {
  location.hash = hash;
  document.body.innerHTML = `<form data-field="secret" ${attributes}><input id="secret" name="geheimnis"></form>`;
  const form = document.querySelector("form");
  if (!form) throw new Error("no form");
  form.requestSubmit = vi.fn();
  return form;
}

const value = (): string => document.querySelector("input")?.value ?? "";

beforeEach(() => {
  vi.restoreAllMocks();
});

afterEach(() => {
  location.hash = "";
});

test("the secret goes from the address into the form, and the form is sent", () => {
  const form = page(`#${SECRET}`);
  startFragment(form);
  expect(value()).toBe(SECRET);
  expect(location.hash).toBe("");
  expect(form.requestSubmit).toHaveBeenCalledOnce();
});

test("a form that came back with an error waits for the person", () => {
  const form = page(`#${SECRET}`, "data-tried");
  startFragment(form);
  expect(value()).toBe(SECRET);
  expect(form.requestSubmit).not.toHaveBeenCalled();
});

test("other fragments are left alone", () => {
  for (const hash of ["", "#main", "#<script>alert(1)</script>"]) {
    const form = page(hash);
    startFragment(form);
    expect(value()).toBe("");
    expect(form.requestSubmit).not.toHaveBeenCalled();
    expect(form.dataset["started"]).toBe("");
  }
});
