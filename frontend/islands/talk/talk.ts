// A conversation: what a page shows and does, on top of connection, letters, group and contents. It keeps no history: what
// was said is told to the page once. Everything that happens, happens one after the other.
import { type Bytes, fromBase64, newId, own, toBase64 } from "./bytes.ts";
import { type Content, decode, encode, type Offer } from "./content.ts";
import { type FileProblem, Incoming, Outgoing, type Redraw } from "./file.ts";
import { Doubtful, Group, type Prepared } from "./group.ts";
import { due } from "./keeper.ts";
import { type Keys, type Leaf, newKeys, packed, unpacked, wipeKeys } from "./leaf.ts";
import { Letters, type Wants } from "./letter.ts";
import { Line, type LineState } from "./line.ts";
import type { KeyPackage } from "./mls.ts";
import { plainText } from "./plain.ts";
import type { Admission, Ending, Epoch, Hear, Member, Person, Role } from "./protocol.ts";
import { Comparison, WORDS_LABEL } from "./words.ts";
import type { World } from "./world.ts";

/** Something that an honest room never does. The page says so and stays careful; nothing doubtful is shown. */
export type Alarm =
  /** A letter that was forged, changed, or put in another's place. */
  | "letter"
  /** A welcome that does not hold. */
  | "welcome"
  /** A message that cannot be opened, or was said twice. */
  | "damaged"
  /** A message or a change of the group by another than the room says, or by one who may not. */
  | "sender"
  /** Something is missing, or comes out of order. */
  | "order"
  /** The group is not where the room says it is. */
  | "epoch"
  /** Somebody cheats at the words to compare. */
  | "words"
  /** A file that is not what was offered. */
  | "file"
  /** What was opened breaks the rules of contents. */
  | "content";

/** Somebody before the door, for hosts. */
export interface Waiting {
  member: Member;
  role: Role;
  connected: boolean;
  /** Had been inside before: comes in by itself. */
  known: boolean;
  /** What the letter says; nothing before it is there, or if it does not hold. */
  letter: { name: string; wants: Wants } | undefined;
  /** A letter is there and does not hold: she cannot be let in. */
  doubtful: boolean;
}

/** How it stands. */
export interface Snapshot {
  line: LineState;
  /** `waiting`: before the door. `inside`: in the group, and what is said is sealed for those in `inside`. */
  stage: "arriving" | "waiting" | "inside" | "over";
  me: Leaf | undefined;
  /** Everybody who can read along, out of the group's own keys and not as the room says; oneself first. */
  inside: (Leaf & { connected: boolean; hand: boolean })[];
  waiting: Waiting[];
  /** Whether a host is there, inside or not. */
  hostThere: boolean;
  keeper: boolean;
  locked: boolean;
  /** When the room closes by itself, in milliseconds since 1970 UTC. */
  closes: number | undefined;
  /** The places of the words to compare in the lists; anew with each change of who is inside. */
  words: readonly number[] | undefined;
  alarms: ReadonlySet<Alarm>;
}

/** What happens. */
export type TalkEvent =
  | { type: "changed" }
  /** Somebody reads along from now on; what was said before, she does not see. */
  | { type: "joined"; who: Leaf }
  | { type: "left"; who: Leaf }
  | { type: "text"; id: string; from: Leaf; text: string; at: number | undefined }
  /** What became of a text of one's own. `sent`: the room has it for everybody inside. */
  | { type: "state"; id: string; state: "waiting" | "sent" }
  | { type: "retract"; id: string; from: Leaf }
  | { type: "typing"; from: Leaf; on: boolean }
  /** A file begins to come, or goes out. */
  | { type: "offer"; id: string; from: Leaf; name: string; size: number; parts: number }
  | { type: "progress"; id: string; done: number; parts: number }
  | { type: "file"; id: string; from: Leaf; name: string; mime: string; bytes: Bytes }
  | { type: "file-stopped"; id: string }
  /** Kind words of a host to somebody who waits. */
  | { type: "note"; text: string }
  | { type: "alarm"; alarm: Alarm }
  | { type: "over"; why: Ending | "entry"; text: string | undefined };

