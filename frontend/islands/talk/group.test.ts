// @vitest-environment node
import { expect, test } from "vitest";
import { type Bytes, random, text, utf8 } from "./bytes.ts";
import { type Doubt, Doubtful, Group } from "./group.ts";
import { type Leaf, newKeys, packed, unpacked } from "./leaf.ts";
import type { KeyPackage } from "./mls.ts";
import { supported } from "./suite.ts";

const host: Leaf = { member: 1, role: "host", name: "Frau Weber" };
const seeker: Leaf = { member: 2, role: "seeker", name: "Vogel" };
const guest: Leaf = { member: 3, role: "guest", name: "Dolmetscherin" };

/** Admits people: what came out for them, and their places. */
async function admit(keeper: Group, others: Group[], leaves: Leaf[], remove: number[] = []): Promise<Group[]> {
  const keys = await Promise.all(leaves.map(newKeys));
  const prepared = await keeper.prepare(
    keys.map(({ open }) => open),
    remove,
  );
  keeper.apply(prepared);
  for (const other of others) await other.follow(prepared.commit, 1, keeper.epoch);
  return Promise.all(keys.map((mine) => Group.join("room", prepared.welcome ?? random(0), mine, keeper.epoch, 1)));
}

async function pair(): Promise<[Group, Group]> {
  const keeper = await Group.begin("room", 1, await newKeys(host));
  const [other] = await admit(keeper, [], [seeker]);
  if (!other) throw new Error("nobody");
  return [keeper, other];
}

const doubt = (promise: Promise<unknown>): Promise<Doubt | undefined> =>
  promise.then(
    () => undefined,
    (error) => (error instanceof Doubtful ? error.doubt : Promise.reject(error)),
  );

const said = async (group: Group, sealed: Bytes, from: number): Promise<string | undefined> =>
  text((await group.open(sealed, from)).content);

test("this place can do it", async () => {
  expect(await supported()).toBe(true);
});

test("who is inside reads what is said, and both know who is there", async () => {
  const [one, other] = await pair();
  expect(await said(other, await one.seal(utf8("Guten Tag")), 1)).toBe("Guten Tag");
  expect(await said(one, await other.seal(utf8("Hallo")), 2)).toBe("Hallo");
  expect(one.members()).toEqual([host, seeker]);
  expect(other.members()).toEqual([host, seeker]);
  expect(await one.exported("a", 32)).toEqual(await other.exported("a", 32));
  expect(await one.exported("a", 32)).not.toEqual(await other.exported("b", 32));
});

test("who joins reads nothing from before, who has left nothing from after, and every change makes new keys", async () => {
  const [one, two] = await pair();
  const before = await one.exported("x", 32);
  const early = await two.seal(utf8("vorher"));
  const [three] = await admit(one, [two], [guest]);
  if (!three) throw new Error("nobody");
  const between = await one.exported("x", 32);
  expect(between).not.toEqual(before);
  expect(await doubt(three.open(early, 2))).toBe("foreign");
  // On its way while the group changed: those who were there read it.
  expect(await said(one, early, 2)).toBe("vorher");

  const prepared = await one.prepare([], [3]);
  one.apply(prepared);
  await two.follow(prepared.commit, 1, one.epoch);
  expect(await doubt(three.follow(prepared.commit, 1, one.epoch))).toBe("foreign");
  const late = await two.seal(utf8("nachher"));
  expect(await said(one, late, 2)).toBe("nachher");
  expect(await doubt(three.open(late, 2))).toBe("epoch");
  expect(await one.exported("x", 32)).not.toEqual(between);
  // What she says with her old keys is not believed any more; only the keeper cannot tell it from what she had said before,
  // until the next commit.
  const after = [await three.seal(utf8("noch da")), await three.seal(utf8("immer noch"))] as const;
  expect(await doubt(two.open(after[0], 3))).toBe("sender");
  expect(await said(one, after[0], 3)).toBe("noch da");
  one.apply(await one.prepare([], []));
  expect(await doubt(one.open(after[1], 3))).toBe("sender");
});

test("nothing is opened twice, also when it came while a commit was on its way", async () => {
  const [one, two] = await pair();
  const first = await two.seal(utf8("eins"));
  await one.open(first, 2);
  expect(await doubt(one.open(first, 2))).toBe("damaged");

  const second = await two.seal(utf8("zwei"));
  const prepared = await one.prepare([], []);
  expect(await said(one, second, 2)).toBe("zwei");
  one.apply(prepared);
  expect(await doubt(one.open(second, 2))).toBe("damaged");
});

test("what comes of older epochs while a commit is on its way uses their keys for good, and the rest still opens", async () => {
  const [one, two] = await pair();
  const early = [await two.seal(utf8("eins")), await two.seal(utf8("zwei"))] as const;
  one.apply(await one.prepare([], []));
  const prepared = await one.prepare([], []);
  expect(await said(one, early[0], 2)).toBe("eins");
  one.apply(prepared);
  expect(await said(one, early[1], 2)).toBe("zwei");
  for (const sealed of early) expect(await doubt(one.open(sealed, 2))).toBe("damaged");
});

