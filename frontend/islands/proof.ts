// While much is going on, a form has to do some work before it gets a time (ALTCHA, version 2). This does it and sends the
// form. Where it cannot, nothing is lost: the page says how long to wait instead.

interface Challenge {
  parameters: { cost: number; keyLength: number; keyPrefix: string; nonce: string; salt: string };
}

/** After this time the page says that it takes longer. */
const LONG = 4_000;

/** Solves the challenge in `data-challenge`, puts the solution into the field `nachweis` and sends the form. */
export async function startProof(form: HTMLElement): Promise<void> {
  if (!(form instanceof HTMLFormElement)) return;
  form.dataset["started"] = "";
  const field = form.elements.namedItem("nachweis");
  const status = form.querySelector("[role=status]");
  const slow = form.querySelector<HTMLElement>("[data-slow]");
  // What was tried and did not count is not tried again: the person goes on by hand.
  if (!(field instanceof HTMLInputElement) || !status || !slow || "tried" in form.dataset) return;
  // Only where the connection is secure.
  if (!globalThis.crypto?.subtle) return;

  const say = (words: string): void => {
    status.textContent = form.dataset[words] ?? "";
  };
  say("working");
  slow.hidden = true;
  const byHand = (): void => {
    slow.hidden = false;
  };
  // What lasts can be gone round by hand, also when the page comes back out of the browser's memory.
  addEventListener("pageshow", (event) => event.persisted && byHand());
  const longer = setTimeout(() => {
    say("longer");
    byHand();
  }, LONG);
  try {
    const challenge: Challenge = JSON.parse(form.dataset["challenge"] ?? "");
    const solution = await solve(challenge);
    field.value = btoa(JSON.stringify({ challenge, solution }));
    say("done");
    form.submit();
    setTimeout(byHand, LONG);
  } catch {
    status.textContent = "";
    byHand();
  } finally {
    clearTimeout(longer);
  }
}

/** Tries one number after the other until the key derived from it begins as it should. */
export async function solve({ parameters }: Challenge): Promise<{ counter: number; derivedKey: string }> {
  const { subtle } = globalThis.crypto;
  const nonce = bytes(parameters.nonce);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const counted = new DataView(password.buffer);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytes(parameters.salt), iterations: parameters.cost };
  for (let counter = 0; ; counter++) {
    counted.setUint32(nonce.length, counter);
    const key = await subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await subtle.deriveBits(derivation, key, parameters.keyLength * 8));
    if (derivedKey.startsWith(parameters.keyPrefix)) return { counter, derivedKey };
  }
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
