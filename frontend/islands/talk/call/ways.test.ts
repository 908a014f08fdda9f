// @vitest-environment node
import { expect, test } from "vitest";
import type { WaysThere } from "../events.ts";
import { Ways } from "./ways.ts";

const there = (holds: number): WaysThere => ({ hear: "ways", servers: [], relay_only: true, holds, engine: false });

function ways() {
  const world = { asked: 0, now: 0, later: [] as (() => void)[] };
  const all = new Ways(
    () => {
      world.asked += 1;
    },
    () => world.now,
    (run) => void world.later.push(run),
  );
  return { world, all };
}

test("ways are asked for once and kept until their credentials end", async () => {
  const { world, all } = ways();
  const both = [all.get(), all.get()];
  all.heard(there(600));
  expect((await Promise.all(both)).map((one) => one?.holds)).toEqual([600, 600]);
  const asked = world.asked;
  world.now = 500_000;
  await all.get();
  expect(world.asked).toBe(asked);
  world.now = 545_000;
  const later = all.get();
  expect(world.asked).toBe(asked + 1);
  all.heard(there(1));
  expect((await later)?.holds).toBe(1);
});

test("who gets no answer goes on without, and asks again when the connection is back", async () => {
  const { world, all } = ways();
  const waits = all.get();
  all.again();
  expect(world.asked).toBe(2);
  for (const run of world.later) run();
  expect(await waits).toBeUndefined();
  all.again();
  expect(world.asked).toBe(2);
});
