// @vitest-environment node
// Two who connect: whatever comes when, twice or not at all, in the end each shows what the other sends.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chance } from "../bench/chance.ts";
import { Peers } from "./bench/peers.ts";
import { Two } from "./bench/two.ts";
import { SOURCES } from "./said.ts";

let peers: Peers;
let two: Two;

beforeEach(() => {
  vi.useFakeTimers();
  peers = new Peers();
  vi.stubGlobal("RTCPeerConnection", peers.type);
  two = new Two(peers, chance(1));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = (): number => peers.all.filter(({ isClosed }) => !isClosed).length;

test("both call at the same moment and see each other, with one connection each", async () => {
  for (const side of two.sides) for (const source of ["microphone", "camera"] as const) side.put(source, true);
  two.begin();
  await two.settle(5_000);
  expect(two.wrong()).toEqual([]);
  expect(peers.all).toHaveLength(2);
  expect(peers.all.every(({ configurations }) => configurations[0]?.iceTransportPolicy === "relay")).toBe(true);
  expect(two.host.states).toEqual(["connected"]);
});

test("one comes much later, and what was said before is heard then", async () => {
  two.host.put("microphone", true);
  two.host.begin(2, false);
  await two.pass(3_000);
  two.seeker.begin(1, true);
  await two.settle(20_000);
  expect(two.wrong()).toEqual([]);
});

test("what is switched off is gone, and what is switched on is there again, without another connection", async () => {
  two.begin();
  await two.settle(2_000);
  for (const on of [true, false, true, true, false]) {
    two.seeker.put("camera", on);
    two.host.put("screen", !on);
    await two.settle(2_000);
    expect(two.wrong()).toEqual([]);
  }
  expect(peers.all).toHaveLength(2);
});

test("an offer that was lost is said again", async () => {
  two.seeker.put("microphone", true);
  two.begin();
  await two.pass(100);
  expect(two.sides.every(({ out }) => out.length > 0)).toBe(true);
  two.lose();
  await two.settle(8_000);
  expect(two.wrong()).toEqual([]);
  expect(peers.all).toHaveLength(2);
});

test("a handshake that hangs is begun anew after a few seconds, on both sides", async () => {
  peers.hangs = (peer) => peers.all.indexOf(peer) < 2;
  two.host.put("microphone", true);
  two.begin();
  await two.settle(3_000);
  expect(two.wrong()).not.toEqual([]);
  await two.settle(10_000);
  expect(two.wrong()).toEqual([]);
  expect(peers.all.length).toBeGreaterThan(2);
  expect(open()).toBe(2);
});

test("a network that goes is told, and comes back by another way on the same connection", async () => {
  two.host.put("microphone", true);
  two.begin();
  await two.settle(2_000);
  peers.isDown = true;
  await two.pass(100);
  await two.pass(100);
  expect(two.host.states.at(-1)).toBe("broken");
  peers.isDown = false;
  await two.settle(12_000);
  expect(two.wrong()).toEqual([]);
  expect(peers.all).toHaveLength(2);
});

test("a network that stays away is tried anew, and works when it is back", async () => {
  two.host.put("camera", true);
  two.begin();
  await two.settle(2_000);
  peers.isDown = true;
  await two.settle(70_000);
  expect(two.host.states.at(-1)).toBe("broken");
  peers.isDown = false;
  await two.settle(60_000);
  expect(two.wrong()).toEqual([]);
  expect(open()).toBe(2);
});

test("without servers nothing is tried, and it begins when there are some", async () => {
  two.host.servers = undefined;
  two.begin();
  await two.settle(10_000);
  expect(peers.all.length).toBeGreaterThan(0);
  expect(two.wrong()).not.toEqual([]);
  two.host.servers = { iceServers: [] };
  await two.settle(60_000);
  expect(two.wrong()).toEqual([]);
});

test("what belongs to an earlier connection is past", async () => {
  two.host.put("microphone", true);
  two.begin();
  await two.pass(200);
  const old = [...two.host.out];
  await two.settle(2_000);
  for (const side of two.sides) side.end();
  two.begin();
  two.host.out.unshift(...old);
  await two.settle(5_000);
  expect(two.wrong()).toEqual([]);
  expect(open()).toBe(2);
});

test("who closes lets everything go", async () => {
  two.host.put("microphone", true);
  two.begin();
  await two.settle(2_000);
  for (const side of two.sides) side.end();
  expect(open()).toBe(0);
  expect(two.seeker.shown.size).toBe(0);
  const said = two.host.out.length;
  await two.pass(120_000);
  expect([peers.all.length, two.host.out.length]).toEqual([2, said]);
});

test("when one begins anew without a word the other follows at once, and does not wait until it breaks", async () => {
  two.seeker.put("microphone", true);
  two.begin();
  await two.settle(2_000);
  two.host.end();
  two.host.begin(2, false);
  await two.settle(2_500);
  expect(two.wrong()).toEqual([]);
  expect(open()).toBe(2);
});

test("what comes twice is heard once", async () => {
  two.seeker.put("microphone", true);
  two.begin();
  let answers = 0;
  for (let at = 0; at < 60; at++) {
    const offers = two.sides.flatMap(({ out }) => out).filter((text) => text.includes('"answers"'));
    answers += offers.length;
    while (two.deliver(true));
    await two.pass(50);
  }
  expect(two.wrong()).toEqual([]);
  expect(answers).toBeLessThanOrEqual(2);
});

test("a candidate that is faster than its description is kept for it", async () => {
  const pair = two.seeker;
  pair.begin(1, true);
  await two.pass(50);
  const candidate = { candidate: "candidate:1", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null };
  pair.pair?.heard({ say: "signal", life: 1, n: 1, candidates: [candidate] });
  await two.pass(50);
  expect(peers.all[0]?.candidates).toBe(0);
  const sdp = JSON.stringify({ pc: 99, offer: 1, ice: 1, lines: [] });
  pair.pair?.heard({ say: "signal", life: 1, n: 2, description: { type: "offer", sdp }, media: [] });
  await two.pass(50);
  expect(peers.all[0]?.candidates).toBe(1);
});

describe("in any order, whatever is switched, said twice, lost or broken", () => {
  for (let seed = 1; seed <= 40; seed++) {
    test(`seed ${seed}`, async () => {
      const random = chance(seed);
      two = new Two(peers, random);
      two.begin();
      for (let turn = 0; turn < 60; turn++) {
        const what = random();
        const side = two.sides[Math.floor(random() * 2)] ?? two.host;
        const source = SOURCES[Math.floor(random() * SOURCES.length)] ?? "camera";
        if (what < 0.25) side.put(source, random() < 0.6);
        else if (what < 0.6) two.deliver(random() < 0.3);
        else if (what < 0.63) two.lose();
        else if (what < 0.66) peers.isDown = !peers.isDown;
        else if (what < 0.69) side.pair?.again();
        else if (what < 0.71) {
          for (const one of two.sides) one.end();
          two.lose();
          two.begin();
        } else await two.pass(Math.floor(random() * 1_500));
      }
      peers.isDown = false;
      await two.settle();
      expect(two.wrong()).toEqual([]);
      expect(open()).toBe(2);
    });
  }
});
