// @vitest-environment node
// Sealed frames: what RFC 9605 says in numbers, and everything an engine in the middle could try.
import { describe, expect, test } from "vitest";
import { type Bytes, concat, random, utf8 } from "../../bytes.ts";
import type { Member, Source } from "../../protocol.ts";
import { clearOf } from "./clear.ts";
import { readHeader, writeHeader } from "./header.ts";
import { baseKey, epochId, epochOf, frameKey, keyId, openWith, sealWith, secretKey, TAG } from "./keys.ts";
import { KEPT, Ring, SETTLES } from "./ring.ts";
import type { FromWorker, Task } from "./said.ts";
import { open, seal } from "./seal.ts";
import { PATIENCE } from "./watch.ts";
import { BEHIND, Window } from "./window.ts";
import { type Frame, Work } from "./work.ts";

/** Computed by another implementation, in Python. */
const VECTORS = [
  "78d00102030401029b3cff873880aee30d5c42635694d40cc71280a5fdd9174024a218",
  "10020030405060708090d9010203040102012cde0aaba51cf31f0c52813d6382f14f38a74124494660",
  "110200da010203040102011170abbd98e4c87d55093f8182b5a483f0c68473",
  "78dc0102030401020200000000f2152cc8310e145ff1b3d4e919145f4d",
];

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

/** A VP8 frame that stands alone has bit 0 of its first byte clear. */
const picture = (standsAlone: boolean, length = 200): Bytes => {
  const frame = random(length);
  frame[0] = ((frame[0] ?? 0) & 0xfe) | (standsAlone ? 0 : 1);
  return frame;
};

/** Rings of several people with the secrets of the same epochs. */
async function rings(epochs: readonly { id: number; at: number; secret?: Bytes }[], count = 2): Promise<Ring[]> {
  const made = Array.from({ length: count }, () => new Ring());
  for (const { id, at, secret = random(32) } of epochs) {
    for (const ring of made) ring.add(id, await secretKey(secret.slice()), at);
  }
  return made;
}

const both = async (): Promise<[Ring, Ring]> => (await rings([{ id: 1, at: 0 }])) as [Ring, Ring];
const sealed = async (ring: Ring, frame: Bytes, source: Source = "camera", now = 0, me: Member = 7): Promise<Bytes> => {
  const made = await seal(ring, now, me, source, frame);
  if (typeof made === "string") throw new Error(made);
  return made;
};

describe("RFC 9605", () => {
  test("appendix C.3, suite 4", async () => {
    const base = await secretKey(bytes("000102030405060708090a0b0c0d0e0f"));
    const key = await frameKey(base, 0x123);
    expect(hex(key.salt)).toBe("75234edefe07819026751816");
    expect(key.key.extractable || base.extractable).toBe(false);
    const header = writeHeader(0x123, 0x4567);
    const metadata = utf8("IETF SFrame WG");
    const frame = utf8("draft-ietf-sframe-enc");
    const whole = concat(header, await sealWith(key, 0x4567, concat(header, metadata), frame));
    expect(hex(whole)).toBe("9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb");
    const opened = await openWith(key, 0x4567, concat(header, metadata), whole.subarray(5) as Bytes);
    expect(opened).toEqual(frame);
  });

  test.each([
    [0, 0, "00"],
    [0, 7, "07"],
    [0, 8, "0808"],
    [0, 255, "08ff"],
    [0, 256, "090100"],
    [7, 0, "70"],
    [8, 0, "8008"],
    [255, 255, "88ffff"],
    [256, 256, "9901000100"],
    [0x123, 0x4567, "9901234567"],
    [2 ** 48 - 1, 2 ** 32, "dcffffffffffff0100000000"],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, "ee1fffffffffffff1fffffffffffff"],
  ])("the header of key %d and counter %d is %s", (kid, counter, text) => {
    expect(hex(writeHeader(kid, counter))).toBe(text);
    expect(readHeader(concat(random(3), bytes(text), random(2)), 3)).toEqual({ kid, counter, length: text.length / 2 });
  });

  test.each(["", "99012345", "8807", "8007", "090001", "0f00000000000000ff", "0fffffffffffffffff", "88"])(
    "%s is no header",
    (text) => {
      expect(readHeader(bytes(text), 0)).toBeUndefined();
    },
  );
});

