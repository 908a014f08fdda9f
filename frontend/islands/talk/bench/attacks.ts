// What a relay could try, each as one course of events, and what comes of it. `harmed` must never be the outcome.
import { type Bytes, random, toBase64 } from "../bytes.ts";
import type { Hear } from "../protocol.ts";
import { House, type Place } from "./house.ts";

/** What came of an attack. */
export type Outcome = "detected" | "harmless" | "harmed";

type Message = Extract<Hear, { hear: "message" }>;
type Commit = Extract<Hear, { hear: "commit" }>;

const isMessage = (hear: Hear): hear is Message => hear.hear === "message" && hear.kind === "message";
const isCommit = (hear: Hear): hear is Commit => hear.hear === "commit" && !hear.welcome;

/** Somebody noticed, and nothing wrong was shown. */
function outcome(harmed: boolean, ...places: Place[]): Outcome {
  if (harmed || places.some(({ faults }) => faults.length > 0)) return "harmed";
  return places.some(({ alarms }) => alarms.length > 0) ? "detected" : "harmless";
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.join("\n") === other.join("\n");

/** Host, seeker and guest who talk. */
async function three(house: House): Promise<[Place, Place, Place]> {
  const [host, seeker] = await house.pair();
  const guest = await house.come("gast", "guest");
  await house.admit(host);
  return [host, seeker, guest];
}

/** Changes what is said to one place; the first words that fit. */
function once(house: House, to: Place, change: (hear: Hear) => Hear[] | undefined): void {
  let isDone = false;
  house.room.evil = (who, hear) => {
    const changed = who.seat === to.seat && !isDone ? change(hear) : undefined;
    if (changed) isDone = true;
    return changed ?? [hear];
  };
}

/** Says the first word that fits twice, with a number of its own for the second time. */
function again(house: House, to: Place, fits: (hear: Hear) => hear is Message | Commit): void {
  once(house, to, (hear) => {
    const [who] = house.room.people.filter(({ seat }) => seat === to.seat);
    if (!fits(hear) || !who) return undefined;
    const { seq: _, ...what } = hear;
    queueMicrotask(() => house.room.plant(who, what));
    return [hear];
  });
}

function swapBytes(body: string): string {
  return toBase64(random(Math.floor((body.length * 3) / 4)));
}

/** All attacks. */
export const attacks: Readonly<Record<string, (house: House) => Promise<Outcome>>> = {
  "swaps the letters of two who wait": async (house) => {
    house.room.evil = (who, hear) => {
      if (who.seat !== "weber" || hear.hear !== "person") return [hear];
      const other = house.room.people.find(({ role, member }) => role !== "host" && member !== hear.member);
      return hear.role === "host" || !other?.letter ? [hear] : [{ ...hear, letter: other.letter }];
    };
    const host = await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    await house.come("gast", "guest");
    const { member } = seeker.talk.snapshot.me ?? { member: 0 };
    house.room.settle();
    await house.settle();
    const other = host.talk.snapshot.waiting.find((waiting) => waiting.member !== member);
    await house.admit(host);
    return outcome(other?.letter?.name === "Name-vogel", host);
  },

  "gives somebody another role": async (house) => {
    house.room.evil = (who, hear) =>
      who.seat === "weber" && hear.hear === "person" && hear.role === "guest" ? [{ ...hear, role: "host" }] : [hear];
    const host = await house.come("weber", "host");
    const guest = await house.come("gast", "guest");
    await house.admit(host);
    return outcome(host.inside.includes("gast") || guest.talk.snapshot.stage === "inside", host);
  },

  "writes a letter of its own": async (house) => {
    const host = await house.come("weber", "host");
    house.room.evil = (who, hear) =>
      who.seat === "weber" && hear.hear === "person" && hear.letter
        ? [{ ...hear, letter: swapBytes(hear.letter) }]
        : [hear];
    await house.come("vogel", "seeker");
    await house.admit(host);
    return outcome(host.inside.includes("vogel"), host);
  },

  "brings a note to somebody else": async (house) => {
    const host = await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    const guest = await house.come("gast", "guest");
    const to = host.talk.snapshot.waiting.find(({ role }) => role === "guest")?.member ?? 0;
    house.room.evil = (who, hear) => {
      const other = house.room.people.find(({ seat }) => seat === "vogel");
      if (who.seat === "gast" && hear.hear === "message" && other) {
        const { from, kind, body } = hear;
        house.room.plant(other, { hear: "message", from, kind, body });
        return [];
      }
      return [hear];
    };
    host.talk.note(to, "nur für Sie");
    await house.settle();
    return outcome(seeker.heard("note").length > 0, seeker, guest);
  },

  "says a note of its own": async (house) => {
    const host = await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    const [to] = house.room.people.filter(({ seat }) => seat === "vogel");
    const from = host.talk.snapshot.me?.member ?? 0;
    if (to) house.room.plant(to, { hear: "message", from, kind: "letter", body: toBase64(random(300)) });
    await house.settle();
    return outcome(seeker.heard("note").length > 0, seeker);
  },

  "sends somebody away with words of its own": async (house) => {
    await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    once(house, seeker, (hear) =>
      hear.hear === "beat" ? [{ hear: "over", why: "declined", letter: toBase64(random(300)) }] : undefined,
    );
    house.net.pass(20_000);
    await house.settle();
    return outcome(
      seeker.heard("over").some(({ text }) => text !== undefined),
      seeker,
    );
  },

  "forges a welcome": async (house) => {
    const host = await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    house.room.evil = (who, hear) =>
      who.seat === "vogel" && hear.hear === "commit" ? [{ ...hear, body: swapBytes(hear.body) }] : [hear];
    await house.admit(host);
    return outcome(seeker.talk.snapshot.stage === "inside", seeker);
  },

  "brings the welcome of another room": async (house) => {
    const other = new House(7);
    other.secret.set(house.secret);
    other.name = "anotherRoom-anotherRoo";
    const [, there] = await other.pair();
    const welcome = there.welcomes[0];
    const host = await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    house.room.evil = (who, hear) =>
      who.seat === "vogel" && hear.hear === "commit" && welcome ? [{ ...hear, body: welcome }] : [hear];
    await house.admit(host);
    return welcome ? outcome(seeker.talk.snapshot.stage === "inside", seeker) : "harmed";
  },

  "says a message twice": async (house) => {
    const [host, seeker] = await house.pair();
    again(house, host, isMessage);
    seeker.talk.text("a");
    await house.settle();
    return outcome(!same(host.texts, ["a"]), host);
  },

  "keeps a message back": async (house) => {
    const [host, seeker] = await house.pair();
    once(house, host, (hear) => (isMessage(hear) ? [] : undefined));
    seeker.talk.text("a");
    await house.settle();
    seeker.talk.text("b");
    await house.settle();
    return outcome(host.alarms.length === 0, host);
  },

  "turns two messages round": async (house) => {
    const [host, seeker] = await house.pair();
    const kept: Message[] = [];
    house.room.evil = (who, hear) => {
      if (who.seat !== "weber" || !isMessage(hear) || kept.length > 1) return [hear];
      kept.push(hear);
      const [one, other] = kept;
      return one && other
        ? [
            { ...other, seq: one.seq },
            { ...one, seq: other.seq },
          ]
        : [];
    };
    seeker.talk.text("a");
    seeker.talk.text("b");
    await house.settle();
    return outcome(!host.alarms.includes("order"), host);
  },

  "changes a byte of a message": async (house) => {
    const [host, seeker] = await house.pair();
    once(house, host, (hear) => {
      if (!isMessage(hear)) return undefined;
      const at = hear.body.length - 20;
      return [
        { ...hear, body: `${hear.body.slice(0, at)}${hear.body[at] === "A" ? "B" : "A"}${hear.body.slice(at + 1)}` },
      ];
    });
    seeker.talk.text("a");
    await house.settle();
    return outcome(host.texts.length > 0, host);
  },

  "invents messages": async (house) => {
    const [host, seeker] = await house.pair();
    const [to] = house.room.people.filter(({ seat }) => seat === "weber");
    const from = seeker.talk.snapshot.me?.member ?? 0;
    for (const body of ["", "AAAA", toBase64(random(700)), "%%%"]) {
      if (to) house.room.plant(to, { hear: "message", from, kind: "message", body });
    }
    await house.settle();
    return outcome(host.texts.length > 0, host);
  },

  "says that a message is from somebody else": async (house) => {
    const [host, seeker, guest] = await three(house);
    const from = seeker.talk.snapshot.me?.member ?? 0;
    once(house, host, (hear) => (isMessage(hear) ? [{ ...hear, from }] : undefined));
    guest.talk.text("a");
    await house.settle();
    return outcome(host.texts.length > 0, host);
  },

  "brings messages of an older group": async (house) => {
    const [host, seeker] = await house.pair();
    const old: Message[] = [];
    house.room.evil = (who, hear) => {
      if (who.seat === "weber" && isMessage(hear)) old.push(hear);
      return [hear];
    };
    seeker.talk.text("alt");
    await house.settle();
    host.talk.close();
    const again = await house.come("weber", "host");
    const [to] = house.room.people.filter(({ seat }) => seat === "weber");
    const from = seeker.talk.snapshot.me?.member ?? 0;
    for (const { kind, body } of old) if (to) house.room.plant(to, { hear: "message", from, kind, body });
    await house.settle();
    return outcome(again.texts.length > 0, again);
  },

  "keeps a commit back": async (house) => {
    const [host, seeker] = await house.pair();
    const guest = await house.come("gast", "guest");
    once(house, seeker, (hear) => (isCommit(hear) ? [] : undefined));
    await house.admit(host);
    guest.talk.text("a");
    host.talk.text("b");
    await house.settle();
    // She comes back with new keys and reads on, or reads nothing; but it is not silent.
    return outcome(seeker.alarms.length === 0, seeker);
  },

  "rolls the group back": async (house) => {
    const [host, seeker, guest] = await three(house);
    const [to] = house.room.people.filter(({ seat }) => seat === "vogel");
    const from = host.talk.snapshot.me?.member ?? 0;
    const [old] = guest.commits;
    const body = old ?? toBase64(random(500));
    const before = seeker.inside;
    if (to) house.room.plant(to, { hear: "commit", from, group: { generation: 1, epoch: 1 }, body, welcome: false });
    await house.settle();
    return outcome(!same(seeker.inside, before), seeker);
  },

  "says the same commit twice": async (house) => {
    const [host, seeker] = await house.pair();
    again(house, seeker, isCommit);
    await house.come("gast", "guest");
    await house.admit(host);
    seeker.talk.text("a");
    await house.settle();
    return outcome(!same(host.texts, ["a"]), seeker);
  },

  "says that a commit is from somebody else": async (house) => {
    const [host, seeker] = await house.pair();
    const from = seeker.talk.snapshot.me?.member ?? 0;
    once(house, seeker, (hear) => (isCommit(hear) ? [{ ...hear, from: from + 7 }] : undefined));
    await house.come("gast", "guest");
    await house.admit(host);
    return outcome(seeker.alarms.length === 0, seeker);
  },

  "makes two keepers": async (house) => {
    const [host, seeker] = await house.pair();
    const second = await house.come("kollege", "host");
    await house.admit(host);
    const me = second.talk.snapshot.me?.member ?? 0;
    house.room.evil = (who, hear) => {
      const [first] = house.room.people.filter(({ seat }) => seat === "weber");
      if (who.seat === "kollege" && hear.hear === "person") return [hear, { hear: "keeper", keeper: me }];
      // The room takes no commit of hers; the relay says it did.
      if (who.seat === "kollege" && hear.hear === "refused") return [{ hear: "taken", n: hear.n }];
      return first ? [hear] : [];
    };
    await house.come("gast", "guest");
    for (const keeper of [second, host]) await house.admit(keeper);
    seeker.talk.text("a");
    await house.settle();
    const told = [host, second].some((place) => place.alarms.length > 0 && !place.texts.includes("a"));
    return outcome(!told && !second.texts.includes("a"), second, host);
  },

  "lets somebody in by itself": async (house) => {
    const host = await house.come("weber", "host");
    const seeker = await house.come("vogel", "seeker");
    const [to] = house.room.people.filter(({ seat }) => seat === "vogel");
    if (to) to.inside = true;
    house.room.settle();
    await house.settle();
    seeker.talk.text("a");
    host.talk.text("b");
    await house.settle();
    // To be known to the room is not to be in the group: nothing is sealed for her, nothing of hers is read.
    return outcome(host.texts.length > 0 || seeker.texts.length > 0, host, seeker);
  },

  "keeps somebody in who was taken out": async (house) => {
    const [host, seeker, guest] = await three(house);
    const [kept] = house.room.people.filter(({ seat }) => seat === "gast");
    const member = kept?.member ?? 0;
    const wire = kept?.wire;
    house.room.evil = (who, hear) => {
      // What the seeker hears goes to the one who was taken out as well.
      if (who.seat === "vogel" && (isMessage(hear) || isCommit(hear))) wire?.send(JSON.stringify(hear));
      return [hear];
    };
    // The relay does not tell her that she is out.
    if (kept) kept.wire = undefined;
    host.talk.remove(member, false);
    await house.settle();
    host.talk.text("geheim");
    await house.settle();
    return outcome(guest.texts.includes("geheim") || !same(seeker.texts, ["geheim"]), host, seeker);
  },

  "changes a part of a file": async (house) => {
    const [host, seeker] = await house.pair();
    once(house, seeker, (hear) =>
      hear.hear === "message" && hear.kind === "part" ? [{ ...hear, body: swapBytes(hear.body) }] : undefined,
    );
    await host.talk.file(pdf(), "a.pdf");
    await house.settle();
    return outcome(seeker.heard("file").length > 0, seeker);
  },

  "leaves a part of a file out": async (house) => {
    const [host, seeker] = await house.pair();
    once(house, seeker, (hear) => (hear.hear === "message" && hear.kind === "part" ? [] : undefined));
    await host.talk.file(pdf(), "a.pdf");
    await house.settle();
    return outcome(seeker.heard("file").length > 0, seeker);
  },

  "gives a number that was given before": async (house) => {
    const [host, seeker] = await house.pair();
    const number = host.talk.snapshot.me?.member ?? 0;
    house.room.evil = (who, hear) =>
      who.seat === "gast" && hear.hear === "inside"
        ? [{ ...hear, member: number, people: hear.people.map((person) => ({ ...person, letter: null })) }]
        : [hear];
    const guest = await house.come("gast", "guest");
    await house.admit(host);
    guest.talk.text("ich bin Frau Weber");
    await house.settle();
    return outcome(seeker.texts.length > 0, host, seeker);
  },

  "talks nonsense": async (house) => {
    const [host, seeker] = await house.pair();
    const [to] = house.room.people.filter(({ seat }) => seat === "vogel");
    const inside = '{"hear":"inside","member":"1","role":"host","secret":1,"resumed":true,"people":[{}]}';
    const message = '{"hear":"message","seq":"a","from":{},"kind":"message","body":7}';
    const words = ["", "{", "null", "[]", '{"hear":"else"}', '{"hear":"__proto__"}', '"a"', "7", inside, message];
    for (const text of words) to?.wire?.send(text);
    host.talk.text("a");
    await house.settle();
    return outcome(!same(seeker.texts, ["a"]), seeker);
  },
};

function pdf(): Bytes {
  const bytes = new Uint8Array(200_000);
  bytes.set([0x25, 0x50, 0x44, 0x46, 0x2d]);
  return bytes;
}
