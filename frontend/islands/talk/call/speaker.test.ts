import { describe, expect, test } from "vitest";
import { LOUD, large, type Picture, Speakers, TIMES } from "./speaker.ts";

/** Plays voices: each speaks in her spans (from, to), heard every 200 ms; tells who is first over time, without repeats. */
function play(spans: Readonly<Record<number, readonly (readonly [number, number])[]>>, until: number) {
  const speakers = new Speakers();
  const firsts: (number | undefined)[] = [];
  const at: number[] = [];
  for (let now = 0; now <= until; now += 200) {
    const levels = new Map(
      Object.entries(spans).map(([who, when]) => {
        const speaks = when.some(([from, to]) => now >= from && now < to);
        return [Number(who), speaks ? 0.2 : 0.001];
      }),
    );
    speakers.hear(levels, now);
    if (speakers.first === firsts.at(-1) && firsts.length) continue;
    firsts.push(speakers.first);
    at.push(now);
  }
  return { firsts, at, speakers };
}

describe("who is large", () => {
  test("nobody before somebody speaks; then who speaks long enough", () => {
    expect(play({ 1: [], 2: [] }, 3_000).firsts).toEqual([undefined]);
    expect(play({ 1: [[1_000, 5_000]], 2: [] }, 6_000).firsts).toEqual([undefined, 1]);
  });

  test("a cough changes nothing", () => {
    const { firsts } = play({ 1: [[0, 4_000]], 2: [[6_000, 6_400]], 3: [[9_000, 9_400]] }, 12_000);
    expect(firsts).toEqual([undefined, 1]);
  });

  test("the next one who speaks, also after short pauses within a sentence", () => {
    const { firsts, at } = play(
      {
        1: [[0, 4_000]],
        2: [
          [5_600, 6_000],
          [6_600, 7_000],
          [7_600, 12_000],
        ],
      },
      12_000,
    );
    expect(firsts).toEqual([undefined, 1, 2]);
    expect(at[2]).toBeLessThanOrEqual(5_600 + TIMES.takes + 400);
  });

  test("two at once do not make it jump", () => {
    const { firsts } = play({ 1: [[0, 20_000]], 2: [[1_000, 20_000]], 3: [[1_200, 20_000]] }, 20_000);
    expect(firsts).toEqual([undefined, 1]);
  });

  test("who keeps interrupting gets it in a pause of the other", () => {
    const spans = Array.from({ length: 20 }, (_, at) => [at * 1_000, at * 1_000 + 600] as const);
    const { firsts } = play({ 1: spans, 2: [[2_000, 20_000]] }, 20_000);
    expect(firsts).toEqual([undefined, 1, 2]);
  });

  test("never oftener than it may, whatever eight people do", () => {
    let state = 7;
    const chance = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const speakers = new Speakers();
    let changed = Number.NEGATIVE_INFINITY;
    let first: number | undefined;
    let changes = 0;
    for (let now = 0; now < 600_000; now += 100) {
      speakers.hear(new Map(Array.from({ length: 8 }, (_, who) => [who, chance() * chance() * chance() * 0.1])), now);
      if (speakers.first === first) continue;
      expect(now - changed).toBeGreaterThanOrEqual(first === undefined ? 0 : TIMES.stays);
      [changed, first, changes] = [now, speakers.first, changes + 1];
      expect(speakers.speaking).toContain(first);
    }
    expect(changes).toBeGreaterThan(0);
  });

  test("who leaves is neither first nor speaking", () => {
    const { speakers } = play({ 1: [[0, 5_000]], 2: [[3_000, 5_000]] }, 4_800);
    expect(speakers.first).toBe(1);
    expect(speakers.speaking).toEqual([1, 2]);
    speakers.hear(new Map([[2, 0.2]]), 5_000);
    expect(speakers.first).toBe(2);
    speakers.hear(new Map(), 5_200);
    expect([speakers.first, speakers.speaking]).toEqual([undefined, []]);
  });

  test("between the two loudnesses nothing begins and nothing ends", () => {
    const speakers = new Speakers();
    const between = (LOUD.begins + LOUD.ends) / 2;
    speakers.hear(new Map([[1, between]]), 0);
    expect(speakers.speaking).toEqual([]);
    speakers.hear(new Map([[1, LOUD.begins]]), 100);
    for (let now = 200; now < 9_000; now += 100) speakers.hear(new Map([[1, between]]), now);
    expect(speakers.speaking).toEqual([1]);
  });
});

test("the large picture: chosen, then the newest screen, then who speaks, then the first", () => {
  const pictures: Picture[] = [
    { from: 1, source: "camera" },
    { from: 2, source: "camera" },
    { from: 1, source: "screen" },
    { from: 3, source: "screen" },
  ];
  const cameras = pictures.slice(0, 2);
  expect(large(pictures, { from: 2, source: "camera" }, 1)).toBe(pictures[1]);
  expect(large(pictures, { from: 9, source: "camera" }, 1)).toBe(pictures[3]);
  expect(large(cameras, undefined, 2)).toBe(pictures[1]);
  expect(large(cameras, undefined, 7)).toBe(pictures[0]);
  expect(large([], undefined, 7)).toBeUndefined();
});
