// @vitest-environment node
import { beforeEach, expect, test } from "vitest";
import { Net, type Server, type Wire } from "./bench/net.ts";
import { BACK_OFF, BEAT, Line, type LineState, SEEN } from "./line.ts";
import type { Hear, Say } from "./protocol.ts";
import type { TicketAnswer } from "./world.ts";

/** A room that only writes down, and says what the test says. */
class Script implements Server {
  answer: TicketAnswer = { ticket: "t" };
  asked = 0;
  wire: Wire | undefined;
  said: Say[] = [];

  ticket(): TicketAnswer {
    this.asked += 1;
    return this.answer;
  }
  heard(wire: Wire, text: string): void {
    this.wire = wire;
    this.said.push(JSON.parse(text));
  }
  lost(wire: Wire): void {
    if (this.wire === wire) this.wire = undefined;
  }
  /** What was said in these words since the last time. */
  take<W extends Say["say"]>(...words: W[]): Extract<Say, { say: W }>[] {
    const taken = this.said.filter((say): say is Extract<Say, { say: W }> => words.includes(say.say as W));
    this.said = this.said.filter((say) => !words.includes(say.say as W));
    return taken;
  }
}

let script: Script;
let net: Net;
let line: Line;
let heard: Hear[];
let states: LineState[];

const inside = (more: Partial<Extract<Hear, { hear: "inside" }>> = {}): Hear => ({
  hear: "inside",
  member: 4,
  role: "seeker",
  secret: "s",
  resumed: false,
  taken: 0,
  closes_in: 0,
  locked: false,
  people: [],
  ...more,
});
const message = (seq: number, body = "AAAA"): Hear => ({ hear: "message", seq, from: 1, kind: "message", body });
const letter = (n: number): Extract<Say, { say: "send" }> => ({ say: "send", n, kind: "message", body: `b${n}` });

async function flow(): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    await new Promise((done) => setTimeout(done, 0));
    while (net.step()) quiet = 0;
  }
  await line.idle();
}

async function tell(...words: Hear[]): Promise<void> {
  for (const word of words) script.wire?.send(JSON.stringify(word));
  await flow();
}

beforeEach(async () => {
  script = new Script();
  net = new Net(script, () => 0.5);
  heard = [];
  states = [];
  line = new Line({
    entry: "e",
    world: net.world(),
    hear: (hear) => void heard.push(hear),
    tell: (state) => void states.push(state),
  });
  line.start();
  await flow();
});

test("it says hello with its ticket, and to go on as who it was after a break", async () => {
  expect(script.take("hello")).toEqual([{ say: "hello", version: 1, ticket: "t" }]);
  await tell(inside(), message(5), message(9));
  net.breakAll();
  expect(line.state).toMatchObject({ state: "reconnecting", tries: 0 });
  net.pass(BACK_OFF.first);
  await flow();
  expect(script.take("hello")).toEqual([
    { say: "hello", version: 1, ticket: "t", resume: { member: 4, secret: "s", seen: 9 } },
  ]);
});

test("what was heard is handed on once and in order", async () => {
  await tell(inside(), message(1), message(3), message(3), message(2), message(4));
  expect(heard.map((hear) => (hear.hear === "message" ? hear.seq : hear.hear))).toEqual(["inside", 1, 3, 4]);
});

