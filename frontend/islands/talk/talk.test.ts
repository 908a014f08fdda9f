// @vitest-environment node
import { expect, test } from "vitest";
import { House } from "./bench/house.ts";
import { concat, sha256, utf8 } from "./bytes.ts";
import { TYPING } from "./talk.ts";

/** Nothing went wrong that should not. */
function calm(house: House): void {
  for (const place of house.places) {
    expect(place.alarms, place.seat).toEqual([]);
    expect(place.faults, place.seat).toEqual([]);
  }
}

test("a seeker knocks, is let in, and both talk", async () => {
  const house = new House();
  const seeker = await house.come("vogel", "seeker");
  expect(seeker.talk.snapshot).toMatchObject({ stage: "waiting", hostThere: false });
  const early = seeker.talk.text("Ist da jemand?");
  await house.settle();
  expect(seeker.state(early)).toBe("waiting");

  const host = await house.come("weber", "host");
  expect(seeker.talk.snapshot.hostThere).toBe(true);
  expect(host.talk.snapshot.waiting).toEqual([
    expect.objectContaining({ role: "seeker", letter: { name: "Name-vogel", wants: "chat" }, known: false }),
  ]);
  await house.admit(host);
  expect(seeker.talk.snapshot.stage).toBe("inside");
  expect(host.talk.snapshot.waiting).toEqual([]);
  expect(host.inside).toEqual(["vogel", "weber"]);
  expect(seeker.inside).toEqual(["vogel", "weber"]);
  // What was written before the door waited for somebody to read it.
  expect(host.texts).toEqual(["Ist da jemand?"]);
  expect(seeker.state(early)).toBe("sent");

  const answer = host.talk.text("Guten Tag!");
  await house.settle();
  expect(seeker.texts).toEqual(["Guten Tag!"]);
  expect(host.state(answer)).toBe("sent");
  expect(seeker.heard("text")[0]?.from).toMatchObject({ name: "Name-weber", role: "host" });
  calm(house);
});

test("both see the same words to compare, and others after somebody has joined", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const words = host.talk.snapshot.words;
  expect(words).toHaveLength(4);
  expect(seeker.talk.snapshot.words).toEqual(words);
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  expect(guest.talk.snapshot.words).toHaveLength(4);
  expect(guest.talk.snapshot.words).not.toEqual(words);
  for (const place of [host, seeker]) expect(place.talk.snapshot.words).toEqual(guest.talk.snapshot.words);
  calm(house);
});

test("who joins reads nothing from before, who is taken out nothing from after", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  seeker.talk.text("vorher");
  await house.settle();
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  seeker.talk.text("dazwischen");
  await house.settle();
  const { member } = guest.talk.snapshot.me ?? { member: 0 };
  host.talk.remove(member, true);
  await house.settle();
  seeker.talk.text("nachher");
  await house.settle();
  expect(guest.texts).toEqual(["dazwischen"]);
  expect(host.texts).toEqual(["vorher", "dazwischen", "nachher"]);
  expect(guest.heard("over")).toEqual([{ type: "over", why: "removed", text: undefined }]);
  expect(host.inside).toEqual(["vogel", "weber"]);
  const again = await house.come("gast", "guest");
  expect(again.heard("over")[0]?.why).toBe("removed");
  calm(house);
});

test("a seeker who reloads is let in again by herself", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  seeker.talk.close();
  const again = await house.come("vogel", "seeker");
  expect(again.talk.snapshot.stage).toBe("inside");
  host.talk.text("Da sind Sie wieder.");
  await house.settle();
  expect(again.texts).toEqual(["Da sind Sie wieder."]);
  expect(host.inside).toEqual(["vogel", "weber"]);
  calm(house);
});