/** What a conversation begins with. */
export interface TalkOptions {
  /** The signed right to enter. */
  entry: string;
  /** The name of the room in it. */
  room: string;
  /** The secret beside it, 32 bytes. It is overwritten once the keys are made. */
  secret: Bytes;
  role: Role;
  /** What one wants to be called. */
  name: string;
  wants: Wants;
  world: World;
  redraw: Redraw;
  /** Tells others that one is typing. Without a word: hosts do, others do not, because it shows hesitation. */
  typing?: boolean;
  listen: (event: TalkEvent) => void;
  /** Hears of what should never happen; the conversation goes on with new keys. For tests and consoles, not for people. */
  fault?: (error: unknown) => void;
}

/** A new word that one is typing is said only after so long; without another one it ends after twice that. */
export const TYPING = 4_000;
/** Parts of a file that are on their way at once. */
const PARTS_AHEAD = 4;
/** So often a place comes back as somebody new because of keys that do not fit; then it stays with the alarm. */
const RENEWALS = 3;

interface Sent {
  content: Content;
  /** For texts: what the page knows it by. */
  text: string | undefined;
}

interface Sending {
  file: Outgoing;
  next: number;
  taken: number;
}

interface Letter {
  body: string;
  name: string;
  wants: Wants;
  keyPackage: KeyPackage;
}

/** One place in a conversation. */
export class Talk {
  readonly #options: TalkOptions;
  readonly #line: Line;
  #letters: Letters | undefined;
  #work: Promise<void>;

  #me: Leaf | undefined;
  #keys: Keys | undefined;
  #people = new Map<Member, Person>();
  readonly #read = new Map<Member, Letter | "doubtful">();
  readonly #usedLetters = new Set<string>();
  readonly #approved = new Set<Member>();
  readonly #hands = new Set<Member>();
  #roomGroup: Epoch | undefined;
  #keeper: Member | undefined;
  #locked = false;
  #closes: number | undefined;

  #group: Group | undefined;
  /** The group one was in before, for what is still on its way. */
  #former: Group | undefined;
  #pending: { n: number; group: Group; prepared: Prepared; begins: boolean } | undefined;
  #comparison: { epoch: number; run: Comparison } | undefined;
  #words: readonly number[] | undefined;
  /** Who was inside in the last epoch. */
  #leaves = new Map<Member, Leaf>();

  /** What was not sealed yet, in order. */
  #unsent: Sent[] = [];
  /** What the room has not taken yet, by number. */
  readonly #flying = new Map<number, Sent>();
  readonly #parts = new Map<number, string>();
  #sending: Sending[] = [];
  readonly #incoming = new Map<Member, Incoming[]>();
  readonly #shown = new Set<string>();
  #typed = { on: false, at: Number.NEGATIVE_INFINITY };
  readonly #alarms = new Set<Alarm>();
  #renewals = 0;
  #over = false;

