// @vitest-environment node
import { expect, test } from "vitest";
import { read, type Said, write } from "./said.ts";

const candidate = {
  candidate: "candidate:1 1 udp 1 ::1 9 typ relay",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: "a",
};
const good: Said[] = [
  { say: "hush" },
  { say: "shows", call: true, text: false, sources: ["microphone", "screen_sound"] },
  { say: "signal", life: 1, n: 1, candidates: [candidate] },
  { say: "signal", life: 7, n: 2, description: { type: "offer", sdp: "v=0\r\n" }, media: [["0", "camera"]] },
  { say: "signal", life: 7, n: 3, description: { type: "answer", sdp: "v=0\r\n" }, answers: 2, media: [] },
];

test("what keeps the rules comes through", () => {
  for (const said of good) expect(read(write(said))).toEqual(said);
});

test("what breaks a rule gives nothing", () => {
  const shows = { say: "shows", call: true, text: false, sources: [] };
  const signal = { say: "signal", life: 1, n: 1 };
  const bad: unknown[] = [
    { say: "else" },
    { ...shows, call: 1 },
    { ...shows, sources: ["nose"] },
    { ...shows, sources: Array(9).fill("camera") },
    { ...signal, life: 0 },
    { ...signal, n: -1 },
    { ...signal, life: 1.5 },
    { ...signal, description: { type: "rollback", sdp: "" } },
    { ...signal, description: { type: "offer", sdp: 7 } },
    { ...signal, description: "v=0" },
    { ...signal, media: [["0", "camera", "x"], ["0"]] },
    { ...signal, media: { 0: "camera" } },
    { ...signal, candidates: [candidate, { ...candidate, candidate: "x".repeat(5_000) }] },
    { ...signal, candidates: Array(100).fill(candidate) },
    { ...signal, candidates: [null] },
    null,
    [],
    "signal",
  ];
  for (const said of bad) expect(read(write(said as Said)), JSON.stringify(said)).toBeUndefined();
  for (const text of ["", "{", "7", '{"say":"toString"}', '{"say":{}}']) expect(read(text)).toBeUndefined();
});

test("what is not known is not taken along", () => {
  expect(read('{"say":"hush","more":1}')).toEqual({ say: "hush" });
  expect(read('{"say":"signal","life":1,"n":1,"description":{"type":"offer","sdp":"","x":1}}')).toEqual({
    ...{ say: "signal", life: 1, n: 1, description: { type: "offer", sdp: "" } },
  });
});
