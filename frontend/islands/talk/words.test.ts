// @vitest-environment node
import { expect, test } from "vitest";
import { random } from "./bytes.ts";
import type { Content } from "./content.ts";
import { Comparison, WORDS, wordList } from "./words.ts";

const secret = random(32);
const given = async () => secret;

/** Everybody says everything to everybody, in the order given by `turn`; `change` is what a cheat does on the way. */
async function compare(
  members: number[],
  turn: (waiting: number) => number,
  change: (from: number, to: number, content: Content) => Content = (_from, _to, content) => content,
): Promise<{ words: (readonly number[] | undefined)[]; alarms: number }> {
  const places = new Map(members.map((member) => [member, new Comparison(member, members)]));
  const waiting: { from: number; to: number; content: Content }[] = [];
  const say = (from: number, content: Content): void => {
    for (const to of members) if (to !== from) waiting.push({ from, to, content: change(from, to, content) });
  };
  let alarms = 0;
  for (const [member, place] of places) say(member, await place.begin());
  while (waiting.length) {
    // What one says to another stays in order.
    const any = waiting[turn(waiting.length)];
    const at = waiting.findIndex(({ from, to }) => from === any?.from && to === any.to);
    const [next] = waiting.splice(at, 1);
    if (!next) break;
    const step = await places.get(next.to)?.heard(next.from, next.content);
    if (step === "alarm") alarms += 1;
    else if (step) say(next.to, step.say);
  }
  return { words: await Promise.all([...places.values()].map((place) => place.words(given))), alarms };
}

test("everybody gets the same words, in whatever order things come", async () => {
  for (let seed = 1; seed <= 40; seed++) {
    let state = seed;
    const turn = (waiting: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % waiting;
    };
    const { words, alarms } = await compare([1, 5, 9].slice(0, 2 + (seed % 2)), turn);
    expect(alarms).toBe(0);
    expect(words[0]).toHaveLength(WORDS);
    for (const heard of words) expect(heard).toEqual(words[0]);
  }
});

test("a number that does not fit its hash is an alarm, and there are no words", async () => {
  const first = (): number => 0;
  const cheat = (from: number, _to: number, content: Content): Content =>
    from === 2 && content.type === "reveal" ? { type: "reveal", nonce: random(32) } : content;
  const { words, alarms } = await compare([1, 2], first, cheat);
  expect(alarms).toBe(1);
  expect(words[0]).toBeUndefined();
});

test("nobody shows her number before she has the hash of everybody, and no hash counts twice", async () => {
  const place = new Comparison(1, [1, 2, 3]);
  await place.begin();
  expect(await place.heard(2, { type: "commitment", hash: random(32) })).toBeUndefined();
  expect(await place.heard(2, { type: "commitment", hash: random(32) })).toBe("alarm");
  expect(await place.heard(3, { type: "commitment", hash: random(32) })).toBeUndefined();
});

test("a number before its hash is an alarm, strangers are not heard", async () => {
  const place = new Comparison(1, [1, 2]);
  await place.begin();
  expect(await place.heard(7, { type: "reveal", nonce: random(32) })).toBeUndefined();
  expect(await place.heard(2, { type: "reveal", nonce: random(32) })).toBe("alarm");
});

test("the words depend on the secret of the group", async () => {
  const places = [new Comparison(1, [1, 2]), new Comparison(2, [1, 2])] as const;
  const hashes = [await places[0].begin(), await places[1].begin()] as const;
  const one = await places[0].heard(2, hashes[1]);
  const other = await places[1].heard(1, hashes[0]);
  if (!one || one === "alarm" || !other || other === "alarm") throw new Error("no numbers");
  await places[0].heard(2, other.say);
  await places[1].heard(1, one.say);
  expect(await places[0].words(given)).not.toEqual(await places[1].words(async () => random(32)));
});

test("each list has 256 words that are told apart", async () => {
  for (const language of ["de", "en"]) {
    const words = (await wordList(language)).map((word) => word.toLowerCase());
    expect(new Set(words).size).toBe(256);
    for (const [at, one] of words.entries()) {
      for (const other of words.slice(at + 1)) {
        expect(other.startsWith(one) || one.startsWith(other), `${one} ${other}`).toBe(false);
        expect(distance(one, other), `${one} ${other}`).toBeGreaterThan(2);
      }
    }
  }
});

/** How many letters have to change. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [place, against] of [...other].entries()) {
      const changed = (row[place] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min((row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
