// A room for tests: the same rules as services/chat/src/room, in short. `evil` stands for a relay that does as it likes.
import type { Admission, Body, CallSay, Ending, Epoch, Hear, Member, Person, Refusal, Role, Say } from "../protocol.ts";
import type { TicketAnswer } from "../world.ts";
import type { Server, Wire } from "./net.ts";

type Counted = Extract<Hear, { hear: "message" | "commit" }>;
type Send = Extract<Say, { say: "send" }>;
type Commit = Extract<Say, { say: "commit" }>;

interface Present {
  member: Member;
  seat: string;
  role: Role;
  secret: string;
  inside: boolean;
  letter: Body | null;
  wire: Wire | undefined;
  taken: number;
  refused: [number, Refusal][];
  full: boolean;
  /** What she has not taken yet. */
  open: Counted[];
  sent: number;
  shown: Map<Member, string>;
  keeper: Member | undefined;
  locked: boolean;
}

/** A seat and what may be done on it, by the right to enter. */
export type Seats = Readonly<Record<string, Role>>;

/** The room. */
export class Room implements Server {
  people: Present[] = [];
  group: Epoch | undefined;
  keeper: Member | undefined;
  locked = false;
  /** How many things fit that somebody has not taken. */
  fits = 512;
  /** How many things are handed out ahead of "seen". */
  ahead = 48;
  /** Changes what is said to somebody; several words or none. */
  evil: (to: Present, hear: Hear) => Hear[] = (_, hear) => [hear];
  /** Stands for the engine. */
  engine: (from: Present, about: CallSay) => void = () => undefined;
  readonly #seats: Seats;
  readonly #known = new Set<string>();
  readonly #banned = new Set<string>();
  readonly #tickets = new Map<string, string>();
  #seq = 0;
  #last = 0;
  #ticket = 0;

  constructor(seats: Seats) {
    this.#seats = seats;
  }