describe("what was written down, so that another implementation can be held against it", () => {
  // Secret of the epoch 00…1f, generation 1, epoch 2; drawn number 0x01020304.
  const table: [Member, Source, number, string, string][] = [
    [7, "microphone", 0, "784f70757320736179732073"],
    [7, "camera", 300, "10020030405060708090a0b0c0d0e0f0"],
    [4_294_967_295, "screen", 70_000, "1102003040"],
    [8, "screen_sound", 2 ** 33, "78"],
  ].map(([member, source, counter, frame], at) => [member, source, counter, frame, VECTORS[at]]) as never;

  test.each(table)("member %d, %s, frame %d", async (member, source, counter, frame, expected) => {
    const secret = await secretKey(Uint8Array.from({ length: 32 }, (_, at) => at));
    const kid = keyId(epochId({ generation: 1, epoch: 2 }), 0x01020304);
    expect(kid).toBe(0x010203040102);
    const key = await frameKey(await baseKey(secret, member, source), kid);
    const whole = bytes(frame);
    const clear = clearOf(source, whole);
    const header = writeHeader(kid, counter);
    const begins = whole.subarray(0, clear);
    const rest = await sealWith(key, counter, concat(header, begins), whole.subarray(clear) as Bytes);
    expect(hex(concat(begins, header, rest))).toBe(expected);
  });
});

describe("sealing and opening", () => {
  test.each([
    ["a voice", "microphone", random(90)],
    ["a pause of one byte", "microphone", random(1)],
    ["what the screen plays", "screen_sound", random(300)],
    ["a picture that stands alone", "camera", picture(true)],
    ["one that builds on it", "camera", picture(false)],
    ["the shortest that stands alone", "screen", picture(true, 10)],
    ["the shortest that does not", "screen", picture(false, 3)],
    ["a large one", "screen", picture(true, 60_000)],
  ] as const)("%s comes out as it went in", async (_, source, frame) => {
    const [one, other] = await both();
    const made = await sealed(one, frame.slice() as Bytes, source);
    const clear = clearOf(source, frame);
    expect(made.subarray(0, clear)).toEqual(frame.subarray(0, clear));
    expect(made.length - frame.length).toBeLessThanOrEqual(9 + TAG);
    expect(await open(other, 0, 7, source, made)).toEqual(frame);
  });

  test("the rest cannot be read", async () => {
    const [one] = await both();
    const words = utf8("................ganz geheim................");
    words[0] = 0;
    expect(hex(await sealed(one, words))).not.toContain(hex(utf8("geheim")));
  });

  test("equal frames never look equal, and each has the next number", async () => {
    const [one] = await both();
    const frame = random(50);
    const made = await Promise.all(Array.from({ length: 300 }, () => sealed(one, frame, "microphone")));
    expect(new Set(made.map(hex)).size).toBe(300);
    const counters = made.map((each) => readHeader(each, 1)?.counter ?? -1).sort((a, b) => a - b);
    expect(counters).toEqual(Array.from({ length: 300 }, (_, at) => at));
  });

  test("who begins anew in the same epoch has another key, so no nonce is used twice", async () => {
    const [one, again] = await both();
    const kid = async (ring: Ring): Promise<number> =>
      readHeader(await sealed(ring, picture(true)), 10)?.kid ?? Number.NaN;
    const [first, second] = [await kid(one), await kid(again)];
    expect(first).not.toBe(second);
    expect(epochOf(first)).toBe(epochOf(second));
    expect(await kid(one)).toBe(first);
  });

  test("nothing but the key of this person for this thing opens it", async () => {
    const [one, other] = await both();
    const [stranger] = await rings([{ id: 1, at: 0 }], 1);
    const made = await sealed(one, picture(true));
    expect(await open(stranger as Ring, 0, 7, "camera", made)).toBe("forged");
    expect(await open(other, 0, 8, "camera", made)).toBe("forged");
    expect(await open(other, 0, 7, "screen", made)).toBe("forged");
    expect(typeof (await open(other, 0, 7, "microphone", made))).toBe("string");
    expect(await open(other, 0, 7, "camera", made)).not.toBeTypeOf("string");
  });

  /** Which bits of a frame can be changed without notice. */
  async function unnoticed(opens: (frame: Bytes) => ReturnType<typeof open>, made: Bytes): Promise<number[]> {
    const found: number[] = [];
    for (let bit = 0; bit < made.length * 8; bit++) {
      const changed = made.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (typeof (await opens(changed)) !== "string") found.push(bit);
    }
    return found;
  }

  test("each changed bit is noticed, the readable ones too", async () => {
    const secret = random(32);
    const again = async (): Promise<Ring> => (await rings([{ id: 1, at: 0, secret }], 1))[0] as Ring;
    const [one, other] = [await again(), await again()];
    const made = await sealed(one, picture(true, 24));
    expect(await unnoticed((frame) => open(other, 0, 7, "camera", frame), made)).toEqual([]);
    // One that would not bind what is readable: the same search finds it.
    const careless = async (frame: Bytes): ReturnType<typeof open> => {
      return open(await again(), 0, 7, "camera", concat(made.subarray(0, 10), frame.subarray(10)));
    };
    expect(await unnoticed(careless, made)).toEqual(Array.from({ length: 80 }, (_, bit) => bit));
    for (let length = 0; length < made.length; length++)
      expect(await open(other, 0, 7, "camera", made.slice(0, length))).toBeTypeOf("string");
    expect(await open(other, 0, 7, "camera", concat(made, random(1)))).toBe("forged");
    expect(await open(other, 0, 7, "camera", made)).not.toBeTypeOf("string");
  });

  test("what is too short to be a frame is not sealed", async () => {
    const [one] = await both();
    expect(await seal(one, 0, 7, "microphone", random(0))).toBe("shape");
    expect(await seal(one, 0, 7, "camera", random(0))).toBe("shape");
    expect(await seal(one, 0, 7, "camera", picture(true, 9))).toBe("shape");
    expect(await seal(one, 0, 7, "camera", picture(false, 2))).toBe("shape");
  });

  test("without keys nothing leaves and nothing is shown", async () => {
    const [one] = await both();
    expect(await seal(new Ring(), 0, 7, "microphone", random(20))).toBe("key");
    expect(await open(new Ring(), 0, 7, "microphone", await sealed(one, random(20), "microphone"))).toBe("key");
  });
});

