// @vitest-environment node
import { expect, test } from "vitest";
import { newId, random, utf8 } from "./bytes.ts";
import { type Content, decode, encode, LARGEST_FILE, LONGEST_SIGNAL } from "./content.ts";
import { BUCKETS, pad } from "./pad.ts";
import { LONGEST_NAME, LONGEST_TEXT } from "./plain.ts";

const file = {
  type: "file",
  id: newId(),
  name: "Bescheid.pdf",
  mime: "application/pdf",
  size: 1,
  key: random(32),
  hash: random(32),
} as const;
const good: Content[] = [
  { type: "text", id: newId(), text: "Guten Tag\n\tWie geht es? 😀", at: 1_700_000_000_000 },
  { type: "text", id: newId(), text: "😀".repeat(LONGEST_TEXT) },
  { type: "retract", id: newId() },
  { type: "stop", id: newId() },
  { type: "typing", on: true },
  { type: "hand", up: false },
  { type: "call", body: "{}" },
  { type: "call", body: "v=0\r\n".repeat(9).replaceAll("\r", ""), to: 7 },
  { type: "others", body: "{}" },
  file,
  { type: "commitment", hash: random(32) },
  { type: "reveal", nonce: random(32) },
];

test("what keeps the rules comes through, in few lengths", () => {
  for (const content of good) {
    const bytes = encode(content);
    expect(decode(bytes)).toEqual(content);
    expect(BUCKETS).toContain(bytes.length);
  }
});

test("what breaks a rule gives nothing", () => {
  const text = { type: "text", id: newId(), text: "a" };
  const bad: unknown[] = [
    { ...text, id: "short" },
    { ...text, text: "" },
    { ...text, text: "x".repeat(LONGEST_TEXT + 1) },
    { ...text, text: "a\u0007" },
    { ...text, text: "\udc00" },
    { ...text, text: ["a"] },
    { type: "typing", on: 1 },
    { type: "else" },
    { type: "call", body: "" },
    { type: "call", body: "x".repeat(LONGEST_SIGNAL + 1) },
    { type: "call", body: { sdp: "" } },
    { ...file, name: "x".repeat(LONGEST_NAME + 1) },
    { ...file, name: "a\u202efdp.exe" },
    { ...file, mime: "text/html" },
    { ...file, size: LARGEST_FILE + 1 },
    { ...file, size: -1 },
    { ...file, size: 0 },
    { ...file, key: random(31) },
    { type: "reveal", nonce: random(33) },
    null,
    [],
    7,
  ];
  for (const content of bad) expect(decode(encode(content as Content)), JSON.stringify(content)).toBeUndefined();
});

test("nothing throws, whatever the bytes are", () => {
  for (let length = 0; length < 300; length++) decode(random(length));
  for (const json of ["", "{", '{"type":"text"', '{"__proto__":{"type":"typing","on":true}}', "null"]) {
    expect(decode(pad(utf8(json)))).toBeUndefined();
  }
});