test("a commit that was not taken leaves everything as it was", async () => {
  const [one, two] = await pair();
  await one.prepare([(await newKeys(guest)).open], []);
  expect(one.members()).toEqual([host, seeker]);
  expect(await said(two, await one.seal(utf8("weiter")), 1)).toBe("weiter");
  await admit(one, [two], [guest]);
  expect(two.members()).toEqual([host, seeker, guest]);
});

test("another sender than the room says is not believed", async () => {
  const [one, two] = await pair();
  const [three] = await admit(one, [two], [guest]);
  const sealed = await two.seal(utf8("ich bin es"));
  expect(await doubt((three ?? one).open(sealed, 1))).toBe("sender");
});

test("what is missing or comes out of order shows", async () => {
  const [one, two] = await pair();
  const sealed = [];
  for (const word of ["a", "b", "c", "d"]) sealed.push(await one.seal(utf8(word)));
  const gaps = [];
  for (const at of [0, 2, 1, 3]) gaps.push((await two.open(sealed[at] ?? random(0), 1)).gap);
  expect(gaps).toEqual([false, true, true, false]);
  // Also over the border of an epoch.
  await one.seal(utf8("verloren"));
  await admit(one, [two], [guest]);
  expect((await two.open(await one.seal(utf8("e")), 1)).gap).toBe(true);
});

test("who joins later misses nothing that was not for her", async () => {
  const [one, two] = await pair();
  await two.open(await one.seal(utf8("a")), 1);
  const [three] = await admit(one, [two], [guest]);
  expect(await three?.open(await one.seal(utf8("b")), 1)).toMatchObject({ gap: false, epoch: 2 });
});

test("only hosts change the group, and only as the room says", async () => {
  const [one, two] = await pair();
  const byTwo = await two.prepare([(await newKeys(guest)).open], []);
  expect(await doubt(one.follow(byTwo.commit, 2, { generation: 1, epoch: 2 }))).toBe("sender");
  const prepared = await one.prepare([(await newKeys(guest)).open], []);
  expect(await doubt(two.follow(prepared.commit, 3, { generation: 1, epoch: 2 }))).toBe("sender");
  expect(await doubt(two.follow(prepared.commit, 1, { generation: 1, epoch: 3 }))).toBe("epoch");
  expect(await doubt(two.follow(prepared.commit, 1, { generation: 2, epoch: 2 }))).toBe("epoch");
  await two.follow(prepared.commit, 1, { generation: 1, epoch: 2 });
  expect(await doubt(two.follow(prepared.commit, 1, { generation: 1, epoch: 3 }))).toBe("epoch");
});

test("nobody takes the number of somebody who is inside", async () => {
  const [one, two] = await pair();
  const twin = await newKeys({ ...seeker, name: "Zwilling" });
  const prepared = await one.prepare([twin.open], []);
  expect(await doubt(two.follow(prepared.commit, 1, { generation: 1, epoch: 2 }))).toBe("sender");
});

test("a welcome opens one room, one state of it, for one person", async () => {
  const keeper = await Group.begin("room", 1, await newKeys(host));
  const keys = await newKeys(seeker);
  const { welcome = random(0) } = await keeper.prepare([keys.open], []);
  const copy = () => structuredClone(keys);
  expect(await doubt(Group.join("else", welcome, copy(), { generation: 1, epoch: 1 }, 1))).toBe("epoch");
  expect(await doubt(Group.join("room", welcome, copy(), { generation: 2, epoch: 1 }, 1))).toBe("epoch");
  expect(await doubt(Group.join("room", welcome, copy(), { generation: 1, epoch: 2 }, 1))).toBe("epoch");
  expect(await doubt(Group.join("room", welcome, copy(), { generation: 1, epoch: 1 }, 2))).toBe("sender");
  expect(await doubt(Group.join("room", welcome, await newKeys(seeker), { generation: 1, epoch: 1 }, 1))).toBe(
    "damaged",
  );
  expect(await doubt(Group.join("room", random(40), copy(), { generation: 1, epoch: 1 }, 1))).toBe("damaged");
  await Group.join("room", welcome, keys, { generation: 1, epoch: 1 }, 1);
  // The keys were used up by it.
  expect(keys.secret.initPrivateKey.every((byte) => byte === 0)).toBe(true);
});

test("a key package belongs to the person whose letter it came in", async () => {
  const bytes = packed(await newKeys(seeker));
  expect(await unpacked(bytes, seeker)).toBeDefined();
  for (const other of [
    { ...seeker, member: 3 },
    { ...seeker, role: "host" as const },
    { ...seeker, name: "Else" },
  ]) {
    expect(await unpacked(bytes, other)).toBeUndefined();
  }
  for (let at = 0; at < bytes.length; at += 5) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 4;
    expect(await unpacked(changed, seeker)).toBeUndefined();
  }
});

test("closing overwrites the keys", async () => {
  const keys = await newKeys(host);
  const group = await Group.begin("room", 1, keys);
  const open: KeyPackage = (await newKeys(seeker)).open;
  group.apply(await group.prepare([open], []));
  group.close();
  expect(keys.secret.signaturePrivateKey.every((byte) => byte === 0)).toBe(true);
  await expect(group.seal(utf8("nichts"))).rejects.toThrow();
});