describe("order and repetition", () => {
  test("a frame counts once, in whatever order, also when two come at the same moment", async () => {
    const [one, other] = await both();
    const made: Bytes[] = [];
    for (let at = 0; at < 40; at++) made.push(await sealed(one, picture(at === 0)));
    const shuffled = made.map((frame, at) => ({ frame, at: (at * 17) % 40 })).sort((a, b) => a.at - b.at);
    for (const { frame } of shuffled) expect(await open(other, 0, 7, "camera", frame)).not.toBeTypeOf("string");
    for (const frame of made) expect(await open(other, 0, 7, "camera", frame)).toBe("replay");
    const last = await sealed(one, picture(false));
    const twice = await Promise.all([open(other, 0, 7, "camera", last), open(other, 0, 7, "camera", last)]);
    expect(twice.filter((opened) => opened === "replay")).toHaveLength(1);
  });

  test("also the very first two at the same moment, before the key is known", async () => {
    const [one, other] = await both();
    const first = await sealed(one, picture(true));
    const twice = await Promise.all([open(other, 0, 7, "camera", first), open(other, 0, 7, "camera", first)]);
    expect(twice.filter((opened) => opened === "replay")).toHaveLength(1);
  });

  test("a forged frame far ahead does not make the true ones too late", async () => {
    const [one, other] = await both();
    const made = await sealed(one, picture(true));
    const kid = readHeader(made, 10)?.kid ?? 0;
    const forged = concat(made.subarray(0, 10), writeHeader(kid, 2 ** 40), random(100));
    expect(await open(other, 0, 7, "camera", forged)).toBe("forged");
    expect(await open(other, 0, 7, "camera", made)).not.toBeTypeOf("string");
  });

  test("the window agrees with a plain list of what came", () => {
    const window = new Window();
    const came = new Set<number>();
    let newest = -1;
    let state = 12_345;
    const chance = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    for (let round = 0; round < 20_000; round++) {
      const far = chance(50) === 0 ? chance(3 * BEHIND) : chance(8);
      const counter = Math.max(0, chance(3) === 0 ? newest - chance(BEHIND + 20) : newest + far);
      const expected = !came.has(counter) && counter > newest - BEHIND;
      expect(window.take(counter), `${counter} after ${newest}`).toBe(expected);
      if (expected) came.add(counter);
      newest = expected ? Math.max(newest, counter) : newest;
    }
    expect(came.size).toBeGreaterThan(5_000);
  });
});