test("what the room has not taken is said again after a break, and only that", async () => {
  await tell(inside());
  for (let count = 0; count < 4; count++) line.send(letter);
  await flow();
  expect(script.take("send").map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  await tell({ hear: "taken", n: 1 });
  net.breakAll();
  net.pass(BACK_OFF.first);
  await flow();
  await tell(inside({ resumed: true, taken: 3 }), { hear: "refused", n: 2, why: "stale" });
  expect(script.take("send").map(({ n }) => n)).toEqual([4]);
  // 3 was presumed to be taken until the room had told all its refusals.
  await tell({ hear: "beat" });
  const answers = heard.flatMap((hear) =>
    hear.hear === "taken" || hear.hear === "refused" ? [[hear.hear, hear.n]] : [],
  );
  expect(answers).toEqual([
    ["taken", 1],
    ["refused", 2],
    ["taken", 3],
  ]);
  expect(line.waiting).toBe(1);
});

test("what was presumed survives a second break before the room could say so", async () => {
  await tell(inside());
  line.send(letter);
  for (let round = 0; round < 2; round++) {
    await flow();
    net.breakAll();
    net.pass(BACK_OFF.longest);
    await flow();
    await tell(inside({ resumed: true, taken: 1 }));
  }
  await tell({ hear: "beat" });
  expect(heard.filter(({ hear }) => hear === "taken")).toEqual([{ hear: "taken", n: 1 }]);
});

test("when the room is full it waits, and goes on with what did not fit", async () => {
  await tell(inside());
  for (let count = 0; count < 3; count++) line.send(letter);
  await flow();
  script.take("send");
  await tell({ hear: "taken", n: 1 }, { hear: "full", n: 2 });
  line.send(letter);
  await flow();
  expect(script.take("send")).toEqual([]);
  await tell({ hear: "space" });
  expect(script.take("send").map(({ n }) => n)).toEqual([2, 3, 4]);
});

test("as somebody new it counts anew, and what was under way is left to the conversation", async () => {
  await tell(inside(), message(7));
  line.send(letter);
  net.breakAll();
  net.pass(BACK_OFF.first);
  await flow();
  script.take("send", "hello");
  await tell(inside({ member: 5 }), message(1));
  expect(script.take("send")).toEqual([]);
  expect(line.send(letter)).toBe(1);
  expect(heard.at(-1)).toMatchObject({ hear: "message", seq: 1 });
});

test("what may be said twice is said again until the room has read it", async () => {
  await tell(inside());
  line.say({ say: "knock", letter: "one" });
  line.say({ say: "knock", letter: "two" });
  line.say({ say: "lock", locked: true });
  net.breakAll();
  net.pass(BACK_OFF.first);
  await flow();
  script.take("knock", "lock");
  net.breakAll();
  net.pass(BACK_OFF.longest);
  await flow();
  await tell(inside({ resumed: true }));
  // The newer letter stands for the older one.
  expect(script.take("knock", "lock")).toEqual([
    { say: "knock", letter: "two" },
    { say: "lock", locked: true },
  ]);
  await tell({ hear: "beat" });
  net.breakAll();
  net.pass(BACK_OFF.longest);
  await flow();
  await tell(inside({ resumed: true }));
  expect(script.take("knock", "lock")).toEqual([]);
});

test("what has come is confirmed in portions: after so many, so much, or so long", async () => {
  await tell(inside(), message(1));
  expect(script.take("seen")).toEqual([]);
  net.pass(SEEN.after);
  await flow();
  expect(script.take("seen")).toEqual([{ say: "seen", upto: 1 }]);
  await tell(...Array.from({ length: SEEN.things }, (_, at) => message(at + 2)));
  expect(script.take("seen")).toEqual([{ say: "seen", upto: SEEN.things + 1 }]);
  await tell(message(50, "A".repeat(SEEN.letters)));
  expect(script.take("seen")).toEqual([{ say: "seen", upto: 50 }]);
});

test("what was heard before a new beginning is not confirmed in it", async () => {
  let done: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    done = resolve;
  });
  line.close();
  line = new Line({
    entry: "e",
    world: net.world(),
    hear: (hear) => (hear.hear === "message" ? slow : undefined),
    tell: () => undefined,
  });
  line.start();
  const reach = async (): Promise<void> => {
    await new Promise((then) => setTimeout(then, 0));
    while (net.step());
  };
  await reach();
  for (const word of [inside(), message(40)]) script.wire?.send(JSON.stringify(word));
  await reach();
  net.breakAll();
  net.pass(BACK_OFF.first);
  await reach();
  script.wire?.send(JSON.stringify(inside({ member: 5 })));
  await reach();
  done();
  await flow();
  net.pass(SEEN.after);
  await flow();
  expect(script.take("seen")).toEqual([]);
});

test("it asks whether the room is there, and comes anew without an answer", async () => {
  await tell(inside(), { hear: "beat" });
  script.take("beat");
  net.pass(BEAT.every);
  await flow();
  expect(script.take("beat")).toHaveLength(1);
  await tell({ hear: "beat" });
  net.pass(BEAT.every);
  await flow();
  expect(line.state.state).toBe("connected");
  net.pass(BEAT.patience);
  expect(line.state.state).toBe("reconnecting");
});

test("between tries it waits longer and longer, but not too long, and not when the network is back", async () => {
  await tell(inside());
  script.answer = "later";
  net.breakAll();
  const waits: number[] = [];
  for (let round = 0; round < 8; round++) {
    const before = script.asked;
    let waited = 0;
    while (script.asked === before) {
      net.pass(25);
      waited += 25;
      await flow();
    }
    waits.push(waited);
  }
  // With the chance of these tests: three quarters of 300 ms, doubled each time, up to three quarters of 8 s.
  expect(waits).toEqual([225, 450, 900, 1_800, 3_600, 6_000, 6_000, 6_000]);
  expect(line.state).toMatchObject({ state: "reconnecting", tries: 8 });
  const before = script.asked;
  net.comeBack();
  await flow();
  expect(script.asked).toBe(before + 1);
  expect(
    states
      .filter(({ state }) => state === "reconnecting")
      .every((state) => "since" in state && state.since === 1_700_000_000_000),
  ).toBe(true);
});

test("endings that pass are tried again, others end it", async () => {
  for (const why of ["ticket", "restart", "too_fast"] as const) {
    await tell(inside(), { hear: "over", why });
    expect(line.state.state).toBe("reconnecting");
    net.pass(BACK_OFF.longest);
    await flow();
  }
  await tell(inside(), { hear: "over", why: "removed" });
  expect(line.state).toEqual({ state: "over", why: "removed" });
  const { asked } = script;
  net.pass(60_000);
  net.comeBack();
  await flow();
  expect(script.asked).toBe(asked);
  expect(heard.at(-1)).toMatchObject({ hear: "over", why: "removed" });
});

test("a right that does not count ends it, with the reason", async () => {
  for (const answer of ["entry", "closed", "revoked"] as const) {
    script.answer = answer;
    const other = new Line({ entry: "x", world: net.world(), hear: () => undefined, tell: () => undefined });
    other.start();
    await flow();
    expect(other.state).toEqual({ state: "over", why: answer });
  }
});

test("closing is silent and final", async () => {
  await tell(inside());
  line.close();
  expect(net.up).toBe(0);
  net.pass(60_000);
  await flow();
  expect(script.take("hello")).toHaveLength(1);
});
