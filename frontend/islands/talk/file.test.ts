// @vitest-environment node
import { expect, test } from "vitest";
import { type Bytes, concat, fromBase64, random, sha256, toBase64, utf8 } from "./bytes.ts";
import { PART } from "./content.ts";
import { fileName, Incoming, Outgoing, type Redraw, sniff } from "./file.ts";
import { LONGEST_BODY } from "./protocol.ts";

const pdf = (length: number): Bytes =>
  concat(
    utf8("%PDF-"),
    Uint8Array.from({ length: length - 5 }, (_, at) => at * 7),
  );
const jpeg = concat(new Uint8Array([0xff, 0xd8, 0xff, 0xe1]), utf8("GPS 52.5 13.4"));
const same: Redraw = async (bytes, mime) => ({ bytes, mime });

async function ready(bytes: Bytes, redraw: Redraw = same): Promise<Outgoing> {
  const file = await Outgoing.from(bytes, "C:\\Bilder\\Bescheid.pdf", redraw);
  if (!(file instanceof Outgoing)) throw new Error(file);
  return file;
}

/** What comes out when these parts come in. */
async function receive(file: Outgoing, parts: string[]): Promise<Bytes | boolean> {
  const incoming = new Incoming(structuredClone(file.offer));
  let outcome: Bytes | boolean = true;
  for (const part of parts) {
    outcome = await incoming.take(part);
    if (outcome === false) break;
  }
  return outcome;
}

const parts = (file: Outgoing): Promise<string[]> =>
  Promise.all(Array.from({ length: file.parts }, (_, at) => file.part(at)));

test("a file arrives as it was sent, whatever its length", async () => {
  for (const length of [6, PART - 1, PART, PART + 1, 3 * PART, 5 * PART + 17]) {
    const bytes = pdf(length);
    const file = await ready(bytes);
    const sealed = await parts(file);
    for (const part of sealed) expect(part.length).toBeLessThanOrEqual(LONGEST_BODY);
    expect(await receive(file, sealed)).toEqual(bytes);
  }
});

test("a part that is left out, doubled, changed, moved, or of another file ends it", async () => {
  const file = await ready(pdf(3 * PART));
  const other = await parts(await ready(pdf(3 * PART)));
  const [a = "", b = "", c = ""] = await parts(file);
  const changed = fromBase64(b) ?? random(0);
  changed[9] = (changed[9] ?? 0) ^ 1;
  const wrong = [[a, c], [b], [a, a], [a, toBase64(changed)], [a, other[1] ?? ""], [a, b, b], [a, "%"]];
  for (const order of wrong) expect(await receive(file, order)).toBe(false);
  // Cut off: never whole.
  expect(await receive(file, [a, b])).toBe(true);
});

test("a shorter file cannot be made of a longer one", async () => {
  const file = await ready(pdf(3 * PART));
  const [a = "", b = ""] = await parts(file);
  const hash = await sha256(pdf(3 * PART).slice(0, 2 * PART));
  const shorter = new Incoming({ ...structuredClone(file.offer), size: 2 * PART, hash });
  expect(await shorter.take(a)).toBe(true);
  expect(await shorter.take(b)).toBe(false);
});

test("what is not what its offer says is not shown", async () => {
  const file = await ready(pdf(20));
  const incoming = new Incoming({ ...structuredClone(file.offer), hash: random(32) });
  expect(await incoming.take(await file.part(0))).toBe(false);
  const renamed = new Incoming({ ...structuredClone(file.offer), mime: "image/png" });
  expect(await renamed.take(await file.part(0))).toBe(false);
});

test("files are made anew, and not sent if that fails", async () => {
  const drawn = concat(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), utf8("clean"));
  const file = await ready(jpeg, async () => ({ bytes: drawn, mime: "image/jpeg" }));
  expect(await receive(file, await parts(file))).toEqual(drawn);
  expect(await Outgoing.from(jpeg, "a.jpg", async () => undefined)).toBe("kind");
  expect(await Outgoing.from(pdf(20), "a.pdf", async () => undefined)).toBe("locked");
  expect(await Outgoing.from(jpeg, "a.jpg", async () => ({ bytes: utf8("<svg>"), mime: "image/png" }))).toBe("kind");
});

test("what a file is, its bytes say", async () => {
  expect(await Outgoing.from(utf8("<html>"), "bild.png", same)).toBe("kind");
  expect(await Outgoing.from(utf8("MZ"), "brief.pdf", same)).toBe("kind");
  expect(await Outgoing.from(new Uint8Array(), "leer.pdf", same)).toBe("empty");
  expect(await Outgoing.from(new Uint8Array(10 * 1_024 * 1_024 + 1), "a.pdf", same)).toBe("large");
  expect(sniff(utf8("RIFF....WEBP"))).toBe("image/webp");
});

test("names keep what belongs into a name", () => {
  expect(fileName("C:\\a\\../Bescheid März (2).PDF.exe", "application/pdf")).toBe("Bescheid März (2).PDF.pdf");
  expect(fileName("\u202e<>.png", "image/png")).toBe("1.png");
  expect([...fileName("😀ä".repeat(60), "image/jpeg")].length).toBeLessThanOrEqual(40);
});