test("when the host reloads a new group begins, and everybody who was inside is in it", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  const words = seeker.talk.snapshot.words;
  host.talk.close();
  house.net.breakAll();
  await house.settle();
  house.room.giveUp();
  await house.settle();
  const waiting = seeker.talk.text("Sind Sie noch da?");
  await house.settle();
  expect(seeker.state(waiting)).toBe("waiting");

  const again = await house.come("weber", "host");
  expect(house.room.group?.generation).toBe(2);
  for (const place of [again, seeker, guest]) {
    expect(place.talk.snapshot.stage).toBe("inside");
    expect(place.inside).toEqual(["gast", "vogel", "weber"]);
    expect(place.talk.snapshot.words).toHaveLength(4);
    expect(place.talk.snapshot.words).not.toEqual(words);
  }
  expect(seeker.heard("joined").map(({ who }) => who.name)).toEqual(["Name-weber", "Name-gast", "Name-weber"]);
  expect(again.texts).toEqual(["Sind Sie noch da?"]);
  expect(seeker.state(waiting)).toBe("sent");
  calm(house);
});

test("with a second host the group goes on when the first is gone", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const second = await house.come("kollege", "host");
  await house.admit(host);
  expect(second.talk.snapshot.stage).toBe("inside");
  host.talk.leave();
  await house.settle();
  expect(second.talk.snapshot.keeper).toBe(true);
  expect(house.room.group?.generation).toBe(1);
  second.talk.text("Ich übernehme.");
  await house.settle();
  expect(seeker.texts).toEqual(["Ich übernehme."]);
  expect(seeker.inside).toEqual(["kollege", "vogel"]);
  calm(house);
});

test("after a restart of the server both come back, and what was not taken is said again", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  house.room.restart();
  const text = seeker.talk.text("trotzdem");
  await house.settle();
  // The room has forgotten who was known. The host has not: what only those inside knew shows it.
  expect(host.texts).toEqual(["trotzdem"]);
  expect(seeker.state(text)).toBe("sent");
  calm(house);
});

test("after a restart of the server nobody comes in who was not inside", async () => {
  const house = new House();
  const [host] = await house.pair();
  const guest = await house.come("gast", "guest");
  house.room.restart();
  await house.settle();
  expect(host.inside).toEqual(["vogel", "weber"]);
  expect(guest.talk.snapshot.stage).toBe("waiting");
  expect(host.talk.snapshot.waiting).toMatchObject([{ known: false }]);
  calm(house);
});

test("who leaves while she is let in with another keeps nobody out", async () => {
  const house = new House();
  const host = await house.come("weber", "host");
  await house.come("vogel", "seeker");
  const guest = await house.come("gast", "guest");
  // The host says yes to both while her connection is away, so that one commit lets both in.
  house.net.breakAll();
  for (const { member } of host.talk.snapshot.waiting) host.talk.admit(member);
  const commits = (): number => house.net.handed.filter((text) => text.includes('"say":"commit"')).length;
  while (commits() === 0) {
    await house.idle();
    if (!house.net.step()) house.net.pass(300);
  }
  // Before the room reads it, one of them is gone, and the host hears of that before she hears that it was refused.
  const gone = guest.talk.snapshot.me?.member ?? 0;
  house.room.people = house.room.people.filter(({ member }) => member !== gone);
  house.room.settle();
  guest.talk.close();
  await house.settle();
  expect(commits()).toBe(2);
  expect(host.inside).toEqual(["vogel", "weber"]);
  calm(house);
});

test("what is said right after somebody was let in is for her, too", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const guest = await house.come("gast", "guest");
  for (const { member } of host.talk.snapshot.waiting) host.talk.admit(member);
  host.talk.text("Willkommen");
  await house.settle();
  for (const place of [seeker, guest]) expect(place.texts).toEqual(["Willkommen"]);
  calm(house);
});

test("a host who waited while others began anew finds out where the group stands", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const second = await house.come("kollege", "host");
  host.talk.close();
  house.room.giveUp();
  await house.settle();
  // Now the second keeps a new group, and the first comes again to its door.
  expect(second.inside).toEqual(["kollege", "vogel"]);
  const again = await house.come("weber", "host");
  expect(again.talk.snapshot.stage).toBe("inside");
  again.talk.close();
  const third = await house.come("weber", "host");
  await house.settle();
  second.talk.close();
  house.room.giveUp();
  await house.settle();
  expect(third.inside).toEqual(["vogel", "weber"]);
  third.talk.text("weiter");
  await house.settle();
  expect(seeker.texts).toEqual(["weiter"]);
  calm(house);
});