describe("epochs", () => {
  test("a new epoch is sealed with after a moment, and both can be opened meanwhile", async () => {
    const [one, other] = (await rings([
      { id: 1, at: 0 },
      { id: 2, at: 20_000 },
    ])) as [Ring, Ring];
    const epoch = (frame: Bytes): number => epochOf(readHeader(frame, 1)?.kid ?? 0);
    const before = await sealed(one, random(20), "microphone", 20_000 + SETTLES - 1);
    const after = await sealed(one, random(20), "microphone", 20_000 + SETTLES);
    expect([epoch(before), epoch(after)]).toEqual([1, 2]);
    expect(await open(other, 20_000 + SETTLES, 7, "microphone", after)).not.toBeTypeOf("string");
    expect(await open(other, 20_000 + KEPT - 1, 7, "microphone", before)).not.toBeTypeOf("string");
    const late = await sealed(one, random(20), "microphone", 20_000);
    expect(await open(other, 20_000 + KEPT, 7, "microphone", late)).toBe("key");
  });

  test("the first epoch is sealed with at once", async () => {
    const [one] = await rings([{ id: 9, at: 100 }], 1);
    expect(await seal(one as Ring, 100, 7, "microphone", random(20))).not.toBeTypeOf("string");
  });

  test("many changes at once: nobody is sealed out", async () => {
    const [one, other] = (await rings([
      { id: 1, at: 0 },
      { id: 2, at: 10_000 },
      { id: 3, at: 10_200 },
      { id: 4, at: 10_400 },
    ])) as [Ring, Ring];
    for (const now of [10_000, 10_300, 10_499, 10_600, 10_800, 10_900, 12_000]) {
      const frame = random(20);
      expect(await open(other, now, 7, "microphone", await sealed(one, frame, "microphone", now))).toEqual(frame);
    }
    expect(await open(other, 30_000, 7, "microphone", await sealed(one, random(9), "microphone", 10_400))).toBe("key");
  });

  test("an epoch said twice begins nothing anew", async () => {
    const secret = random(32);
    const [one] = await rings([{ id: 1, at: 0, secret }], 1);
    const first = await sealed(one as Ring, random(20), "microphone");
    (one as Ring).add(1, await secretKey(secret.slice()), 5);
    const second = await sealed(one as Ring, random(20), "microphone");
    expect(readHeader(second, 1)).toMatchObject({ kid: readHeader(first, 1)?.kid, counter: 1 });
  });

  test("a new group after a reload is another epoch than the old group's", () => {
    expect(epochId({ generation: 2, epoch: 0 })).not.toBe(epochId({ generation: 1, epoch: 16 }));
    expect(epochId({ generation: 300, epoch: 700 })).toBeLessThan(65_536);
  });

  test("names of keys that opened nothing are not kept", async () => {
    const [one, other] = await both();
    for (let at = 0; at < 200; at++) {
      const forged = concat(random(1), writeHeader(keyId(1, at), 0), random(40));
      expect(await open(other, 0, 7, "microphone", forged)).toBe("forged");
    }
    expect(await open(other, 0, 7, "microphone", await sealed(one, random(20), "microphone"))).not.toBeTypeOf("string");
  });
});

