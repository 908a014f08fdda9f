// Passkeys: asks the server how to begin, lets the browser do its part, and sends the answer as an ordinary form.
// Every word comes from the server (data attributes).

type Json = Record<string, unknown>;

const toBytes = (text: string): Uint8Array<ArrayBuffer> => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
};

const toText = (bytes: ArrayBuffer): string => {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

/** The server's options with their texts turned into bytes where the browser wants bytes. */
export function optionsIn(answer: unknown): PublicKeyCredentialCreationOptions & PublicKeyCredentialRequestOptions {
  const options = { ...(answer as { publicKey: Json }).publicKey };
  const bytes = (value: unknown): unknown => (typeof value === "string" ? toBytes(value) : value);
  const withId = (value: Json): Json => ({ ...value, id: bytes(value["id"]) });
  options["challenge"] = bytes(options["challenge"]);
  if (options["user"]) options["user"] = withId(options["user"] as Json);
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (Array.isArray(options[list])) options[list] = options[list].map(withId);
  }
  return options as unknown as PublicKeyCredentialCreationOptions & PublicKeyCredentialRequestOptions;
}

/** The browser's answer as the server reads it. */
export function answerOf(credential: PublicKeyCredential): Json {
  const response: Json = {};
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  for (const part of parts) {
    const value = (credential.response as unknown as Json)[part];
    if (value instanceof ArrayBuffer) response[part] = toText(value);
  }
  const { transports } = credential.response as unknown as { transports?: unknown };
  if (transports) response["transports"] = transports;
  response["userHandle"] ??= null;
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    extensions: credential.getClientExtensionResults(),
  };
}

/** Shows the button where passkeys work, and asks for one when it is pressed, or when the browser offers to. */
export function startPasskey(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  const status = form.querySelector<HTMLElement>("[data-passkey-status]");
  const button = form.querySelector<HTMLElement>("[data-passkey-button]");
  const answer = form.elements.namedItem("antwort");
  if (!status || !button || !(answer instanceof HTMLInputElement)) return;
  const say = (what: "waiting" | "failed" | "none" | ""): void => {
    status.textContent = what === "" ? "" : (status.dataset[what] ?? "");
  };
  form.dataset["started"] = "";
  if (!window.PublicKeyCredential || !navigator.credentials) {
    say("none");
    return;
  }
  button.hidden = false;

  let running: AbortController | undefined;

  const perform = async (conditional: boolean): Promise<void> => {
    running?.abort();
    const own = new AbortController();
    running = own;
    const { signal } = own;
    const begun = await fetch(form.dataset["begin"] ?? "", {
      method: "POST",
      // The fields go along: the token, and whatever the page needs to know who it is for.
      body: new URLSearchParams(Array.from(new FormData(form), ([name, value]) => [name, String(value)])),
      redirect: "manual",
      signal,
    });
    // The session wants a proof first: the form itself leads there.
    if (begun.type === "opaqueredirect") {
      form.submit();
      return;
    }
    if (!begun.ok) throw new Error(String(begun.status));
    const publicKey = optionsIn(await begun.json());
    const credential =
      form.dataset["kind"] === "create"
        ? await navigator.credentials.create({ publicKey, signal })
        : await navigator.credentials.get({
            publicKey,
            signal,
            mediation: conditional ? ("conditional" as CredentialMediationRequirement) : "optional",
          });
    if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
    answer.value = JSON.stringify(answerOf(credential));
    form.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say("waiting");
    perform(false).catch(() => say("failed"));
  });

  if ("conditional" in form.dataset) offer(perform);
}

// What the server remembers is good for five minutes; a page that stays open asks anew before that.
const RENEW_MS = 4 * 60 * 1000;

// The browser names its passkeys in the list below the field for the mail address, and nothing happens until one is chosen.
async function offer(perform: (conditional: boolean) => Promise<void>): Promise<void> {
  const available = await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false);
  if (!available) return;
  const again = (): void => {
    // Stopped, refused or offline: the button is still there.
    perform(true).catch(() => undefined);
  };
  again();
  setInterval(() => {
    if (document.visibilityState === "visible") again();
  }, RENEW_MS);
}