test("a keeper who was told an old state of the group asks and begins anew", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const second = await house.come("kollege", "host");
  // The group went on to a third generation, which the one who waits at the door does not hear of.
  house.room.group = { generation: 3, epoch: 1 };
  host.talk.close();
  house.room.giveUp();
  await house.settle();
  expect(house.room.group?.generation).toBe(4);
  expect(second.inside).toEqual(["kollege", "vogel"]);
  expect(seeker.inside).toEqual(["kollege", "vogel"]);
  calm(house);
});

test("kind words reach who waits, and who is declined reads why", async () => {
  const house = new House();
  const host = await house.come("weber", "host");
  const seeker = await house.come("vogel", "seeker");
  const member = host.talk.snapshot.waiting[0]?.member ?? 0;
  expect(host.talk.note(member, "Einen Moment bitte.")).toBe(true);
  expect(host.talk.note(member, "\u0000")).toBe(false);
  await house.settle();
  expect(seeker.heard("note")).toEqual([{ type: "note", text: "Einen Moment bitte." }]);
  host.talk.decline(member, "Heute geht es leider nicht. Morgen ab 9 Uhr.");
  await house.settle();
  expect(seeker.heard("over")).toEqual([
    { type: "over", why: "declined", text: "Heute geht es leider nicht. Morgen ab 9 Uhr." },
  ]);
  expect(host.talk.snapshot.waiting).toEqual([]);
  calm(house);
});

test("who came without an appointment knows her place, and the newest word counts", async () => {
  const house = new House();
  const seeker = await house.come("vogel", "seeker");
  expect(seeker.talk.snapshot.queue).toBeUndefined();
  for (const ahead of [3, 0]) {
    const [present] = house.room.people;
    if (present) house.room.tell(present, { hear: "queue", ahead, attended: ahead === 0, minutes: null });
    await house.settle();
    expect(seeker.talk.snapshot.queue).toMatchObject({ ahead, attended: ahead === 0 });
  }
  const host = await house.come("weber", "host");
  await house.admit(host);
  expect(seeker.talk.snapshot.stage).toBe("inside");
  calm(house);
});

test("locked is locked, ended is ended for all", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  host.talk.lock(true);
  await house.settle();
  expect(seeker.talk.snapshot.locked).toBe(true);
  const guest = await house.come("gast", "guest");
  expect(guest.heard("over")[0]?.why).toBe("locked");
  host.talk.end();
  await house.settle();
  for (const place of [host, seeker]) expect(place.heard("over")[0]?.why).toBe("ended");
  calm(house);
});

test("the same right elsewhere: the newest place counts", async () => {
  const house = new House();
  const [, seeker] = await house.pair();
  const elsewhere = await house.come("vogel", "seeker");
  expect(seeker.heard("over")[0]?.why).toBe("elsewhere");
  expect(elsewhere.talk.snapshot.stage).toBe("inside");
  calm(house);
});

test("a right that does not count ends it", async () => {
  const house = new House();
  const stranger = await house.come("niemand", "seeker");
  expect(stranger.heard("over")).toEqual([{ type: "over", why: "entry", text: undefined }]);
});

test("typing is told by hosts, by others only if they want it, and not too often", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  for (let key = 0; key < 20; key++) host.talk.typing(true);
  seeker.talk.typing(true);
  await house.settle();
  expect(seeker.heard("typing")).toHaveLength(1);
  expect(host.heard("typing")).toHaveLength(0);
  house.net.pass(TYPING);
  host.talk.typing(true);
  host.talk.typing(false);
  await house.settle();
  expect(seeker.heard("typing").map(({ on }) => on)).toEqual([true, true, false]);
});