describe("the worker", () => {
  interface Place {
    work: Work;
    told: FromWorker[];
    clock: { now: number };
    anew: number;
    step(task: Task, frame: Uint8Array): Promise<Uint8Array | undefined>;
  }

  async function place(member: Member, secret: Bytes | undefined): Promise<Place> {
    const told: FromWorker[] = [];
    const clock = { now: 0 };
    const work = new Work(
      () => clock.now,
      (said) => told.push(said),
    );
    work.heard({ say: "me", member });
    if (secret) work.heard({ say: "epoch", id: 1, secret: await secretKey(secret.slice()) });
    const steps = new Map<string, ReturnType<Work["step"]>>();
    const made: Place = {
      ...{ work, told, clock, anew: 0 },
      async step(task, frame) {
        const name = JSON.stringify(task);
        const step =
          steps.get(name) ??
          work.step(task, () => {
            made.anew += 1;
          });
        steps.set(name, step);
        const out: Frame[] = [];
        await step({ data: frame.slice().buffer }, { enqueue: (each) => out.push(each) });
        return out[0] && new Uint8Array(out[0].data);
      },
    };
    return made;
  }

  test("hands frames on, counts what it drops, and never throws, whatever comes", async () => {
    const secret = random(32);
    const [one, other] = [await place(7, secret), await place(8, secret)];
    for (let at = 0; at < 50; at++) {
      const frame = random(at + 1);
      const made = await one.step({ seals: "microphone" }, frame);
      expect(await other.step({ opens: "microphone", from: 7 }, made ?? random(0))).toEqual(frame);
    }
    for (let at = 0; at < 3_000; at++) {
      const noise = random(at % 90);
      for (const opens of ["microphone", "camera"] as const)
        expect(await other.step({ opens, from: 7 }, noise)).toBeUndefined();
    }
    const { counts } = other.work;
    expect(counts.opened).toBe(50);
    expect(Object.values(counts.dropped).reduce((sum, each) => sum + each, 0)).toBe(6_000);
  });

  test("does not hand on what was not sealed, and sends nothing before there is a key", async () => {
    const other = await place(8, random(32));
    expect(await other.step({ opens: "microphone", from: 7 }, random(80))).toBeUndefined();
    const early = await place(7, undefined);
    expect(await early.step({ seals: "microphone" }, random(80))).toBeUndefined();
    expect(early.work.counts).toMatchObject({ sealed: 0, dropped: { key: 1 } });
  });

  test("says after three seconds that somebody cannot be read, and when she can be again", async () => {
    const secret = random(32);
    const [one, other] = [await place(7, secret), await place(8, undefined)];
    const task = { opens: "camera", from: 7 } as const;
    const send = async (now: number): Promise<Uint8Array | undefined> => {
      other.clock.now = now;
      return other.step(task, (await one.step({ seals: "camera" }, picture(true))) ?? random(0));
    };
    await send(0);
    await send(PATIENCE - 1);
    expect(other.told).toEqual([]);
    await send(PATIENCE);
    await send(PATIENCE + 500);
    const said = { say: "unreadable", from: 7, source: "camera" };
    expect(other.told).toEqual([{ ...said, unreadable: true }]);
    other.work.heard({ say: "epoch", id: 1, secret: await secretKey(secret.slice()) });
    expect(await send(PATIENCE + 600)).toBeDefined();
    expect(other.told).toEqual([
      { ...said, unreadable: true },
      { ...said, unreadable: false },
    ]);
    expect(other.anew).toBe(1);
    await send(PATIENCE + 700);
    expect(other.anew).toBe(1);
  });

  test("a few lost frames are not worth a word", async () => {
    const secret = random(32);
    const [one, other] = [await place(7, secret), await place(8, secret)];
    for (let now = 0; now < 20_000; now += 1_000) {
      other.clock.now = now;
      await other.step({ opens: "microphone", from: 7 }, random(40));
      const made = await one.step({ seals: "microphone" }, random(40));
      await other.step({ opens: "microphone", from: 7 }, made ?? random(0));
    }
    expect(other.told).toEqual([]);
  });
});
