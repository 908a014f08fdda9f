// @vitest-environment node
import { expect, test } from "vitest";
import { fromBase64, random, toBase64 } from "./bytes.ts";
import { type Address, type Letter, Letters } from "./letter.ts";
import { LONGEST_NOTE } from "./plain.ts";
import { LONGEST_LETTER } from "./protocol.ts";

const secret = random(32);
const letters = await Letters.from("room-a", secret.slice());
const address: Address = { from: 2, to: 0, role: "seeker" };
const knock: Letter = { kind: "knock", name: "Vogel", wants: "chat", keyPackage: random(300) };

test("a letter says to the one it is for what was written", async () => {
  const welcome: Letter = { kind: "welcome", welcome: random(2_000) };
  const note: Letter = { kind: "note", text: "Einen Moment noch,\nich bin gleich da." };
  const decline: Letter = { kind: "decline", text: "😀".repeat(LONGEST_NOTE) };
  for (const letter of [knock, welcome, note, decline]) {
    const sealed = await letters.seal(letter, address);
    expect(sealed.length).toBeLessThanOrEqual(LONGEST_LETTER);
    expect(await letters.open(letter.kind, sealed, address)).toEqual(letter);
  }
});

test("in another room, from or for somebody else, as another kind, or under another secret it says nothing", async () => {
  const sealed = await letters.seal(knock, address);
  const others = [
    [letters, "knock", { ...address, from: 3 }],
    [letters, "knock", { ...address, to: 3 }],
    [letters, "knock", { ...address, role: "host" }],
    [letters, "note", address],
    [await Letters.from("room-b", secret.slice()), "knock", address],
    [await Letters.from("room-a", random(32)), "knock", address],
  ] as const;
  for (const [where, kind, to] of others) expect(await where.open(kind, sealed, to)).toBeUndefined();
});

test("every changed byte makes a letter worthless", async () => {
  const sealed = fromBase64(await letters.seal(knock, address)) ?? random(0);
  for (let at = 0; at < sealed.length; at += 7) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await letters.open("knock", toBase64(changed), address)).toBeUndefined();
  }
  for (const nonsense of ["", "AAAA", "%", "\u0000", "A".repeat(5_000)]) {
    expect(await letters.open("knock", nonsense, address)).toBeUndefined();
  }
});

test("the length of a letter does not tell the length of a name", async () => {
  const short = await letters.seal({ ...knock, name: "A" }, address);
  const long = await letters.seal({ ...knock, name: "A".repeat(40) }, address);
  expect(short.length).toBe(long.length);
  expect(short).not.toBe(await letters.seal({ ...knock, name: "A" }, address));
});

test("what breaks the rules of names and texts is not read", async () => {
  const bad: Letter[] = [
    { ...knock, name: " " },
    { ...knock, name: "A".repeat(41) },
    { ...knock, name: "A\u202eB" },
    { ...knock, name: "A\nB" },
    { kind: "note", text: "\u0000" },
    { kind: "note", text: "x".repeat(LONGEST_NOTE + 1) },
    { kind: "note", text: "\ud800" },
  ];
  for (const letter of bad)
    expect(await letters.open(letter.kind, await letters.seal(letter, address), address)).toBeUndefined();
});