test("a hand is seen until it goes down or its owner goes", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  seeker.talk.hand(true);
  await house.settle();
  expect(host.talk.snapshot.inside.find(({ role }) => role === "seeker")?.hand).toBe(true);
  seeker.talk.hand(false);
  await house.settle();
  expect(host.talk.snapshot.inside.find(({ role }) => role === "seeker")?.hand).toBe(false);
});

test("a text can be taken back", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const id = host.talk.text("falsch") ?? "";
  host.talk.retract(id);
  await house.settle();
  expect(seeker.heard("retract")).toEqual([expect.objectContaining({ id })]);
});

test("nobody takes back what another wrote", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const id = host.talk.text("bleibt") ?? "";
  await house.settle();
  seeker.talk.retract(id);
  await house.settle();
  expect(host.heard("retract")).toEqual([]);
});

test("a file that is sent before the door goes out once one is inside", async () => {
  const house = new House();
  const host = await house.come("weber", "host");
  const seeker = await house.come("vogel", "seeker");
  await seeker.talk.file(utf8("%PDF-1.7"), "a.pdf");
  await house.settle();
  await house.admit(host);
  expect(host.heard("file").map(({ name }) => name)).toEqual(["a.pdf"]);
  expect(seeker.heard("file-stopped")).toEqual([]);
});

test("what somebody said before she left arrives, also when the keeper is slow to take it", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  house.room.ahead = 0;
  seeker.talk.text("Danke und tschüss");
  await seeker.talk.idle();
  for (let turn = 0; turn < 8; turn++) {
    await house.idle();
    house.net.step();
  }
  seeker.talk.leave();
  await house.settle();
  expect(host.texts).toEqual([]);
  expect(host.inside).toEqual(["weber"]);
  house.room.ahead = 48;
  const guest = await house.come("gast", "guest");
  house.net.breakAll();
  await house.settle();
  expect(host.texts).toEqual(["Danke und tschüss"]);
  expect(guest.talk.snapshot.stage).toBe("waiting");
  calm(house);
});

test("a file arrives whole, and the sender sees how far it is", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const bytes = concat(utf8("%PDF-"), new Uint8Array(400_000).fill(7));
  house.room.fits = 6;
  // Comparing so many numbers one by one takes long.
  const hash = await sha256(bytes);
  const sent = await host.talk.file(bytes, "Formular.pdf");
  await house.settle();
  const [file] = seeker.heard("file");
  expect(file).toMatchObject({ name: "Formular.pdf", mime: "application/pdf", from: { role: "host" } });
  expect(await sha256(file?.bytes ?? new Uint8Array())).toEqual(hash);
  expect(host.heard("progress").at(-1)).toMatchObject({ done: 9, parts: 9 });
  expect(sent).toEqual({ id: file?.id });
  expect(await host.talk.file(utf8("<html>"), "a.pdf")).toBe("kind");
  calm(house);
});

test("a file on its way stops when somebody leaves or the sender stops it", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  house.room.fits = 2;
  house.room.ahead = 1;
  const bytes = concat(utf8("%PDF-"), new Uint8Array(900_000));
  await host.talk.file(bytes, "a.pdf");
  for (let turn = 0; turn < 6; turn++) {
    await house.idle();
    house.net.step();
  }
  const id = host.heard("offer")[0]?.id ?? "";
  host.talk.stopFile(id);
  await house.settle();
  expect(host.heard("file-stopped")).toHaveLength(1);
  expect(seeker.heard("file-stopped")).toHaveLength(1);
  expect(seeker.heard("file")).toHaveLength(0);
  // The next one goes through.
  await host.talk.file(concat(utf8("%PDF-"), new Uint8Array(9)), "b.pdf");
  await house.settle();
  expect(seeker.heard("file").map(({ name }) => name)).toEqual(["b.pdf"]);
  calm(house);
});

