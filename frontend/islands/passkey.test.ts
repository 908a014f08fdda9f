import { afterEach, expect, test, vi } from "vitest";
import { answerOf, optionsIn, startPasskey } from "./passkey.ts";

const OPTIONS = {
  publicKey: {
    challenge: "AQID_-8",
    rpId: "hilfe.example",
    user: { id: "AAEC", name: "ada@haus.example" },
    allowCredentials: [{ type: "public-key", id: "BAUG" }],
  },
};

class FakeCredential {
  readonly id = "BAUG";
  readonly type = "public-key";
  readonly rawId = new Uint8Array([4, 5, 6]).buffer;
  readonly response = {
    clientDataJSON: new Uint8Array([1]).buffer,
    authenticatorData: new Uint8Array([255, 239]).buffer,
    signature: new Uint8Array([3]).buffer,
  };
  getClientExtensionResults = (): object => ({});
}

function page(): HTMLFormElement {
  document.body.innerHTML = `<form data-begin="/beginn" data-kind="get">
    <input name="csrf" value="token"><input type="hidden" name="antwort">
    <p data-passkey-status data-waiting="wait" data-failed="failed" data-none="none"></p>
    <div data-passkey-button hidden><button type="submit"></button></div></form>`;
  const form = document.querySelector("form");
  if (!form) throw new Error("no form");
  form.submit = vi.fn();
  return form;
}

const said = (): string => document.querySelector("[data-passkey-status]")?.textContent ?? "";
const press = (form: HTMLFormElement): void => {
  form.dispatchEvent(new Event("submit", { cancelable: true }));
};

afterEach(() => {
  vi.unstubAllGlobals();
});

function passkeys(get: () => Promise<unknown>): void {
  vi.stubGlobal("PublicKeyCredential", FakeCredential);
  vi.stubGlobal("navigator", { credentials: { get, create: get } });
}

test("texts become bytes where the browser wants bytes", () => {
  const options = optionsIn(OPTIONS);
  expect(Array.from(options.challenge as Uint8Array)).toEqual([1, 2, 3, 255, 239]);
  expect(Array.from(options.user.id as Uint8Array)).toEqual([0, 1, 2]);
  expect(Array.from(options.allowCredentials?.[0]?.id as Uint8Array)).toEqual([4, 5, 6]);
  expect(options.rpId).toBe("hilfe.example");
});

test("the answer is text again", () => {
  const answer = answerOf(new FakeCredential() as unknown as PublicKeyCredential);
  expect(answer["rawId"]).toBe("BAUG");
  expect(answer["response"]).toEqual({
    clientDataJSON: "AQ",
    authenticatorData: "_-8",
    signature: "Aw",
    userHandle: null,
  });
});

test("without passkeys the page says so and shows no button", () => {
  const form = page();
  vi.stubGlobal("PublicKeyCredential", undefined);
  startPasskey(form);
  expect(said()).toBe("none");
  expect(form.querySelector<HTMLElement>("[data-passkey-button]")?.hidden).toBe(true);
});

test("the answer is sent with the form", async () => {
  const form = page();
  passkeys(async () => new FakeCredential());
  const fetched = vi.fn(async () => Response.json(OPTIONS));
  vi.stubGlobal("fetch", fetched);
  startPasskey(form);
  press(form);
  expect(said()).toBe("wait");
  await vi.waitFor(() => expect(form.submit).toHaveBeenCalledOnce());
  const [address, init] = fetched.mock.calls[0] as unknown as [string, RequestInit];
  expect(address).toBe("/beginn");
  expect(String(init.body)).toBe("csrf=token&antwort=");
  const answer = form.elements.namedItem("antwort") as HTMLInputElement;
  expect(JSON.parse(answer.value).id).toBe("BAUG");
});

test("a person who stops can try again", async () => {
  const form = page();
  passkeys(async () => Promise.reject(new Error("stopped")));
  vi.stubGlobal("fetch", async () => Response.json(OPTIONS));
  startPasskey(form);
  press(form);
  await vi.waitFor(() => expect(said()).toBe("failed"));
  expect(form.submit).not.toHaveBeenCalled();
});
