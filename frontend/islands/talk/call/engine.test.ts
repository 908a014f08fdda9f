// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CallSay, Source } from "../protocol.ts";
import { FakeClock, FakeConnection, FakeEngine, fakeSdp, fakeTrack, settled } from "./engine/fake.ts";
import { HANDSHAKE, INTERRUPTED, WHOLE } from "./engine/leg.ts";
import { ANSWER } from "./engine/up.ts";
import { ANEW, DRAW, Engine } from "./engine.ts";

const microphone = fakeTrack("audio");
const camera = fakeTrack("video", { width: 1280, height: 720 });
const VOICE: ReadonlyMap<Source, MediaStreamTrack> = new Map([["microphone", microphone]]);
const BOTH: ReadonlyMap<Source, MediaStreamTrack> = new Map([...VOICE, ["camera", camera]]);

let clock: FakeClock;
let far: FakeEngine;
let told: string[];
let servers: { urls: string[] }[];
let engine: Engine;

beforeEach(() => {
  FakeConnection.all = [];
  vi.stubGlobal("RTCPeerConnection", FakeConnection);
  vi.stubGlobal("RTCRtpReceiver", {
    getCapabilities: (kind: string) => ({
      codecs: (kind === "audio"
        ? ["audio/opus", "audio/red", "audio/PCMU"]
        : ["video/VP8", "video/rtx", "video/H264", "video/AV1"]
      ).map((mimeType) => ({ mimeType })),
    }),
  });
  clock = new FakeClock();
  far = new FakeEngine();
  told = [];
  servers = [{ urls: ["turn:a"] }];
  engine = new Engine({
    ...{ clock, random: () => 1 },
    say: (about) => far.say(about),
    servers: async () => servers,
    frames: {
      seal: (sender, source) => Object.assign(sender, { sealed: source }),
      open: (receiver, from, source) => Object.assign(receiver, { opened: `${from} ${source}` }),
    },
    events: {
      track: (from, source) => told.push(`track ${from} ${source}`),
      ended: (from, source) => told.push(`ended ${from} ${source}`),
      state: (state) => told.push(state),
      held: (pictures) => told.push(`held ${pictures.join()}`),
      full: () => told.push("full"),
    },
  });
  far.hear = (about) => engine.hear(about);
});

afterEach(() => vi.unstubAllGlobals());

const up = (): FakeConnection => FakeConnection.all[0] as FakeConnection;
const newest = (): FakeConnection => FakeConnection.all.at(-1) as FakeConnection;
const offers = (said: readonly CallSay[]) => said.filter((each) => each.call === "offer").map(({ sends }) => sends);
const calls = (said: readonly CallSay[]) => said.map(({ call }) => call);

async function connected(): Promise<void> {
  await engine.send(BOTH);
  await settled();
  up().becomes("connected");
  far.offer([{ mid: "0", from: 4, source: "microphone" }]);
  await settled();
  newest().becomes("connected");
  await clock.pass(ANEW.calm);
  far.heard();
  told.splice(0);
}