  ticket(entry: string): TicketAnswer {
    if (!(entry in this.#seats)) return "entry";
    this.#ticket += 1;
    this.#tickets.set(`t${this.#ticket}`, entry);
    return { ticket: `t${this.#ticket}` };
  }

  heard(wire: Wire, text: string): void {
    const say: Say = JSON.parse(text);
    const who = this.people.find((person) => person.wire === wire);
    if (say.say === "hello") this.#hello(wire, say);
    else if (who) this.#take(who, say);
    this.settle();
  }

  lost(wire: Wire): void {
    const who = this.people.find((person) => person.wire === wire);
    if (who) who.wire = undefined;
    this.settle();
  }

  /** The grace of all who are away is over. */
  giveUp(): void {
    for (const who of this.people.filter(({ wire }) => !wire)) this.#leave(who, "protocol");
    this.settle();
  }

  /** The server starts again: nothing is left. */
  restart(): void {
    for (const { wire } of this.people) {
      wire?.send(JSON.stringify({ hear: "over", why: "restart" }));
      wire?.close();
    }
    this.people = [];
    this.group = this.keeper = undefined;
    this.#known.clear();
    this.#seq = this.#last = 0;
  }

  /** Says something to somebody. */
  tell(to: Present, hear: Hear): void {
    for (const word of this.evil(to, hear)) to.wire?.send(JSON.stringify(word));
  }

  /** Somebody by her number. */
  find(member: Member): Present | undefined {
    return this.people.find((who) => who.member === member);
  }

  /** Puts something into the ring of somebody, as a relay that invents things would. */
  plant(
    to: Present,
    what: Omit<Extract<Counted, { hear: "message" }>, "seq"> | Omit<Extract<Counted, { hear: "commit" }>, "seq">,
  ): void {
    this.#seq += 1;
    to.open.push({ ...what, seq: this.#seq } as Counted);
    this.#handOut(to);
  }

  #hello(wire: Wire, hello: Extract<Say, { say: "hello" }>): void {
    const seat = this.#tickets.get(hello.ticket);
    this.#tickets.delete(hello.ticket);
    if (seat === undefined) {
      this.#dismiss(wire, "ticket");
      return;
    }
    const { resume } = hello;
    const before = resume && this.people.find((who) => who.member === resume.member && who.secret === resume.secret);
    if (before && resume) {
      before.wire = wire;
      before.full = false;
      before.open = before.open.filter(({ seq }) => seq > resume.seen);
      before.sent = resume.seen;
      this.#welcome(before, true);
      for (const [n, why] of before.refused) this.tell(before, { hear: "refused", n, why });
      this.#handOut(before);
      return;
    }
    if (this.#banned.has(seat)) {
      this.#dismiss(wire, "removed");
      return;
    }
    const role = this.#seats[seat] ?? "guest";
    const older = this.people.find((who) => who.seat === seat);
    if (this.locked && role !== "host" && !older && !this.#known.has(seat)) {
      this.#dismiss(wire, "locked");
      return;
    }
    if (older) this.#leave(older, "elsewhere");
    this.#last += 1;
    const who: Present = {
      member: this.#last,
      seat,
      role,
      secret: `s${this.#last}-${this.#ticket}`,
      inside: false,
      letter: null,
      wire,
      taken: 0,
      refused: [],
      full: false,
      open: [],
      sent: this.#seq,
      shown: new Map(),
      keeper: undefined,
      locked: false,
    };
    this.people.push(who);
    this.#chooseKeeper();
    this.#welcome(who, false);
  }

  #dismiss(wire: Wire, why: Ending, letter?: Body): void {
    wire.send(JSON.stringify({ hear: "over", why, letter: letter ?? null }));
    wire.close();
  }

  #welcome(who: Present, resumed: boolean): void {
    const people = this.#seenBy(who);
    who.shown = new Map(people.map((person) => [person.member, JSON.stringify(person)]));
    [who.keeper, who.locked] = [this.keeper, this.locked];
    const { member, role, secret, taken } = who;
    const [group, keeper] = [this.group ?? null, this.keeper ?? null];
    this.tell(who, {
      hear: "inside",
      member,
      role,
      secret,
      resumed,
      taken,
      closes_in: 0,
      group,
      keeper,
      locked: this.locked,
      people,
    });
  }

  #take(who: Present, say: Say): void {
    switch (say.say) {
      case "knock":
        who.letter = say.letter;
        break;
      case "send":
      case "commit":
        this.#counted(who, say);
        break;
      case "seen":
        if (say.upto > who.sent) throw new Error("nonsense: seen what was not sent");
        who.open = who.open.filter(({ seq }) => seq > say.upto);
        this.#handOut(who);
        for (const other of this.people) {
          if (other.full && this.#load() <= this.fits / 2) this.tell(other, { hear: "space" });
        }
        break;
      case "decline":
      case "remove": {
        if (who.role !== "host") throw new Error("nonsense: not a host");
        const to = this.find(say.member);
        if (!to || (say.say === "decline" && to.inside)) break;
        this.#known.delete(to.seat);
        if (say.say === "remove" && say.ban) this.#banned.add(to.seat);
        if (say.say === "decline") this.#leave(to, "declined", say.letter);
        else this.#leave(to, "removed");
        break;
      }
      case "lock":
        this.locked = say.locked;
        break;
      case "leave":
        this.#leave(who, "left");
        break;
      case "end":
        for (const person of [...this.people]) this.#leave(person, "ended");
        this.#known.clear();
        break;
      case "ways":
        if (!who.inside) throw new Error("nonsense: ways for who is not inside");
        this.tell(who, { hear: "ways", servers: [], relay_only: true, holds: 600, engine: true });
        break;
      case "call":
        this.engine(who, say.about);
        break;
      case "beat":
        this.tell(who, { hear: "beat" });
        break;
      default:
        throw new Error("nonsense");
    }
  }

  #counted(who: Present, say: Send | Commit): void {
    if (say.n <= who.taken) {
      const why = who.refused.find(([n]) => n === say.n)?.[1];
      this.tell(who, why ? { hear: "refused", n: say.n, why } : { hear: "taken", n: say.n });
      return;
    }
    if (say.n > who.taken + 1) {
      if (!who.full) throw new Error("nonsense: a gap");
      return;
    }
    const why = say.say === "send" ? this.#mayNotSend(who, say) : this.#mayNotCommit(who, say);
    if (why) {
      who.taken = say.n;
      who.full = false;
      who.refused.push([say.n, why]);
      this.tell(who, { hear: "refused", n: say.n, why });
      return;
    }
    const to = say.say === "send" ? this.#addressed(who, say) : this.#staying(who, say);
    if (to.length && this.#load() >= this.fits) {
      who.full = true;
      this.tell(who, { hear: "full", n: say.n });
      return;
    }
    who.taken = say.n;
    who.full = false;
    this.#seq += 1;
    this.tell(who, { hear: "taken", n: say.n });
    if (say.say === "send") {
      const { kind, body } = say;
      for (const person of to) person.open.push({ hear: "message", seq: this.#seq, from: who.member, kind, body });
    } else this.#moveOn(who, say, to);
    for (const person of to) this.#handOut(person);
  }

  #mayNotSend(who: Present, { to, kind }: Send): Refusal | undefined {
    if (to === undefined || to === null) return who.inside && kind !== "letter" ? undefined : "not_allowed";
    const other = this.find(to);
    if (!other) return "nobody";
    const may = kind === "letter" ? who.role === "host" || other.role === "host" : who.inside && other.inside;
    return may ? undefined : "not_allowed";
  }

  #addressed(who: Present, { to }: Send): Present[] {
    const other = to === undefined || to === null ? undefined : this.find(to);
    return other ? [other] : this.people.filter((person) => person.inside && person !== who);
  }

