// Files: each under a key of its own that only the offer inside the group tells. Parts are numbered and the last one is
// marked, so none can be left out, doubled, put elsewhere or cut off without notice. What kind of file it is, its first
// bytes say, not its name.
import { type Bytes, concat, fromBase64, newId, own, random, same, sha256, toBase64, utf8 } from "./bytes.ts";
import { type FileType, LARGEST_FILE, type Offer, PART } from "./content.ts";
import { LONGEST_NAME, plainName } from "./plain.ts";
import type { Body } from "./protocol.ts";

/** Why a file is not sent. */
export type FileProblem = "empty" | "large" | "kind" | "locked";

/** Makes a file anew, so that where, when and by whom it was made does not go along. Nothing if that cannot be done. */
export type Redraw = (bytes: Bytes, mime: FileType) => Promise<{ bytes: Bytes; mime: FileType } | undefined>;

const ENDINGS: Readonly<Record<FileType, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/webp": ".webp",
  "application/pdf": ".pdf",
};
/** The last part is filled up to a multiple of this. */
const STEP = 4_096;

/** What kind of file these bytes are, if it may be sent. */
export function sniff(bytes: Uint8Array): FileType | undefined {
  const begins = (at: number, ...magic: readonly number[]): boolean => magic.every((byte, i) => bytes[at + i] === byte);
  if (begins(0, 0xff, 0xd8, 0xff)) return "image/jpeg";
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return "image/webp";
  return begins(0, 0x25, 0x50, 0x44, 0x46, 0x2d) ? "application/pdf" : undefined;
}

/** The name without what does not belong into one, with the ending of its kind. */
export function fileName(given: string, mime: FileType): string {
  const ending = ENDINGS[mime];
  const kept = given
    .replace(/^.*[\\/]/, "")
    .replace(/\.[^.]*$/, "")
    .replace(/[^\p{L}\p{M}\p{N} ()_.-]/gu, "")
    .trim();
  const short = [...kept]
    .slice(0, LONGEST_NAME - ending.length)
    .join("")
    .trim();
  return (short && plainName(short + ending)) || `1${ending}`;
}

/** A file that is sent: its offer, then its parts. */
export class Outgoing {
  readonly offer: Offer;
  readonly parts: number;
  readonly #bytes: Bytes;
  readonly #key: CryptoKey;

  private constructor(offer: Offer, bytes: Bytes, key: CryptoKey) {
    this.offer = offer;
    this.#bytes = bytes;
    this.#key = key;
    this.parts = Math.ceil(bytes.length / PART);
  }

  /** Looks at a file and gets it ready; it is made anew. */
  static async from(given: Bytes, name: string, redraw: Redraw): Promise<Outgoing | FileProblem> {
    if (given.length === 0) return "empty";
    if (given.length > LARGEST_FILE) return "large";
    const sniffed = sniff(given);
    if (!sniffed) return "kind";
    const drawn = await redraw(given, sniffed);
    // What cannot be made anew is not sent as it is: it may say where it was made, and by whom.
    if (!drawn || sniff(drawn.bytes) !== drawn.mime) return sniffed === "application/pdf" ? "locked" : "kind";
    const { mime } = drawn;
    if (drawn.bytes.length > LARGEST_FILE) return "large";
    // A copy of its own, because it is overwritten in the end.
    const bytes = drawn.bytes.slice();
    const key = random(32);
    const hash = await sha256(bytes);
    const offer: Offer = { type: "file", id: newId(), name: fileName(name, mime), mime, size: bytes.length, key, hash };
    return new Outgoing(offer, bytes, await imported(key, "encrypt"));
  }

  /** The sealed part with this number, from 0 on. */
  async part(at: number): Promise<Body> {
    const plain = this.#bytes.subarray(at * PART, (at + 1) * PART);
    const padded = concat(plain, new Uint8Array((STEP - (plain.length % STEP)) % STEP));
    const sealed = await crypto.subtle.encrypt(how(this.offer.id, at, at === this.parts - 1), this.#key, padded);
    return toBase64(new Uint8Array(sealed));
  }

  /** Forgets the file. */
  close(): void {
    this.offer.key.fill(0);
    this.#bytes.fill(0);
  }
}

/** A file that comes. */
export class Incoming {
  readonly offer: Offer;
  readonly parts: number;
  readonly #key: Promise<CryptoKey>;
  readonly #bytes: Bytes;
  #arrived = 0;

  constructor(offer: Offer) {
    this.offer = offer;
    this.parts = Math.ceil(offer.size / PART);
    this.#key = imported(offer.key, "decrypt");
    this.#bytes = new Uint8Array(offer.size);
  }

  /** How many parts are there. */
  get arrived(): number {
    return this.#arrived;
  }

  /** Takes the next part: the whole file after the last one, `false` if it is not what was offered. */
  async take(body: Body): Promise<Bytes | boolean> {
    const sealed = fromBase64(body);
    const at = this.#arrived;
    const last = at === this.parts - 1;
    if (!sealed || at >= this.parts) return false;
    try {
      const opened = await crypto.subtle.decrypt(how(this.offer.id, at, last), await this.#key, sealed);
      const length = Math.min(PART, this.offer.size - at * PART);
      if (opened.byteLength < length) return false;
      this.#bytes.set(new Uint8Array(opened, 0, length), at * PART);
    } catch {
      return false;
    }
    this.#arrived += 1;
    if (!last) return true;
    const right = same(await sha256(this.#bytes), this.offer.hash) && sniff(this.#bytes) === this.offer.mime;
    return right && own(this.#bytes);
  }

  /** Forgets what has come. */
  close(): void {
    this.offer.key.fill(0);
    this.#bytes.fill(0);
  }
}

function imported(key: Bytes, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, [use]);
}

/** The nonce counts: each key seals each number once. */
function how(id: string, at: number, last: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  const view = new DataView(iv.buffer);
  view.setUint32(4, at);
  view.setUint8(8, last ? 1 : 0);
  return { name: "AES-GCM", iv, additionalData: utf8(`anlaufstelle file ${id}`) };
}