  constructor(options: TalkOptions) {
    this.#options = options;
    const { entry, world } = options;
    this.#line = new Line({
      entry,
      world,
      hear: (hear) => this.#do(() => this.#heard(hear)),
      tell: (state) => this.#lineSays(state),
    });
    const { room, secret } = options;
    this.#work = Letters.from(room, secret).then((letters) => {
      this.#letters = letters;
      secret.fill(0);
    });
  }

  /** Comes to the room and knocks. */
  start(): void {
    this.#line.start();
  }

  /** How it stands. */
  get snapshot(): Snapshot {
    const people = [...this.#people.values()];
    const others = people.filter(({ member }) => member !== this.#me?.member);
    const inside = this.#group?.members() ?? [];
    const mine = (leaf: Leaf): number => (leaf.member === this.#me?.member ? 0 : 1);
    return {
      line: this.#line.state,
      stage: this.#over ? "over" : this.#group ? "inside" : this.#me ? "waiting" : "arriving",
      me: this.#me,
      inside: inside
        .sort((one, other) => mine(one) - mine(other))
        .map((leaf) => ({
          ...leaf,
          connected: this.#people.get(leaf.member)?.connected ?? false,
          hand: this.#hands.has(leaf.member),
        })),
      waiting: this.#options.role === "host" ? others.filter(isWaiting).map((person) => this.#waiting(person)) : [],
      hostThere: others.some(({ role, connected }) => role === "host" && connected),
      keeper: this.#isKeeper(),
      locked: this.#locked,
      closes: this.#closes,
      words: this.#words,
      alarms: this.#alarms,
    };
  }

  /** Sends a text; its id, or nothing if it may not be sent (empty, too long, control characters). */
  text(words: string): string | undefined {
    const text = plainText(words);
    if (!text || this.#over) return undefined;
    const id = newId();
    this.#shown.add(id);
    this.#typed = { on: false, at: Number.NEGATIVE_INFINITY };
    this.#listen({ type: "state", id, state: "waiting" });
    this.#later({ content: { type: "text", id, text, at: this.#options.world.now() }, text: id });
    return id;
  }

  /** Takes a text of one's own back. Those who have read it have read it. */
  retract(id: string): void {
    this.#later({ content: { type: "retract", id }, text: undefined });
  }

  /** Raises one's hand, or takes it down. */
  hand(up: boolean): void {
    if (!this.#me) return;
    if (up) this.#hands.add(this.#me.member);
    else this.#hands.delete(this.#me.member);
    this.#later({ content: { type: "hand", up }, text: undefined });
    this.#changed();
  }

  /** One is typing, or no longer. Said only if one wants it said, not too often, and never later. */
  typing(on: boolean): void {
    const { role, typing = role === "host", world } = this.#options;
    const now = world.now();
    if (!typing || (on ? this.#typed.on && now - this.#typed.at < TYPING : !this.#typed.on)) return;
    this.#typed = { on, at: now };
    this.#do(async () => {
      if (this.#canSeal()) await this.#seal({ content: { type: "typing", on }, text: undefined });
    });
  }

  /** Sends a file; its id, or why not. */
  async file(bytes: Bytes, name: string): Promise<{ id: string } | FileProblem> {
    const file = await Outgoing.from(bytes, name, this.#options.redraw);
    if (!(file instanceof Outgoing)) return file;
    const { offer, parts } = file;
    await this.#do(async () => {
      if (this.#over || !this.#me) return;
      this.#sending.push({ file, next: -1, taken: 0 });
      const { id, size } = offer;
      this.#listen({ type: "offer", id, from: this.#me, name: offer.name, size, parts });
      await this.#advance();
    });
    return { id: offer.id };
  }

  /** Stops a file one sends. */
  stopFile(id: string): void {
    this.#do(() => this.#stop(id));
  }

  /** Lets somebody in who waits. */
  admit(member: Member): void {
    this.#do(async () => {
      this.#approved.add(member);
      await this.#keep();
    });
  }

  /** Sends somebody who waits away with kind words; `false` if the words may not be sent. */
  decline(member: Member, words: string): boolean {
    const text = plainText(words, 800);
    if (!text) return false;
    this.#do(async () => {
      const letter = await this.#letters?.seal({ kind: "decline", text }, { from: 0, to: member, role: "host" });
      if (letter) this.#line.say({ say: "decline", member, letter });
    });
    return true;
  }

  /** Kind words to somebody who waits; `false` if they may not be sent. */
  note(member: Member, words: string): boolean {
    const text = plainText(words, 800);
    if (!text) return false;
    this.#do(async () => {
      if (!this.#me) return;
      const body = await this.#letters?.seal(
        { kind: "note", text },
        { from: this.#me.member, to: member, role: "host" },
      );
      if (body) this.#line.send((n) => ({ say: "send", n, to: member, kind: "letter", body }));
    });
    return true;
  }

  /** Takes somebody out; with `ban` she cannot come back into this room. */
  remove(member: Member, ban: boolean): void {
    this.#do(() => this.#line.say({ say: "remove", member, ban }));
  }

  /** Lets nobody new knock, or again. */
  lock(locked: boolean): void {
    this.#do(() => this.#line.say({ say: "lock", locked }));
  }

  /** Leaves for good. */
  leave(): void {
    this.#do(() => {
      this.#line.say({ say: "leave" });
      if (this.#line.state.state !== "connected") this.#finish("left", undefined);
    });
  }

  /** Ends it for everybody. */
  end(): void {
    this.#do(() => this.#line.say({ say: "end" }));
  }

  /** Forgets everything at once, without a word to anybody. */
  close(): void {
    this.#over = true;
    this.#wipe();
    this.#line.close();
  }

  /** Done with everything that was heard and said so far. */
  async idle(): Promise<void> {
    await this.#line.idle();
    await this.#work;
  }

  // — one after the other —

  #do(what: () => Promise<void> | void): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#over) return;
      try {
        await what();
      } catch (error) {
        // Closed in the middle: there are no keys any more, and nothing to say.
        if (this.#over) return;
        this.#options.fault?.(error);
        this.#renew();
      }
    });
    return this.#work;
  }

  async #heard(hear: Hear): Promise<void> {
    switch (hear.hear) {
      case "inside":
        await this.#arrived(hear);
        break;
      case "taken":
        await this.#taken(hear.n);
        break;
      case "refused":
        this.#refused(hear.n);
        break;
      case "message":
        await this.#message(hear);
        return;
      case "commit":
        await this.#commit(hear);
        break;
      case "person":
        await this.#person(hear);
        break;
      case "gone":
        this.#gone(hear.member);
        break;
      case "keeper":
        this.#keeper = hear.keeper ?? undefined;
        break;
      case "locked":
        this.#locked = hear.locked;
        break;
      case "over":
        await this.#ended(hear);
        return;
      default:
        return;
    }
    await this.#keep();
    await this.#advance();
    this.#changed();
  }

  async #arrived(inside: Extract<Hear, { hear: "inside" }>): Promise<void> {
    this.#roomGroup = inside.group ?? undefined;
    this.#keeper = inside.keeper ?? undefined;
    this.#locked = inside.locked;
    this.#closes = inside.closes;
    if (!inside.resumed) {
      this.#forgetGroup();
      this.#read.clear();
      this.#approved.clear();
      this.#me = { member: inside.member, role: this.#options.role, name: this.#options.name };
      if (inside.role !== this.#options.role) this.#alarm("sender");
    }
    this.#people = new Map(inside.people.map((person) => [person.member, person]));
    for (const person of inside.people) await this.#readLetter(person);
    const pending = this.#pending;
    if (pending && inside.resumed && pending.n <= inside.taken) {
      // Taken or refused while the connection was away: where the room's group stands, says which.
      const { after } = pending.prepared;
      const holds =
        this.#isKeeper() && inside.group?.generation === after.generation && inside.group.epoch === after.epoch + 1;
      if (holds) await this.#apply();
      else this.#discard();
    }
    const self = this.#me && this.#people.get(this.#me.member);
    if (!inside.resumed) await this.#knock();
    else if (self?.standing === "waiting" && this.#group) await this.#sentBack();
  }

  async #person(person: Person): Promise<void> {
    const before = this.#people.get(person.member);
    this.#people.set(person.member, person);
    if (person.member !== this.#me?.member) await this.#readLetter(person);
    else if (person.standing === "waiting" && before?.standing === "inside") await this.#sentBack();
  }

  #gone(member: Member): void {
    this.#people.delete(member);
    this.#read.delete(member);
    this.#approved.delete(member);
    this.#hands.delete(member);
    for (const file of this.#incoming.get(member) ?? []) this.#listen({ type: "file-stopped", id: file.offer.id });
    this.#incoming.delete(member);
  }

  /** The group went on without this place: knock again with new keys. */
  async #sentBack(): Promise<void> {
    this.#former?.close();
    this.#former = this.#group;
    this.#group = undefined;
    this.#requeue();
    await this.#knock();
  }

  async #knock(): Promise<void> {
    if (!this.#me || !this.#letters) return;
    wipeKeys(this.#keys);
    this.#keys = await newKeys(this.#me);
    const { name, role, member } = this.#me;
    const { wants } = this.#options;
    const knock = { kind: "knock" as const, name, wants, keyPackage: packed(this.#keys) };
    this.#line.say({ say: "knock", letter: await this.#letters.seal(knock, { from: member, to: 0, role }) });
  }

  async #readLetter(person: Person): Promise<void> {
    const { member, role, letter: body } = person;
    if (!body || this.#options.role !== "host" || member === this.#me?.member) return;
    const before = this.#read.get(member);
    if (before !== undefined && before !== "doubtful" && before.body === body) return;
    // Whoever is inside already has used her letter, whoever let her in.
    if (person.standing === "inside") this.#usedLetters.add(body);
    const letter = await this.#letters?.open("knock", body, { from: member, to: 0, role });
    const keyPackage = letter && (await unpacked(letter.keyPackage, { member, role, name: letter.name }));
    if (letter && keyPackage) this.#read.set(member, { body, name: letter.name, wants: letter.wants, keyPackage });
    else {
      this.#read.set(member, "doubtful");
      this.#alarm("letter");
    }
  }

  // — the group —

  /** Does what is due for the keeper. */
  async #keep(): Promise<void> {
    if (!this.#isKeeper() || this.#pending || !this.#me || this.#line.state.state !== "connected") return;
    const me = this.#me.member;
    const others = [...this.#people.values()].filter(({ member }) => member !== me);
    const inside = this.#group?.members().map(({ member }) => member);
    const plan = due(
      this.#roomGroup,
      inside?.filter((member) => member !== me),
      others.map(({ member, standing, known }) => {
        const letter = this.#read.get(member);
        const fresh = letter && letter !== "doubtful" && !this.#usedLetters.has(letter.body);
        return {
          member,
          standing,
          welcome: known || this.#approved.has(member),
          keyPackage: fresh ? letter.keyPackage : undefined,
        };
      }),
    );
    if (!plan) return;
    const group = plan.begin || !this.#group ? await this.#begin(this.#me) : this.#group;
    const prepared = await group.prepare(
      plan.admit.map(({ keyPackage }) => keyPackage),
      plan.remove,
    );
    const admit: Admission[] = [];
    for (const { member } of plan.admit) {
      const letter = this.#read.get(member);
      if (letter && letter !== "doubtful") this.#usedLetters.add(letter.body);
      const address = { from: me, to: member, role: "host" as const };
      const welcome = await this.#letters?.seal(
        { kind: "welcome", welcome: prepared.welcome ?? new Uint8Array() },
        address,
      );
      if (welcome) admit.push({ member, welcome });
    }
    const body = plan.begin ? "" : toBase64(prepared.commit);
    const after = prepared.after;
    const n = this.#line.send((n) => ({ say: "commit", n, after, body, admit, remove: plan.remove }));
    this.#pending = { n, group, prepared, begins: plan.begin };
  }

  async #begin(me: Leaf): Promise<Group> {
    return Group.begin(this.#options.room, (this.#roomGroup?.generation ?? 0) + 1, await newKeys(me));
  }

  /** The room has taken the commit made here. */
  async #apply(): Promise<void> {
    const { group, prepared, begins } = this.#pending ?? {};
    this.#pending = undefined;
    if (!group || !prepared) return;
    group.apply(prepared);
    if (begins) {
      this.#former?.close();
      this.#former = this.#group;
      this.#requeue();
    }
    this.#group = group;
    this.#roomGroup = group.epoch;
    // The news of it come after this; until then they are not to be taken for somebody who stands elsewhere.
    for (const person of this.#people.values()) {
      const inside = group.find(person.member) !== undefined;
      if (person.standing === "inside" && !inside) person.letter = null;
      person.standing = inside ? "inside" : "waiting";
    }
    await this.#moved();
  }

  #discard(): void {
    if (this.#pending?.begins) this.#pending.group.close();
    this.#pending = undefined;
  }

  async #commit(hear: Extract<Hear, { hear: "commit" }>): Promise<void> {
    const bytes = fromBase64(hear.body);
    const { from, group } = hear;
    if (hear.welcome) {
      const to = this.#me?.member ?? 0;
      const letter = await this.#letters?.open("welcome", hear.body, { from, to, role: "host" });
      await this.#believe("welcome", async () => {
        if (!letter || !this.#keys) throw new Doubtful("damaged");
        const joined = await Group.join(this.#options.room, letter.welcome, this.#keys, group, from);
        this.#former?.close();
        this.#former = this.#group;
        this.#group = joined;
        this.#keys = undefined;
        this.#roomGroup = group;
        this.#requeue();
        await this.#moved();
      });
      return;
    }
    const known = this.#group;
    // What is still on its way to a group one is not in any more changes nothing here.
    if (!known) return;
    await this.#believe("epoch", async () => {
      if (!bytes) throw new Doubtful("damaged");
      await known.follow(bytes, from, group);
      this.#roomGroup = group;
      await this.#moved();
    });
  }

  /** Where the group moves decides whether one can read on: what does not hold is told, and one comes back as somebody new. */
  async #believe(what: "welcome" | "epoch", act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Doubtful)) throw error;
      this.#alarm(what === "welcome" ? "welcome" : error.doubt === "sender" ? "sender" : "epoch");
      this.#renew();
    }
  }

  #renew(): void {
    if (this.#renewals >= RENEWALS) return;
    this.#renewals += 1;
    this.#forgetGroup();
    this.#me = undefined;
    this.#line.renew();
  }

  /** A new epoch: new keys, perhaps others who read along. */
  async #moved(): Promise<void> {
    const group = this.#group;
    if (!group || !this.#me) return;
    this.#compareMembers(group.members());
    const members = group.members().map(({ member }) => member);
    for (const hand of this.#hands) if (!members.includes(hand)) this.#hands.delete(hand);
    this.#words = undefined;
    this.#comparison = undefined;
    // Whoever has left may still have the key of a file that is on its way.
    for (const { file } of [...this.#sending]) if (this.#flyingFile(file)) await this.#stop(file.offer.id);
    if (members.length < 2) return;
    const run = new Comparison(this.#me.member, members);
    this.#comparison = { epoch: group.epoch.epoch, run };
    await this.#seal({ content: await run.begin(), text: undefined });
  }

  #compareMembers(leaves: readonly Leaf[]): void {
    const before = this.#leaves;
    this.#leaves = new Map(leaves.map((leaf) => [leaf.member, leaf]));
    for (const who of before.values()) if (!this.#leaves.has(who.member)) this.#listen({ type: "left", who });
    for (const who of leaves) {
      if (!before.has(who.member) && who.member !== this.#me?.member) this.#listen({ type: "joined", who });
    }
  }

  #forgetGroup(): void {
    this.#discard();
    this.#group?.close();
    this.#former?.close();
    this.#group = this.#former = undefined;
    this.#comparison = this.#words = undefined;
    wipeKeys(this.#keys);
    this.#keys = undefined;
    this.#hands.clear();
    this.#requeue();
  }

  // — what is said —

  #later(sent: Sent): void {
    this.#do(async () => {
      this.#unsent.push(sent);
      await this.#advance();
    });
  }

  /** Whether there is somebody to say something to, and nobody in the group who is gone. */
  #canSeal(): boolean {
    const members = this.#group?.members() ?? [];
    const present = members.every(({ member }) => this.#people.get(member)?.standing === "inside");
    return members.length > 1 && present && !this.#pending;
  }

  /** Says what waits, as far as it can be said now. */
  async #advance(): Promise<void> {
    while (this.#unsent.length && this.#canSeal()) {
      const [next] = this.#unsent.splice(0, 1);
      if (next) await this.#seal(next);
    }
    const [sending] = this.#sending;
    if (!sending || !this.#canSeal()) return;
    const { file } = sending;
    if (sending.next < 0) {
      sending.next = 0;
      await this.#seal({ content: file.offer, text: undefined });
    }
    while (sending.next < file.parts && sending.next - sending.taken < PARTS_AHEAD) {
      const body = await file.part(sending.next);
      const n = this.#line.send((n) => ({ say: "send", n, kind: "part", body }));
      this.#parts.set(n, file.offer.id);
      sending.next += 1;
    }
  }

  async #seal(sent: Sent): Promise<void> {
    if (!this.#group) return;
    const body = toBase64(await this.#group.seal(encode(sent.content)));
    const n = this.#line.send((n) => ({ say: "send", n, kind: "message", body }));
    this.#flying.set(n, sent);
  }

  async #taken(n: number): Promise<void> {
    if (this.#pending?.n === n) await this.#apply();
    const sent = this.#flying.get(n);
    this.#flying.delete(n);
    if (sent?.text !== undefined) this.#listen({ type: "state", id: sent.text, state: "sent" });
    const part = this.#parts.get(n);
    const sending = this.#sending.find(({ file }) => file.offer.id === part);
    this.#parts.delete(n);
    if (!sending) return;
    sending.taken += 1;
    const { file, taken } = sending;
    this.#listen({ type: "progress", id: file.offer.id, done: taken, parts: file.parts });
    if (taken < file.parts) return;
    this.#sending = this.#sending.filter((other) => other !== sending);
    file.close();
  }

  #refused(n: number): void {
    if (this.#pending?.n === n) this.#discard();
    const sent = this.#flying.get(n);
    this.#flying.delete(n);
    // Not inside (any more): it waits until there is a group again.
    if (sent && lasts(sent.content)) this.#unsent.unshift(sent);
    const part = this.#parts.get(n);
    this.#parts.delete(n);
    if (part) this.#do(() => this.#stop(part));
  }

  /** The keys have changed altogether: what nobody has taken is said again under the new ones. */
  #requeue(): void {
    const again = [...this.#flying.values()].filter(({ content }) => lasts(content));
    this.#flying.clear();
    this.#unsent = [...again, ...this.#unsent];
    for (const { file } of this.#sending.splice(0)) {
      this.#listen({ type: "file-stopped", id: file.offer.id });
      file.close();
    }
    this.#parts.clear();
    for (const files of this.#incoming.values())
      for (const { offer } of files) this.#listen({ type: "file-stopped", id: offer.id });
    this.#incoming.clear();
  }

  #flyingFile(file: Outgoing): boolean {
    return this.#sending.some((sending) => sending.file === file && sending.next >= 0);
  }

  async #stop(id: string): Promise<void> {
    const sending = this.#sending.find(({ file }) => file.offer.id === id);
    if (!sending) return;
    this.#sending = this.#sending.filter((other) => other !== sending);
    sending.file.close();
    this.#listen({ type: "file-stopped", id });
    if (sending.next >= 0) {
      this.#unsent.push({ content: { type: "stop", id }, text: undefined });
      await this.#advance();
    }
  }

  // — what is heard —

  async #message({ from, kind, body }: Extract<Hear, { hear: "message" }>): Promise<void> {
    if (kind === "letter") {
      const note = await this.#letters?.open("note", body, { from, to: this.#me?.member ?? 0, role: "host" });
      if (!note || this.#people.get(from)?.role !== "host") this.#alarm("letter");
      // The same letter again says nothing new.
      else if (!this.#shown.has(body)) {
        this.#shown.add(body);
        this.#listen({ type: "note", text: note.text });
      }
      return;
    }
    if (kind === "part") return this.#part(from, body);
    const opened = await this.#open(from, body);
    if (!opened) return;
    const { group, content, epoch } = opened;
    const leaf = group.find(from);
    if (!leaf) return;
    await this.#say(leaf, content, group === this.#group ? epoch : undefined);
  }

  async #open(from: Member, body: string): Promise<{ group: Group; content: Content; epoch: number } | undefined> {
    const bytes = fromBase64(body);
    for (const group of [this.#group, this.#former]) {
      if (!group) continue;
      try {
        if (!bytes) throw new Doubtful("damaged");
        const { content, epoch, gap } = await group.open(bytes, from);
        if (gap) this.#alarm("order");
        const said = decode(content);
        content.fill(0);
        if (said) return { group, content: said, epoch };
        this.#alarm("content");
        return undefined;
      } catch (error) {
        if (!(error instanceof Doubtful)) throw error;
        if (error.doubt === "foreign") continue;
        if (group === this.#group) this.#alarm(error.doubt);
        return undefined;
      }
    }
    return undefined;
  }

  async #say(from: Leaf, content: Content, epoch: number | undefined): Promise<void> {
    switch (content.type) {
      case "text":
        if (this.#shown.has(content.id)) return;
        this.#shown.add(content.id);
        this.#listen({ type: "text", id: content.id, from, text: content.text, at: content.at });
        break;
      case "retract":
        this.#listen({ type: "retract", id: content.id, from });
        break;
      case "typing":
        this.#listen({ type: "typing", from, on: content.on });
        break;
      case "hand":
        if (content.up) this.#hands.add(from.member);
        else this.#hands.delete(from.member);
        this.#changed();
        break;
      case "file":
        this.#offered(from, content);
        break;
      case "stop":
        this.#unoffer(from.member, content.id);
        break;
      default:
        await this.#compare(from.member, content, epoch);
    }
  }

  async #compare(from: Member, content: Content, epoch: number | undefined): Promise<void> {
    const group = this.#group;
    const run = this.#comparison?.epoch === epoch ? this.#comparison?.run : undefined;
    if (!run || !group) return;
    const step = await run.heard(from, content);
    if (step === "alarm") this.#alarm("words");
    else if (step) await this.#seal({ content: step.say, text: undefined });
    const words = await run.words(() => group.exported(WORDS_LABEL, 32));
    if (!words) return;
    this.#words = words;
    this.#changed();
  }

  #offered(from: Leaf, offer: Offer): void {
    const files = this.#incoming.get(from.member) ?? [];
    // One after the other; whoever offers many at once fills the memory of others.
    if (this.#shown.has(offer.id) || files.length) {
      this.#alarm("file");
      return;
    }
    this.#shown.add(offer.id);
    const file = new Incoming(offer);
    this.#incoming.set(from.member, [file]);
    this.#listen({ type: "offer", id: offer.id, from, name: offer.name, size: offer.size, parts: file.parts });
  }

  async #part(from: Member, body: string): Promise<void> {
    const file = this.#incoming.get(from)?.[0];
    const leaf = this.#group?.find(from);
    // Of a file that was offered before this place came in, or was stopped.
    if (!file || !leaf) return;
    const outcome = await file.take(body);
    const { id, name, mime } = file.offer;
    if (outcome === false) {
      this.#alarm("file");
      this.#unoffer(from, id);
      return;
    }
    this.#listen({ type: "progress", id, done: file.arrived, parts: file.parts });
    if (outcome === true) return;
    this.#listen({ type: "file", id, from: leaf, name, mime, bytes: own(outcome.slice()) });
    this.#incoming.delete(from);
    file.close();
  }

  #unoffer(from: Member, id: string): void {
    const file = this.#incoming.get(from)?.find(({ offer }) => offer.id === id);
    if (!file) return;
    this.#incoming.delete(from);
    file.close();
    this.#listen({ type: "file-stopped", id });
  }

  async #ended({ why, letter }: Extract<Hear, { hear: "over" }>): Promise<void> {
    const to = this.#me?.member ?? 0;
    const words = letter ? await this.#letters?.open("decline", letter, { from: 0, to, role: "host" }) : undefined;
    if (letter && !words) this.#alarm("letter");
    this.#finish(why, words?.text);
  }

  // — the rest —

  #isKeeper(): boolean {
    return this.#options.role === "host" && this.#me !== undefined && this.#keeper === this.#me.member;
  }

  #waiting({ member, role, connected, known }: Person): Waiting {
    const letter = this.#read.get(member);
    const holds = letter && letter !== "doubtful" ? { name: letter.name, wants: letter.wants } : undefined;
    return { member, role, connected, known, letter: holds, doubtful: letter === "doubtful" };
  }

  #lineSays(state: LineState): void {
    if (state.state === "over" && state.why === "entry") this.#do(() => this.#finish("entry", undefined));
    this.#changed();
  }

  #finish(why: Ending | "entry", text: string | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#wipe();
    this.#line.close();
    this.#options.listen({ type: "over", why, text });
    this.#options.listen({ type: "changed" });
  }

  #wipe(): void {
    this.#discard();
    this.#group?.close();
    this.#former?.close();
    wipeKeys(this.#keys);
    this.#letters?.close();
    for (const { file } of this.#sending) file.close();
    for (const files of this.#incoming.values()) for (const file of files) file.close();
    this.#group = this.#former = this.#keys = this.#letters = this.#comparison = this.#words = undefined;
    this.#unsent = this.#sending = [];
    for (const kept of [this.#flying, this.#parts, this.#incoming, this.#read, this.#people]) kept.clear();
    for (const kept of [this.#shown, this.#usedLetters, this.#approved, this.#hands]) kept.clear();
  }

  #alarm(alarm: Alarm): void {
    this.#alarms.add(alarm);
    this.#listen({ type: "alarm", alarm });
    this.#changed();
  }

  #changed(): void {
    this.#listen({ type: "changed" });
  }

  #listen(event: TalkEvent): void {
    if (!this.#over) this.#options.listen(event);
  }
}

const isWaiting = ({ standing }: Person): boolean => standing === "waiting";

/** Whether it makes sense to say it again later. */
function lasts({ type }: Content): boolean {
  return type === "text" || type === "retract" || type === "stop" || type === "hand";
}