  #mayNotCommit(who: Present, { after, admit }: Commit): Refusal | undefined {
    if (who.role !== "host") return "not_allowed";
    const begins = this.#begins(after);
    const follows = after.generation === this.group?.generation && after.epoch === this.group.epoch;
    if (this.keeper !== who.member || (!begins && !follows)) return "stale";
    if (!begins && !who.inside) return "not_allowed";
    for (const { member } of admit ?? []) {
      const other = this.find(member);
      if (!other) return "nobody";
      if ((other.inside && !begins) || other.letter === null) return "not_allowed";
    }
    return undefined;
  }

  #begins({ generation, epoch }: Epoch): boolean {
    return epoch === 0 && generation === (this.group?.generation ?? 0) + 1;
  }

  #staying(who: Present, { after, admit, remove }: Commit): Present[] {
    const begins = this.#begins(after);
    return this.people.filter(
      (person) =>
        admit?.some(({ member }) => member === person.member) ||
        (!begins && person.inside && person !== who && !remove?.includes(person.member)),
    );
  }

  #moveOn(who: Present, { after, body, admit }: Commit, to: Present[]): void {
    const group = { generation: after.generation, epoch: after.epoch + 1 };
    this.group = group;
    const welcomes = new Map((admit ?? []).map((admission: Admission) => [admission.member, admission.welcome]));
    for (const person of this.people) {
      const welcome = welcomes.get(person.member);
      const what = { hear: "commit", seq: this.#seq, from: who.member, group } as const;
      if (to.includes(person)) person.open.push({ ...what, body: welcome ?? body, welcome: welcome !== undefined });
      if (to.includes(person) || person === who) {
        person.inside = true;
        this.#known.add(person.seat);
      } else if (person.inside) {
        person.inside = false;
        person.letter = null;
      }
    }
  }

  #load(): number {
    return new Set(this.people.flatMap(({ open }) => open.map(({ seq }) => seq))).size;
  }

  #handOut(to: Present): void {
    if (!to.wire) return;
    const ahead = to.open.filter(({ seq }) => seq <= to.sent).length;
    for (const thing of to.open.filter(({ seq }) => seq > to.sent).slice(0, Math.max(0, this.ahead - ahead))) {
      to.sent = thing.seq;
      this.tell(to, thing);
    }
  }

  #leave(who: Present, why: Ending, letter?: Body): void {
    this.people = this.people.filter((person) => person !== who);
    if (who.wire) this.#dismiss(who.wire, why, letter);
    who.wire = undefined;
  }

  #chooseKeeper(): void {
    const hosts = this.people.filter(({ role }) => role === "host");
    if (hosts.some(({ member }) => member === this.keeper)) return;
    this.keeper = (hosts.find(({ inside }) => inside) ?? hosts[0])?.member;
  }

  /** Brings what follows to its end. */
  settle(): void {
    this.#chooseKeeper();
    for (const who of this.people) {
      if (!who.wire) continue;
      const people = this.#seenBy(who);
      for (const member of [...who.shown.keys()]) {
        if (people.some((person) => person.member === member)) continue;
        who.shown.delete(member);
        this.tell(who, { hear: "gone", member });
      }
      for (const person of people) {
        const text = JSON.stringify(person);
        if (who.shown.get(person.member) === text) continue;
        who.shown.set(person.member, text);
        this.tell(who, { hear: "person", ...person });
      }
      if (who.keeper !== this.keeper) this.tell(who, { hear: "keeper", keeper: this.keeper ?? null });
      if (who.locked !== this.locked) this.tell(who, { hear: "locked", locked: this.locked });
      [who.keeper, who.locked] = [this.keeper, this.locked];
    }
  }

  #seenBy(viewer: Present): Person[] {
    return this.people.flatMap((who) => {
      const talk = viewer.inside && who.inside;
      if (who !== viewer && viewer.role !== "host" && who.role !== "host" && !talk) return [];
      const letter = who !== viewer && (viewer.role === "host" || talk) ? who.letter : null;
      return [
        {
          member: who.member,
          role: who.role,
          standing: who.inside ? ("inside" as const) : ("waiting" as const),
          connected: who.wire !== undefined,
          known: this.#known.has(who.seat),
          letter,
        },
      ];
    });
  }
}

/** Somebody in the room of the tests. */
export type { Present };
