// @vitest-environment node
// Networks that break at any moment: each text arrives once and in order, and what it says of itself is true.
import { describe, expect, test } from "vitest";
import { House, type Place } from "./bench/house.ts";

/** Three people talk while sockets break. What each was to read is compared with what she was shown. */
async function course(seed: number, change: (house: House) => void = () => undefined): Promise<string[]> {
  const house = new House(seed);
  const [host, seeker] = await house.pair();
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  house.room.fits = 8;
  house.room.ahead = 4;
  change(house);
  const people: Place[] = [host, seeker, guest];
  const sent = new Map<Place, string[]>(people.map((place) => [place, []]));
  const ids: [Place, string | undefined][] = [];
  for (let turn = 0; turn < 60; turn++) {
    const what = house.random();
    const who = people[Math.floor(house.random() * 3)] ?? host;
    if (what < 0.35) {
      const text = `${who.seat}-${turn}`;
      ids.push([who, who.talk.text(text)]);
      sent.get(who)?.push(text);
    } else if (what < 0.45) house.net.breakOne();
    else if (what < 0.5) house.net.pass(Math.floor(house.random() * 3_000));
    else if (what < 0.53) house.net.comeBack();
    else if (what < 0.8) house.net.step();
    else await house.idle();
  }
  await house.settle();
  const wrong: string[] = [];
  for (const reader of people) {
    for (const [writer, texts] of sent) {
      const shown = reader.texts.filter((text) => text.startsWith(`${writer.seat}-`));
      const expected = reader === writer ? [] : texts;
      if (shown.join() !== expected.join())
        wrong.push(`${reader.seat} reads of ${writer.seat}: ${shown} not ${expected}`);
    }
    if (reader.alarms.length) wrong.push(`${reader.seat}: ${reader.alarms}`);
    if (reader.faults.length) wrong.push(`${reader.seat}: ${reader.faults}`);
  }
  for (const [place, id] of ids) if (place.state(id) !== "sent") wrong.push(`${place.seat}: ${place.state(id)}`);
  return wrong;
}

/** People come, go, reload and are taken out at any moment; whoever stays is never alarmed and reads on in the end. */
async function crowd(seed: number): Promise<string[]> {
  const house = new House(seed);
  const [first, seeker] = await house.pair();
  let host = first;
  const all: Place[] = [host, seeker];
  let guest: Place | undefined;
  for (let turn = 0; turn < 40; turn++) {
    const what = house.random();
    if (what < 0.2) seeker.talk.text(`t${turn}`);
    else if (what < 0.3) host.talk.text(`h${turn}`);
    else if (what < 0.36) {
      guest?.talk.close();
      guest = await house.come("gast", "guest");
      all.push(guest);
    } else if (what < 0.4) guest?.talk.leave();
    else if (what < 0.43) {
      host.talk.close();
      host = await house.come("weber", "host");
      all.push(host);
    } else if (what < 0.5) house.net.breakOne();
    else if (what < 0.55) house.net.pass(1_000);
    else if (what < 0.65) for (const { member } of host.talk.snapshot.waiting) host.talk.admit(member);
    else if (what < 0.9) house.net.step();
    else await house.idle();
  }
  await house.settle();
  await house.admit(host);
  host.talk.text("am Ende");
  seeker.talk.text("auch");
  await house.settle();
  const wrong = all.flatMap((place) => [
    ...place.alarms.map((alarm) => `${place.seat}: ${alarm}`),
    ...place.faults.map((fault) => `${place.seat}: ${fault}`),
  ]);
  if (seeker.texts.at(-1) !== "am Ende") wrong.push(`the seeker reads ${seeker.texts.at(-1)}`);
  if (host.texts.at(-1) !== "auch") wrong.push(`the host reads ${host.texts.at(-1)}`);
  for (const place of all) if (new Set(place.texts).size !== place.texts.length) wrong.push(`${place.seat}: twice`);
  const words = new Set([host, seeker].map(({ talk }) => JSON.stringify(talk.snapshot.words)));
  if (words.size !== 1 || words.has("null")) wrong.push(`words ${[...words]}`);
  return wrong;
}

const seeds = Array.from({ length: 8 }, (_, at) => at + 1);

describe("while sockets break each text arrives once and in order", () => {
  for (const seed of seeds) {
    test(`seed ${seed}`, async () => {
      expect(await course(seed)).toEqual([]);
    }, 20_000);
  }
});

describe("while people come and go nobody is alarmed, and in the end all read", () => {
  for (const seed of seeds) {
    test(`seed ${seed}`, async () => {
      expect(await crowd(seed)).toEqual([]);
    }, 20_000);
  }
});

test("a room that forgets would be seen", async () => {
  const forgets = (house: House): void => {
    house.room.evil = (who, hear) => {
      if (hear.hear === "inside") who.open = [];
      return [hear];
    };
  };
  const found = await Promise.all(seeds.map((seed) => course(seed, forgets)));
  expect(found.flat().length).toBeGreaterThan(0);
}, 60_000);