test("a file on its way stops when somebody leaves who has its key, and goes on when somebody comes", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  house.room.fits = 2;
  house.room.ahead = 1;
  const bytes = concat(utf8("%PDF-"), new Uint8Array(900_000));
  await host.talk.file(bytes, "a.pdf");
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  await house.settle();
  expect(seeker.heard("file")).toHaveLength(1);
  await host.talk.file(bytes, "b.pdf");
  guest.talk.leave();
  await house.settle();
  expect(host.heard("file-stopped")).toHaveLength(1);
  expect(seeker.heard("file")).toHaveLength(1);
  calm(house);
});

test("closing forgets at once and tells nobody anything", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const heard = seeker.events.length;
  seeker.talk.close();
  host.talk.text("zu spät");
  await house.settle();
  expect(seeker.events.length).toBe(heard);
  expect(seeker.talk.snapshot).toMatchObject({ stage: "over", inside: [], waiting: [] });
  expect(seeker.talk.text("nein")).toBeUndefined();
});

test("what must not be sent is not sent", async () => {
  const house = new House();
  const [host] = await house.pair();
  for (const bad of ["", "   ", "x".repeat(4_001), "\u0001"]) expect(host.talk.text(bad)).toBeUndefined();
});

test("things of a call reach whom they are for, and nobody hears a gap", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  const { member = 0 } = seeker.talk.snapshot.me ?? {};
  host.talk.call("{}");
  host.talk.call("nur für eine", member);
  await house.settle();
  const heard = (place: typeof host) => place.heard("call").map(({ body, alone, from }) => [from.name, body, alone]);
  expect(heard(seeker)).toEqual([
    ["Name-weber", "{}", false],
    ["Name-weber", "nur für eine", true],
  ]);
  expect(heard(guest)).toEqual([["Name-weber", "{}", false]]);
  calm(house);
});

test("what was for one person is not said to who comes after her", async () => {
  const house = new House();
  const [host, seeker] = await house.pair();
  const { member = 0 } = seeker.talk.snapshot.me ?? {};
  seeker.talk.leave();
  await house.settle();
  host.talk.call("zu spät", member);
  host.talk.call("an alle");
  const again = await house.come("vogel", "seeker");
  await house.admit(host);
  expect(again.heard("call").map(({ body }) => body)).toEqual(["an alle"]);
  calm(house);
});

test("who is inside hears which ways there are, and what the engine says; before the door nobody asks", async () => {
  const house = new House();
  const seeker = await house.come("vogel", "seeker");
  seeker.talk.askWays();
  await house.settle();
  expect(seeker.heard("ways")).toEqual([]);
  await house.admit(await house.come("weber", "host"));
  house.room.engine = (from, about) => house.room.tell(from, { hear: "call", about: { call: "refused" } }) ?? about;
  seeker.talk.askWays();
  seeker.talk.engine({ call: "restart" });
  await house.settle();
  expect(seeker.heard("ways")[0]?.ways).toMatchObject({ relay_only: true, holds: 600, engine: true });
  expect(seeker.heard("engine")).toEqual([{ type: "engine", about: { call: "refused" } }]);
  calm(house);
});

test("keys for a call are the same inside, others in another epoch or context, and none before the door", async () => {
  const house = new House();
  const seeker = await house.come("vogel", "seeker");
  expect(await seeker.talk.exporter("frames", utf8("1"), 16)).toBeUndefined();
  const host = await house.come("weber", "host");
  await house.admit(host);
  const keys = (label = "frames", context = "1") =>
    Promise.all([host, seeker].map(({ talk }) => talk.exporter(label, utf8(context), 16)));
  const [one, other] = await keys();
  expect(one?.secret).toHaveLength(16);
  expect(other).toEqual(one);
  expect((await keys("frames", "2"))[0]).not.toEqual(one);
  expect((await keys("others"))[0]).not.toEqual(one);
  const before = seeker.heard("epoch").length;
  await house.come("gast", "guest");
  await house.admit(host);
  expect(seeker.heard("epoch").length).toBeGreaterThan(before);
  const [later, same] = await keys();
  expect(same).toEqual(later);
  expect(later).not.toEqual(one);
  calm(house);
});
