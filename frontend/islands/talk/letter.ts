// Letters: what is said to somebody who is not in the group yet. They are sealed under the room's secret, which both sides
// have from their link and the relay has not. Each kind has its own key and is bound to the room, who writes and to whom, so
// none can be put in another's place.
import { type Bytes, concat, fromBase64, random, text, toBase64, utf8 } from "./bytes.ts";
import { pad, unpad } from "./pad.ts";
import { fields, LONGEST_NOTE, plainName, plainText } from "./plain.ts";
import type { Body, Member, Role } from "./protocol.ts";

/** What somebody would like. */
export const WANTS = ["chat", "audio", "video"] as const;

/** One of {@link WANTS}. */
export type Wants = (typeof WANTS)[number];

/** What a letter says. */
export type Letter =
  | {
      kind: "knock";
      name: string;
      wants: Wants;
      keyPackage: Bytes;
      /** What only those know who were in the group: shows a host that she was, also after the room has forgotten. */
      mark?: string;
    }
  | { kind: "welcome"; welcome: Bytes }
  | { kind: "decline"; text: string }
  | { kind: "note"; text: string };

/** From whom to whom. `0` stands for "not said": a knock is for all hosts, and who declined is not told. */
export interface Address {
  from: Member;
  to: Member;
  /** What the writer may do in the room. */
  role: Role;
}

type Kind = Letter["kind"];
const KINDS: readonly Kind[] = ["knock", "welcome", "decline", "note"];
const NONCE = 12;
/** Letters of a mark: 32 bytes in base64. */
const MARK = 44;

/** Seals and opens the letters of one room. */
export class Letters {
  readonly #room: string;
  readonly #keys: Map<Kind, CryptoKey>;

  private constructor(room: string, keys: Map<Kind, CryptoKey>) {
    this.#room = room;
    this.#keys = keys;
  }

  /** From the room's secret; who calls wipes it. */
  static async from(room: string, secret: Bytes): Promise<Letters> {
    const hkdf = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const keys = new Map<Kind, CryptoKey>();
    for (const kind of KINDS) {
      const how = {
        name: "HKDF",
        hash: "SHA-256",
        salt: utf8(`anlaufstelle talk 1 ${room}`),
        info: utf8(`letter ${kind}`),
      };
      keys.set(
        kind,
        await crypto.subtle.deriveKey(how, hkdf, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]),
      );
    }
    return new Letters(room, keys);
  }

  /** Seals a letter. */
  async seal(letter: Letter, address: Address): Promise<Body> {
    const iv = random(NONCE);
    const how = { name: "AES-GCM", iv, additionalData: this.#bound(letter.kind, address) };
    const sealed = await crypto.subtle.encrypt(how, this.#key(letter.kind), pad(utf8(written(letter))));
    return toBase64(concat(iv, new Uint8Array(sealed)));
  }

  /** Opens a letter of this kind; nothing if it is not one, or was written by or for somebody else. */
  async open<K extends Kind>(kind: K, body: Body, address: Address): Promise<Extract<Letter, { kind: K }> | undefined> {
    const bytes = fromBase64(body);
    if (!bytes || bytes.length < NONCE) return undefined;
    const how = { name: "AES-GCM", iv: bytes.subarray(0, NONCE), additionalData: this.#bound(kind, address) };
    try {
      const padded = await crypto.subtle.decrypt(how, this.#key(kind), bytes.subarray(NONCE));
      const letter = read(kind, unpad(new Uint8Array(padded)));
      return letter as Extract<Letter, { kind: K }> | undefined;
    } catch {
      return undefined;
    }
  }

  /** Forgets the keys. */
  close(): void {
    this.#keys.clear();
  }

  #key(kind: Kind): CryptoKey {
    const key = this.#keys.get(kind);
    if (!key) throw new Error("closed");
    return key;
  }

  #bound(kind: Kind, { from, to, role }: Address): Bytes {
    return utf8(JSON.stringify([this.#room, kind, from, to, role]));
  }
}

function written(letter: Letter): string {
  switch (letter.kind) {
    case "knock":
      return JSON.stringify({
        name: letter.name,
        wants: letter.wants,
        keyPackage: toBase64(letter.keyPackage),
        mark: letter.mark,
      });
    case "welcome":
      return JSON.stringify({ welcome: toBase64(letter.welcome) });
    default:
      return JSON.stringify({ text: letter.text });
  }
}

function read(kind: Kind, bytes: Uint8Array | undefined): Letter | undefined {
  const said = fields(bytes && text(bytes));
  if (!said) return undefined;
  switch (kind) {
    case "knock": {
      const name = plainName(said["name"]);
      const wants = WANTS.find((wish) => wish === said["wants"]);
      const keyPackage = fromBase64(said["keyPackage"]);
      const mark = said["mark"];
      const marked = typeof mark === "string" && mark.length === MARK ? { mark } : {};
      return name && wants && keyPackage ? { kind, name, wants, keyPackage, ...marked } : undefined;
    }
    case "welcome": {
      const welcome = fromBase64(said["welcome"]);
      return welcome && { kind, welcome };
    }
    default: {
      const words = plainText(said["text"], LONGEST_NOTE);
      return words ? { kind, text: words } : undefined;
    }
  }
}
