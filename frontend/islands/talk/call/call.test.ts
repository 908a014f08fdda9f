// @vitest-environment node
// Several places in one call: who is inside decides the way, and nobody is cut off while it changes.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Leaf } from "../leaf.ts";
import type { Member, Source } from "../protocol.ts";
import { FakeTrack } from "./bench/peers.ts";
import { Call, type EngineWay, LINGER } from "./call.ts";
import type { Pair, PairOptions } from "./pair.ts";
import type { WayEvents } from "./way.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A way that does what the test says. */
class FakeWay {
  readonly events: WayEvents;
  readonly options: PairOptions | undefined;
  sent: Source[] = [];
  isClosed = false;
  life = 1;
  agains = 0;
  heardSignals = 0;
  constructor(events: WayEvents, options?: PairOptions) {
    this.events = events;
    this.options = options;
    this.life = (options?.life ?? 0) + 1;
  }
  async send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    this.sent = [...media.keys()];
  }
  draw(): void {}
  async stats(): Promise<RTCStatsReport[]> {
    return [];
  }
  again(): void {
    this.agains += 1;
  }
  heard(): void {
    this.heardSignals += 1;
  }
  hear(): void {}
  epoch(): void {}
  close(): void {
    this.isClosed = true;
  }
}

const NAMES: Readonly<Record<number, [string, Leaf["role"]]>> = {
  1: ["Weber", "host"],
  2: ["Kim", "seeker"],
  3: ["Gast", "guest"],
};

/** A group of people who all have a page. */
class Group {
  readonly calls = new Map<Member, Call>();
  readonly pairs = new Map<Member, Map<Member, FakeWay>>();
  readonly engines = new Map<Member, FakeWay>();
  readonly hushed: Member[] = [];
  readonly news: string[] = [];
  inside: Member[];
  hasEngine: boolean;

  constructor(inside: Member[], hasEngine = true) {
    this.inside = inside;
    this.hasEngine = hasEngine;
    for (const me of inside) this.#come(me);
  }

  leaf(member: Member): Leaf {
    const [name, role] = NAMES[member] ?? ["?", "guest"];
    return { member, name, role };
  }

  call(member: Member): Call {
    const call = this.calls.get(member);
    if (!call) throw new Error(`nobody is ${member}`);
    return call;
  }

  pair(of: Member, to: Member): FakeWay | undefined {
    const pair = this.pairs.get(of)?.get(to);
    return pair?.isClosed ? undefined : pair;
  }

  engine(of: Member): FakeWay | undefined {
    const engine = this.engines.get(of);
    return engine?.isClosed ? undefined : engine;
  }

  leave(member: Member): void {
    this.inside = this.inside.filter((one) => one !== member);
    for (const call of this.calls.values()) call.changed();
  }

  #come(me: Member): void {
    const group = this;
    const mine = new Map<Member, FakeWay>();
    this.pairs.set(me, mine);
    const call: Call = new Call({
      talk: {
        get snapshot() {
          const inside = group.inside.map((member) => ({ ...group.leaf(member), connected: true, hand: false }));
          return { inside, me: group.leaf(me), stage: "inside" as const, line: { state: "connected" as const } };
        },
        call: (body, to) => {
          for (const member of group.inside) {
            if (member !== me && (to === undefined || to === member))
              group.calls.get(member)?.heard(group.leaf(me), body, to !== undefined);
          }
        },
        askWays: () => call.ways({ hear: "ways", servers: [], relay_only: true, holds: 600, engine: group.hasEngine }),
        engine: () => undefined,
        exporter: async () => undefined,
      },
      pair: (options) => {
        const way = new FakeWay(options.events, options);
        mine.set(options.peer, way);
        return way as unknown as Pair;
      },
      engine: ({ events }) => {
        const way = new FakeWay(events);
        group.engines.set(me, way);
        return way as unknown as EngineWay;
      },
      events: {
        changed: () => undefined,
        came: (who, came) => this.news.push(`${me}: ${who.name} ${came ? "kommt" : "geht"}`),
        hushed: () => this.hushed.push(me),
        channel: () => undefined,
      },
    });
    this.calls.set(me, call);
    call.ways({ hear: "ways", servers: [], relay_only: true, holds: 600, engine: this.hasEngine });
    void call.send(new Map([["microphone", new FakeTrack("mic").track]]), ["microphone"]);
  }
}

test("alone there is no way; two have one between them, the host impolite", () => {
  const group = new Group([1, 2]);
  group.call(1).join(true);
  expect(group.call(1).snapshot).toMatchObject({ isIn: true, state: undefined, others: [] });
  expect(group.pair(1, 2)).toBeUndefined();
  expect(group.call(2).snapshot.others.map(({ who, shows }) => [who.name, shows.sources])).toEqual([
    ["Weber", ["microphone"]],
  ]);
  group.call(2).join(true);
  expect([group.pair(1, 2)?.options?.polite, group.pair(2, 1)?.options?.polite]).toEqual([false, true]);
  expect(group.pair(1, 2)?.sent).toEqual(["microphone"]);
  expect(group.engine(1)).toBeUndefined();
  expect(group.news).toEqual(["2: Weber kommt", "1: Kim kommt"]);
});