describe("sending", () => {
  test("everything is sealed before it is offered, in codecs that can be", async () => {
    await engine.send(BOTH);
    expect(offers(far.heard())).toEqual([
      [
        { mid: "0", source: "microphone" },
        { mid: "1", source: "camera" },
      ],
    ]);
    const lines = up().getTransceivers();
    expect(lines.map(({ sender, direction, codecs }) => [sender.sealed, direction, codecs])).toEqual([
      ["microphone", "sendonly", ["audio/opus"]],
      ["camera", "sendonly", ["video/VP8", "video/rtx"]],
    ]);
    expect(lines[1]?.sender.parameters.encodings).toMatchObject([
      { rid: "q", scaleResolutionDownBy: 4, active: true },
      { rid: "h", scaleResolutionDownBy: 2, active: true },
      { rid: "f", scaleResolutionDownBy: 1, active: true },
    ]);
    expect(up().configuration).toEqual({ iceServers: servers, bundlePolicy: "max-bundle" });
  });

  test.each([
    [640, 360, [2, 1, 1], 2],
    [640, 480, [2, 1, 1], 2],
    [320, 240, [1, 1, 1], 1],
    [1920, 1080, [4, 2, 1], 3],
  ])("a camera of %d by %d is sent in no more sizes than make sense", async (width, height, scales, count) => {
    await engine.send(new Map([["camera", fakeTrack("video", { width, height })]]));
    const encodings = up().getTransceivers()[0]?.sender.parameters.encodings ?? [];
    expect(encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual(scales);
    expect(encodings.filter(({ active }) => active)).toHaveLength(count);
    const costs = encodings.map(({ maxBitrate = 0 }) => maxBitrate);
    expect(costs).toEqual([...costs].sort((one, other) => one - other));
  });

  test("a screen goes in one size and stays sharp", async () => {
    const screen = fakeTrack("video");
    await engine.send(new Map([["screen", screen]]));
    expect(up().getTransceivers()[0]?.sender.parameters.encodings).toHaveLength(1);
    expect(screen.contentHint).toBe("detail");
  });

  test("whoever only listens comes in, too", async () => {
    await engine.send(new Map());
    expect(offers(far.heard())).toEqual([[]]);
    expect(
      up()
        .getTransceivers()
        .map(({ direction }) => direction),
    ).toEqual(["inactive"]);
    await engine.send(VOICE);
    expect(offers(far.heard())).toEqual([[{ mid: "0", source: "microphone" }]]);
    expect(up().getTransceivers()[0]?.sender).toMatchObject({ track: microphone, sealed: "microphone" });
  });

  test("what changes while an offer is on its way is offered after its answer, at once", async () => {
    far.answers = false;
    await engine.send(VOICE);
    await engine.send(BOTH);
    await engine.send(VOICE);
    await engine.send(BOTH);
    expect(offers(far.heard())).toHaveLength(1);
    far.answers = true;
    far.answer();
    await settled();
    expect(offers(far.heard())).toEqual([
      [
        { mid: "0", source: "microphone" },
        { mid: "1", source: "camera" },
      ],
    ]);
    expect(up().signalingState).toBe("stable");
  });

  test("a camera that is off and on again keeps its line; another camera is no offer at all", async () => {
    await engine.send(BOTH);
    await settled();
    await engine.send(VOICE);
    await settled();
    expect(up().getTransceivers()[1]).toMatchObject({ direction: "sendonly", sender: { track: null } });
    await engine.send(BOTH);
    await settled();
    expect(offers(far.heard()).map((sends) => sends.length)).toEqual([2, 1, 2]);
    expect(up().getTransceivers()).toHaveLength(2);
    const other = fakeTrack("video", { width: 320, height: 240 });
    await engine.send(new Map([...VOICE, ["camera", other]]));
    expect(offers(far.heard())).toEqual([]);
    const { sender } = up().getTransceivers()[1] ?? {};
    expect(sender?.track).toBe(other);
    expect(sender?.parameters.encodings.map(({ active }) => active)).toEqual([true, false, false]);
  });

  test("an answer nobody waits for changes nothing", async () => {
    await engine.send(VOICE);
    await settled();
    far.answer();
    far.hear({ call: "answer", sdp: "nonsense" });
    await settled();
    expect(told).toEqual(["connecting"]);
  });
});

describe("receiving", () => {
  beforeEach(connected);

  test("everything is opened before the answer, and told after it", async () => {
    far.offer([
      { mid: "0", from: 4, source: "microphone" },
      { mid: "1", from: 5, source: "camera" },
    ]);
    await settled();
    expect(far.heard()).toMatchObject([{ call: "answer", revision: 2 }]);
    expect(told).toEqual(["track 5 camera"]);
    expect(newest().getTransceivers()[1]?.receiver.opened).toBe("5 camera");
    expect(FakeConnection.all).toHaveLength(2);
  });

  test("only the newest of several offers is answered", async () => {
    far.offer([{ mid: "0", from: 4, source: "microphone" }]);
    far.offer([{ mid: "0", from: 4, source: "microphone" }]);
    far.offer([]);
    await settled();
    expect(far.heard()).toMatchObject([{ call: "answer", revision: 4 }]);
    expect(told).toEqual(["ended 4 microphone"]);
  });

  test("a line can carry something else afterwards, and is opened for that", async () => {
    far.offer([{ mid: "0", from: 6, source: "screen_sound" }]);
    await settled();
    expect(told).toEqual(["ended 4 microphone", "track 6 screen_sound"]);
    expect(newest().getTransceivers()[0]?.receiver.opened).toBe("6 screen_sound");
  });

  test("the engine's other connection takes the place of the old one", async () => {
    const old = newest();
    far.offer([{ mid: "0", from: 4, source: "microphone" }], fakeSdp(999, ["0"]));
    await settled();
    expect(old.connectionState).toBe("closed");
    expect(told).toEqual(["ended 4 microphone", "track 4 microphone"]);
    expect(FakeConnection.all).toHaveLength(3);
  });

  test("what is held back is told", () => {
    far.hear({ call: "held", pictures: [[4, "camera"]] });
    expect(told).toEqual(["held 4,camera"]);
  });
});

describe("a way that breaks", () => {
  beforeEach(connected);

  test("after a break of the signalling line both connections look for a way anew, with servers of now", async () => {
    servers = [{ urls: ["turn:b"] }];
    engine.again();
    await settled();
    expect(calls(far.heard()).sort()).toEqual(["offer", "restart"]);
    expect(up().restarts).toBe(1);
    for (const connection of FakeConnection.all) expect(connection.configuration.iceServers).toEqual(servers);
    expect(told).toEqual([]);
  });

  test("also when an offer was on its way; its answer does not come any more", async () => {
    far.answers = false;
    await engine.send(VOICE);
    far.heard();
    engine.again();
    await settled();
    far.answers = true;
    expect(calls(far.heard())).toContain("offer");
    far.answer();
    await clock.pass(ANSWER);
    expect(up().signalingState).toBe("stable");
    expect(told).toEqual([]);
  });

  test("an interruption of a moment changes nothing, a longer one looks for another way", async () => {
    up().becomes("disconnected");
    await clock.pass(INTERRUPTED - 100);
    up().becomes("connected");
    await clock.pass(INTERRUPTED);
    expect(far.heard()).toEqual([]);
    up().becomes("disconnected");
    await clock.pass(INTERRUPTED);
    expect(calls(far.heard()).sort()).toEqual(["offer", "restart"]);
  });

  test.each([
    ["the browser gives up", async () => up().becomes("failed")],
    ["the engine gives up", async () => engine.hear({ call: "failed", direction: "down" })],
    ["the engine cannot follow", async () => engine.hear({ call: "refused" })],
    ["the engine's words are nonsense", async () => far.offer([], `${fakeSdp(101)}nonsense`)],
    [
      "no way is found in time",
      async () => {
        newest().becomes("disconnected");
        await clock.pass(INTERRUPTED + WHOLE);
      },
    ],
    [
      "an answer does not come",
      async () => {
        far.answers = false;
        await engine.send(VOICE);
        await clock.pass(ANSWER);
        far.answers = true;
      },
    ],
  ])("when %s, the call is left and begins anew", async (_, happens) => {
    await happens();
    await settled();
    expect(told).toEqual(["ended 4 microphone", "broken"]);
    expect(calls(far.heard()).at(-1)).toBe("stop");
    for (const connection of FakeConnection.all) expect(connection.connectionState).toBe("closed");
    await clock.pass(ANEW.first);
    expect(offers(far.heard())).toHaveLength(1);
    newest().becomes("connected");
    expect(told.at(-1)).toBe("connected");
  });

  test("keys that do not come within four seconds begin it anew", async () => {
    engine.hear({ call: "refused" });
    await clock.pass(ANEW.first);
    newest().becomes("connecting", "connected");
    await clock.pass(HANDSHAKE - 1);
    expect(newest().connectionState).toBe("connecting");
    await clock.pass(1);
    expect(newest().connectionState).toBe("closed");
  });

  test("each try waits longer, up to a limit; once it works well the first wait counts again", async () => {
    const waits: number[] = [];
    for (let round = 0; round < 8; round++) {
      const before = clock.now;
      engine.hear({ call: "refused" });
      const count = FakeConnection.all.length;
      while (FakeConnection.all.length === count) await clock.pass(100);
      waits.push(clock.now - before);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    newest().becomes("connected");
    await clock.pass(ANEW.calm);
    engine.hear({ call: "refused" });
    await clock.pass(ANEW.first);
    expect(newest().connectionState).toBe("new");
  });

  test("a full call is said and tried again slowly; a line that is back does not wait", async () => {
    engine.hear({ call: "full" });
    expect(told).toContain("full");
    const count = FakeConnection.all.length;
    await clock.pass(10_000);
    expect(FakeConnection.all).toHaveLength(count);
    engine.again();
    await settled();
    expect(FakeConnection.all).toHaveLength(count + 1);
  });
});

describe("sizes", () => {
  const size = (height: number) => ({ from: 4, source: "camera" as const, height });

  test("are said once they rest, in whole numbers, only when they changed, and again to an engine that forgot them", async () => {
    await connected();
    for (const height of [100, 150.2, 180.4]) engine.draw([size(height)]);
    expect(far.heard()).toEqual([]);
    await clock.pass(DRAW);
    expect(far.heard()).toEqual([{ call: "draw", pictures: [size(181)] }]);
    engine.draw([size(180.5)]);
    await clock.pass(DRAW);
    expect(far.heard()).toEqual([]);
    engine.hear({ call: "refused" });
    await clock.pass(ANEW.first);
    expect(far.heard()).toContainEqual({ call: "draw", pictures: [size(181)] });
    engine.draw([{ ...size(1e9) }, { ...size(-3) }]);
    await clock.pass(DRAW);
    expect(far.heard()).toEqual([{ call: "draw", pictures: [size(65_535), size(0)] }]);
  });
});

test("after the end nothing is said, told or begun", async () => {
  await connected();
  engine.close();
  expect(calls(far.heard())).toEqual(["stop"]);
  expect(told).toEqual(["ended 4 microphone"]);
  engine.again();
  engine.draw([]);
  await engine.send(BOTH);
  engine.hear({ call: "full" });
  far.offer([]);
  await clock.pass(60_000);
  expect(far.heard()).toEqual([]);
  expect(told).toEqual(["ended 4 microphone"]);
});

test("a call that ends while it begins leaves nothing behind", async () => {
  const begins = engine.send(BOTH);
  engine.close();
  await begins;
  await clock.pass(60_000);
  expect(FakeConnection.all).toEqual([]);
});

test("whatever happens in whatever order: one offer at a time, every track ends once, and in the end it works", async () => {
  for (let seed = 1; seed <= 60; seed++) {
    let state = seed * 7_919;
    const chance = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    FakeConnection.all = [];
    [told, far.answers] = [[], true];
    far.heard();
    const random = new Engine({
      ...{ clock, random: () => 0.5, say: (about: CallSay) => far.say(about), servers: async () => [] },
      frames: { seal: () => undefined, open: () => undefined },
      events: {
        track: (from, source) => told.push(`+${from} ${source}`),
        ended: (from, source) => told.push(`-${from} ${source}`),
        state: (now) => told.push(now),
        held: () => undefined,
      },
    });
    far.hear = (about) => random.hear(about);
    const any = (): FakeConnection | undefined => FakeConnection.all[chance(FakeConnection.all.length || 1)];
    const happens: (() => unknown)[] = [
      () => random.send(VOICE),
      () => random.send(BOTH),
      () => random.send(new Map()),
      () => random.again(),
      () => any()?.connectionState !== "closed" && any()?.becomes("connected"),
      () => any()?.becomes("disconnected"),
      () => any()?.becomes("failed"),
      () => far.offer([{ mid: "0", from: chance(3), source: "camera" }]),
      () => far.offer([]),
      () => far.offer([{ mid: "0", from: 1, source: "camera" }], fakeSdp(500 + chance(3), ["0"])),
      () => far.hear({ call: "refused" }),
      () => far.answer(),
      () => (far.answers = chance(4) > 0),
      () => clock.pass(chance(6_000)),
    ];
    for (let step = 0; step < 60; step++) {
      await happens[chance(happens.length)]?.();
      if (chance(2)) await settled();
    }
    far.answers = true;
    await random.send(VOICE);
    for (let second = 0; second < 40; second++) {
      await clock.pass(1_000);
      const open = FakeConnection.all.filter(({ connectionState }) => connectionState !== "closed");
      for (const connection of open) connection.becomes("connected");
    }
    expect(told.filter((each) => !/^[+-]/.test(each)).at(-1), `seed ${seed}: ${told.join(", ")}`).toBe("connected");
    random.close();
    const open = new Map<string, number>();
    for (const each of told.filter((word) => /^[+-]/.test(word))) {
      const count = (open.get(each.slice(1)) ?? 0) + (each.startsWith("+") ? 1 : -1);
      expect([0, 1], `seed ${seed}: ${told.join(", ")}`).toContain(count);
      open.set(each.slice(1), count);
    }
    expect([...open.values()].every((count) => count === 0)).toBe(true);
  }
});
