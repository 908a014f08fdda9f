// @vitest-environment node
import { expect, test } from "vitest";
import { readHear } from "./hear.ts";
import type { Hear } from "./protocol.ts";

const person = { member: 2, role: "seeker", standing: "waiting", connected: true, known: false, letter: null } as const;
const words: Hear[] = [
  {
    hear: "inside",
    member: 1,
    role: "host",
    secret: "s",
    resumed: false,
    taken: 0,
    closes_in: 1_900_000,
    group: { generation: 1, epoch: 0 },
    keeper: null,
    locked: false,
    people: [person],
  },
  { hear: "taken", n: 1 },
  { hear: "full", n: 1 },
  { hear: "space" },
  { hear: "refused", n: 1, why: "stale" },
  { hear: "message", seq: 1, from: 2, kind: "part", body: "AAAA" },
  { hear: "commit", seq: 1, from: 2, group: { generation: 1, epoch: 2 }, body: "", welcome: true },
  { hear: "person", ...person },
  { hear: "gone", member: 3 },
  { hear: "keeper" },
  { hear: "locked", locked: true },
  { hear: "queue", ahead: 2, attended: true, minutes: 20 },
  { hear: "ways", servers: [{ urls: ["stun:hilfe.example"] }], relay_only: true, holds: 600, engine: false },
  { hear: "call", about: { call: "held", pictures: [[2, "camera"]] } },
  { hear: "over", why: "ended" },
  { hear: "beat" },
];

test("every word of the protocol is read", () => {
  for (const word of words) expect(readHear(JSON.stringify(word))).toEqual(word);
});

test("what the engine says is read as exactly", () => {
  const about = (call: object) => readHear(JSON.stringify({ hear: "call", about: call }));
  const forwards = [{ mid: "0", from: 2, source: "camera" }];
  for (const call of [
    { call: "answer", sdp: "v=0" },
    { call: "offer", revision: 1, sdp: "v=0", forwards },
    { call: "failed", direction: "up" },
    { call: "refused" },
    { call: "full" },
  ]) {
    expect(about(call)).toEqual({ hear: "call", about: call });
    for (const field of Object.keys(call)) expect(about({ ...call, [field]: 7.5 }), field).toBeUndefined();
  }
  expect(
    about({ call: "offer", revision: 1, sdp: "v=0", forwards: [{ mid: "0", from: 2, source: "ear" }] }),
  ).toBeUndefined();
  expect(about({ call: "held", pictures: [[2]] })).toBeUndefined();
  expect(readHear('{"hear":"ways","servers":[{}],"relay_only":true,"holds":1,"engine":true}')).toBeUndefined();
});

test("a word with a field of another type, or without one, is not heard", () => {
  const optional = ["group", "keeper", "letter", "minutes"];
  for (const word of words) {
    for (const field of Object.keys(word)) {
      for (const wrong of [{}, [7], "x".repeat(3), -1, 1.5, undefined]) {
        if (optional.includes(field) && wrong === undefined) continue;
        // Free texts may be any text.
        if (wrong === "xxx" && ["secret", "body", "why", "letter"].includes(field)) continue;
        expect(readHear(JSON.stringify({ ...word, [field]: wrong })), `${word.hear} ${field} ${wrong}`).toBeUndefined();
      }
    }
  }
  for (const text of ["", "null", "[]", "7", '{"hear":"toString"}', "{"]) expect(readHear(text)).toBeUndefined();
});