test("when a third comes the two stay connected until the engine is there, and a little longer", () => {
  const group = new Group([1, 2, 3]);
  for (const member of [1, 2]) group.call(member).join(true);
  group.pair(1, 2)?.events.state("connected");
  group.pair(1, 2)?.events.track(2, "camera", new FakeTrack("alt").track);
  group.call(3).join(true);
  expect(group.engine(1)?.sent).toEqual(["microphone"]);
  expect(group.pair(1, 2)?.sent).toEqual(["microphone"]);
  expect(group.pair(3, 1)).toBeUndefined();
  // Still seen, over the old way.
  expect(group.call(1).snapshot.media.map(({ from, source }) => [from, source])).toEqual([[2, "camera"]]);
  group.engine(1)?.events.track(2, "camera", new FakeTrack("neu").track);
  expect(group.call(1).snapshot.media.map(({ track }) => (track as unknown as FakeTrack).name)).toEqual(["neu"]);
  group.engine(1)?.events.state("connected");
  vi.advanceTimersByTime(LINGER - 1);
  expect(group.pair(1, 2)).toBeDefined();
  vi.advanceTimersByTime(1);
  expect(group.pair(1, 2)).toBeUndefined();
  expect(group.call(1).snapshot).toMatchObject({ kind: "engine", state: "connected" });
});

test("when the third leaves the engine stays until the two are connected", () => {
  const group = new Group([1, 2, 3]);
  for (const member of [1, 2, 3]) group.call(member).join(true);
  vi.advanceTimersByTime(LINGER);
  group.engine(1)?.events.state("connected");
  vi.advanceTimersByTime(LINGER);
  group.call(3).join(false);
  expect(group.engine(3)).toBeUndefined();
  expect(group.pair(1, 2)).toBeDefined();
  vi.advanceTimersByTime(10 * LINGER);
  expect(group.engine(1)).toBeDefined();
  group.pair(1, 2)?.events.state("connected");
  vi.advanceTimersByTime(LINGER);
  expect(group.engine(1)).toBeUndefined();
});

test("without an engine a third is told that pictures are for two, and nobody pretends", () => {
  const group = new Group([1, 2, 3], false);
  for (const member of [1, 2, 3]) group.call(member).join(true);
  for (const member of [1, 2, 3]) expect(group.call(member).snapshot).toMatchObject({ crowded: true, kind: undefined });
  expect([1, 2, 3].map((member) => group.engine(member))).toEqual([undefined, undefined, undefined]);
  group.call(3).join(false);
  expect(group.call(1).snapshot).toMatchObject({ crowded: false, kind: "pair" });
  expect(group.pair(1, 2)?.sent).toEqual(["microphone"]);
});

test("who hangs up, or is gone, leaves no way behind; the next connection is another life", () => {
  const group = new Group([1, 2]);
  for (const member of [1, 2]) group.call(member).join(true);
  const first = group.pair(1, 2);
  group.call(2).join(false);
  expect([group.pair(1, 2), group.pair(2, 1)]).toEqual([undefined, undefined]);
  group.call(2).join(true);
  expect(group.pair(1, 2)?.options?.life).toBe(first?.life);
  group.leave(2);
  expect(group.pair(1, 2)).toBeUndefined();
  expect(group.call(1).snapshot.others).toEqual([]);
});

test("text has a way between each two, without a call and without sound, and ends with it", () => {
  const group = new Group([1, 2, 3]);
  for (const member of [1, 2, 3]) group.call(member).text(true);
  for (const [one, other] of [
    [1, 2],
    [2, 3],
    [3, 1],
  ] as const) {
    expect(group.pair(one, other)).toBeDefined();
    expect(group.pair(one, other)?.sent).toEqual([]);
  }
  for (const member of [1, 2, 3]) group.call(member).join(true);
  expect(group.engine(1)?.sent).toEqual(["microphone"]);
  group.engine(1)?.events.state("connected");
  vi.advanceTimersByTime(LINGER);
  expect(group.pair(1, 2)?.sent).toEqual([]);
  group.call(3).text(false);
  expect(group.pair(1, 3)).toBeUndefined();
  expect(group.pair(1, 2)).toBeDefined();
});

test("only a host can ask for quiet", () => {
  const group = new Group([1, 2]);
  group.call(2).hush(1);
  expect(group.hushed).toEqual([]);
  group.call(1).hush(2);
  expect(group.hushed).toEqual([2]);
});

test("a signal that comes before its pair waits for it; one of an earlier life does not", () => {
  const group = new Group([1, 2]);
  const signal = (life: number): string => JSON.stringify({ say: "signal", life, n: 1 });
  group.call(1).heard(group.leaf(2), signal(1), true);
  for (const member of [1, 2]) group.call(member).join(true);
  expect(group.pair(1, 2)?.heardSignals).toBe(1);
  group.call(2).join(false);
  group.call(1).heard(group.leaf(2), signal(1), true);
  group.call(2).join(true);
  expect(group.pair(1, 2)?.heardSignals).toBe(0);
});

test("when the connection to the room is back every way is looked for anew", () => {
  const group = new Group([1, 2]);
  for (const member of [1, 2]) group.call(member).join(true);
  group.call(1).again();
  expect(group.pair(1, 2)?.agains).toBe(1);
});
