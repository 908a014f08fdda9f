// What is said inside the group, after opening and before showing. Who sends it is a member, not a friend of this page: what
// breaks a rule gives nothing, and nothing here throws.
import { type Bytes, fromBase64, text, toBase64, utf8 } from "./bytes.ts";
import { pad, unpad } from "./pad.ts";
import { fields, plainId, plainName, plainNumber, plainText } from "./plain.ts";
import type { Member } from "./protocol.ts";

/** The kinds of files that may be sent, by what their first bytes say. */
export const FILE_TYPES = ["image/jpeg", "image/png", "image/webp", "application/pdf"] as const;

/** One of {@link FILE_TYPES}. */
export type FileType = (typeof FILE_TYPES)[number];

/** Largest file. */
export const LARGEST_FILE = 10 * 1_024 * 1_024;

/** Longest thing of a call: a description of a connection with some candidates. */
export const LONGEST_SIGNAL = 50_000;

/** How much of a file goes into one part. */
export const PART = 48 * 1_024;

/** A file that is about to come in parts, sealed under its own key. */
export interface Offer {
  type: "file";
  id: string;
  name: string;
  mime: FileType;
  size: number;
  key: Bytes;
  hash: Bytes;
}

/** Something said inside. */
export type Content =
  /** `at` is the sender's clock, for showing only. */
  | { type: "text"; id: string; text: string; at?: number }
  | { type: "retract"; id: string }
  | { type: "typing"; on: boolean }
  | { type: "hand"; up: boolean }
  | Offer
  /** The file with this id will not come. */
  | { type: "stop"; id: string }
  /**
   * Something of a call: to everybody inside, or for one of them (others read it, too, and leave it alone). What it may be,
   * `call/said.ts` knows: only who calls loads that.
   */
  | { type: "call"; body: string; to?: Member }
  /** Something about others who may come in: what it may be, `others/consent.ts` knows. */
  | { type: "others"; body: string }
  | { type: "commitment"; hash: Bytes }
  | { type: "reveal"; nonce: Bytes };

/** The bytes to seal. */
export function encode(content: Content): Bytes {
  return pad(utf8(JSON.stringify(content, (_, value) => (value instanceof Uint8Array ? toBase64(value) : value))));
}

/** What was said, if it keeps the rules. */
export function decode(bytes: Uint8Array): Content | undefined {
  const content = unpad(bytes);
  const said = fields(content && text(content));
  return said && read(said);
}

function read(said: Readonly<Record<string, unknown>>): Content | undefined {
  const id = plainId(said["id"]);
  switch (said["type"]) {
    case "text": {
      const words = plainText(said["text"]);
      const at = plainNumber(said["at"], Number.MAX_SAFE_INTEGER);
      return id && words ? { type: "text", id, text: words, ...(at !== undefined && { at }) } : undefined;
    }
    case "retract":
      return id ? { type: "retract", id } : undefined;
    case "stop":
      return id ? { type: "stop", id } : undefined;
    case "typing":
      return typeof said["on"] === "boolean" ? { type: "typing", on: said["on"] } : undefined;
    case "hand":
      return typeof said["up"] === "boolean" ? { type: "hand", up: said["up"] } : undefined;
    case "file": {
      const name = plainName(said["name"]);
      const mime = FILE_TYPES.find((one) => one === said["mime"]);
      const size = plainNumber(said["size"], LARGEST_FILE);
      const [key, hash] = [exactly(said["key"], 32), exactly(said["hash"], 32)];
      return id && name && mime && size && key && hash ? { type: "file", id, name, mime, size, key, hash } : undefined;
    }
    case "call": {
      const to = plainNumber(said["to"], 0xffff_ffff);
      const body = plainText(said["body"], LONGEST_SIGNAL);
      return body ? { type: "call", body, ...(to !== undefined && { to }) } : undefined;
    }
    case "others": {
      const body = plainText(said["body"]);
      return body ? { type: "others", body } : undefined;
    }
    case "commitment": {
      const hash = exactly(said["hash"], 32);
      return hash && { type: "commitment", hash };
    }
    case "reveal": {
      const nonce = exactly(said["nonce"], 32);
      return nonce && { type: "reveal", nonce };
    }
    default:
      return undefined;
  }
}

function exactly(base64: unknown, length: number): Bytes | undefined {
  const bytes = fromBase64(base64);
  return bytes?.length === length ? bytes : undefined;
}
