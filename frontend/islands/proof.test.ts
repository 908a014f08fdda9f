import { afterEach, expect, test, vi } from "vitest";
import { solve, startProof } from "./proof.ts";

// The server's tests solve the same puzzle with the library that makes them.
const CHALLENGE = {
  parameters: {
    algorithm: "PBKDF2/SHA-256",
    cost: 50,
    data: { action: "hold", form: "ab", offer: "offer" },
    expiresAt: 1_795_300_000,
    keyLength: 32,
    keyPrefix: "984b05b180c21da5c430e0873d648984",
    keySignature: "cd",
    nonce: "000102030405060708090a0b0c0d0e0f",
    salt: "6465666768696a6b6c6d6e6f70717273",
  },
  signature: "ef",
};
const SOLUTION = { counter: 6, derivedKey: "984b05b180c21da5c430e0873d6489840650ff1d27382fd0e947aa2135873e67" };

function page(challenge: string, attributes = ""): HTMLFormElement {
  document.body.innerHTML = `<form data-working="Wir prüfen." data-longer="Noch etwas." data-done="Fertig." ${attributes}>
    <input type="hidden" name="nachweis" value=""><p role="status"></p><div data-slow><button>Weiter</button></div></form>`;
  const form = document.querySelector("form");
  if (!form) throw new Error("no form");
  form.dataset["challenge"] = challenge;
  form.submit = vi.fn();
  return form;
}

const status = (): string | null | undefined => document.querySelector("[role=status]")?.textContent;
const slow = (): boolean => !document.querySelector<HTMLElement>("[data-slow]")?.hidden;
const sent = (): string => document.querySelector("input")?.value ?? "";

afterEach(() => vi.unstubAllGlobals());

test("the puzzle has this solution and no other", async () => {
  expect(await solve(CHALLENGE)).toEqual(SOLUTION);
});

test("the form is sent with the solution, and in words it is said what goes on", async () => {
  const form = page(JSON.stringify(CHALLENGE));
  const started = startProof(form);
  expect(status()).toBe("Wir prüfen.");
  expect(slow()).toBe(false);
  await started;
  expect(JSON.parse(atob(sent()))).toEqual({ challenge: CHALLENGE, solution: SOLUTION });
  expect(status()).toBe("Fertig.");
  expect(form.submit).toHaveBeenCalledOnce();
});

test("when sending fails one can go on by hand", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const form = page(JSON.stringify(CHALLENGE));
  await startProof(form);
  expect(slow()).toBe(false);
  vi.advanceTimersByTime(4_000);
  expect(slow()).toBe(true);
  vi.useRealTimers();
});

test("on a slow device it is said that it takes longer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const form = page(JSON.stringify(CHALLENGE));
  const started = startProof(form);
  vi.advanceTimersByTime(4_000);
  expect(status()).toBe("Noch etwas.");
  expect(slow()).toBe(true);
  await started;
  vi.advanceTimersByTime(4_000);
  expect(status()).toBe("Fertig.");
  vi.useRealTimers();
});

test("what was tried and did not count is not tried again", async () => {
  const form = page(JSON.stringify(CHALLENGE), "data-tried");
  await startProof(form);
  expect(slow()).toBe(true);
  expect(sent()).toBe("");
  expect(form.submit).not.toHaveBeenCalled();
});

test("where it cannot work the page stays as it is without script", async () => {
  for (const challenge of ["", "no JSON", "{}"]) {
    const form = page(challenge);
    await startProof(form);
    expect([status(), slow(), sent()]).toEqual(["", true, ""]);
    expect(form.submit).not.toHaveBeenCalled();
  }
  vi.stubGlobal("crypto", {});
  const form = page(JSON.stringify(CHALLENGE));
  await startProof(form);
  expect([status(), slow()]).toEqual(["", true]);
});
