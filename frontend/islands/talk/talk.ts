// A conversation: what a page shows and does, on top of connection, letters, group and contents. It keeps no history: what
// was said is told to the page once. Everything that happens, happens one after the other, and nearly all of it touches the
// group: that is why it stands in one file.
import { type Bytes, fromBase64, newId, toBase64 } from "./bytes.ts";
import { type Content, decode, encode } from "./content.ts";
import type { Alarm, Snapshot, TalkEvent, TalkOptions } from "./events.ts";
import { type FileProblem, Outgoing } from "./file.ts";
import { Doubtful, Group, type Opened, type Prepared } from "./group.ts";
import { due } from "./keeper.ts";
import { type Keys, type Leaf, newKeys, packed, wipeKeys } from "./leaf.ts";
import { Letters } from "./letter.ts";
import { Line, type LineState } from "./line.ts";
import { LONGEST_NOTE, plainText } from "./plain.ts";
import type { Admission, CallSay, Ending, Epoch, Hear, Member, Person, Refusal } from "./protocol.ts";
import { Roster } from "./roster.ts";
import { Transfers } from "./transfers.ts";
import { Comparison, WORDS_LABEL } from "./words.ts";

export type { Alarm, Snapshot, TalkEvent, TalkOptions, Waiting } from "./events.ts";

/** A new word that one is typing is said only after so long; without another one it ends after twice that. */
export const TYPING = 4_000;
/** So often a place comes back as somebody new because of keys that do not fit; then it stays with the alarm. */
const RENEWALS = 3;
/** What the mark is derived by, out of the group's keys. */
const MARK_LABEL = "anlaufstelle return";

interface Sent {
  /** In which order one wanted to say it. */
  order: number;
  content: Content;
  /** For texts: what the page knows it by. */
  text: string | undefined;
}

/** One place in a conversation. */
export class Talk {
  readonly #options: TalkOptions;
  readonly #line: Line;
  #letters: Letters | undefined;
  #work: Promise<void>;

  #me: Leaf | undefined;
  #keys: Keys | undefined;
  readonly #roster: Roster;
  readonly #hands = new Set<Member>();
  #roomGroup: Epoch | undefined;
  #keeper: Member | undefined;
  #locked = false;
  #queue: Snapshot["queue"];
  #closes: number | undefined;

  #group: Group | undefined;
  /** The group one was in before, for what is still on its way. */
  #former: Group | undefined;
  #pending: { n: number; group: Group; prepared: Prepared; begins: boolean; letters: string[] } | undefined;
  /** Something changed while a commit was on its way. */
  #dueAgain = false;
  #comparison: { epoch: number; run: Comparison } | undefined;
  /** Shows that one was in the group, to come back when the room has forgotten. */
  #mark: string | undefined;
  #words: readonly number[] | undefined;
  /** Who was inside in the last epoch. */
  #leaves = new Map<Member, Leaf>();

  /** What was not sealed yet, in order. */
  #unsent: Sent[] = [];
  /** What the room has not taken yet, by number. */
  readonly #flying = new Map<number, Sent>();
  #order = 0;
  readonly #files: Transfers;
  /** Who wrote which text: only she takes it back. */
  readonly #authors = new Map<string, Member>();
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
    this.#roster = new Roster(options.role === "host", () => this.#alarm("letter"));
    this.#files = new Transfers({
      listen: (event) => this.#listen(event),
      alarm: () => this.#alarm("file"),
      part: (body) => this.#line.send((n) => ({ say: "send", n, kind: "part", body })),
      say: (content) => this.#seal(this.#sent(content)),
      later: (content) => this.#later(content),
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
    const others = this.#roster.others(this.#me?.member);
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
          // Of who has just come in the room has said nothing yet, and of who has gone nothing more.
          connected: this.#roster.get(leaf.member)?.connected ?? true,
          hand: this.#hands.has(leaf.member),
        })),
      waiting: this.#roster.waiting(this.#me?.member),
      hostThere: others.some(({ role, connected }) => role === "host" && connected),
      keeper: this.#isKeeper(),
      locked: this.#locked,
      queue: this.#queue,
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
    this.#later({ type: "text", id, text, at: this.#options.world.now() }, id);
    return id;
  }

  /** Takes a text of one's own back. Those who have read it have read it. */
  retract(id: string): void {
    this.#later({ type: "retract", id });
  }

  /** Raises one's hand, or takes it down. */
  hand(up: boolean): void {
    if (!this.#me) return;
    if (up) this.#hands.add(this.#me.member);
    else this.#hands.delete(this.#me.member);
    this.#later({ type: "hand", up });
    this.#changed();
  }

  /** Says something of a call: to everybody inside, or to one of them; once she is gone it is not said any more. */
  call(body: string, to?: Member): void {
    this.#later({ type: "call", body, ...(to !== undefined && { to }) });
  }

  /** Says something about others who may come in, to everybody inside. */
  others(body: string): void {
    this.#later({ type: "others", body });
  }

  /** Asks which servers help to find a way to others; only who is inside is told. The answer is an event. */
  askWays(): void {
    this.#do(() => {
      if (this.#group) this.#line.say({ say: "ways" });
    });
  }

  /** Says something to the engine. Without a connection it is lost: whoever comes back says how it stands then. */
  engine(about: CallSay): void {
    this.#line.pass({ say: "call", about });
  }

  /** A secret of the present epoch that everybody inside has and nobody else; nothing before one is inside. */
  async exporter(label: string, context: Bytes, length: number): Promise<{ epoch: Epoch; secret: Bytes } | undefined> {
    let exported: { epoch: Epoch; secret: Bytes } | undefined;
    await this.#do(async () => {
      const group = this.#group;
      if (group) exported = { epoch: group.epoch, secret: await group.exported(label, length, context) };
    });
    return exported;
  }

  /** One is typing, or no longer. Said only if one wants it said, not too often, and never later. */
  typing(on: boolean): void {
    const { role, typing = role === "host", world } = this.#options;
    const now = world.now();
    if (!typing || (on ? this.#typed.on && now - this.#typed.at < TYPING : !this.#typed.on)) return;
    this.#typed = { on, at: now };
    this.#do(async () => {
      if (this.#canSeal()) await this.#seal(this.#sent({ type: "typing", on }));
    });
  }

  /** Sends a file; its id, or why not. */
  async file(bytes: Bytes, name: string): Promise<{ id: string } | FileProblem> {
    const file = await Outgoing.from(bytes, name, this.#options.redraw);
    if (!(file instanceof Outgoing)) return file;
    const { id } = file.offer;
    await this.#do(async () => {
      if (!this.#me) return;
      this.#files.add(file, this.#me);
      await this.#advance();
    });
    return { id };
  }

  /** Stops a file one sends. */
  stopFile(id: string): void {
    this.#do(() => this.#files.stop(id));
  }

  /** Lets somebody in who waits. */
  admit(member: Member): void {
    this.#do(async () => {
      this.#roster.approve(member);
      await this.#keep();
    });
  }

  /** Sends somebody who waits away with kind words; `false` if the words may not be sent. */
  decline(member: Member, words: string): boolean {
    const text = plainText(words, LONGEST_NOTE);
    if (!text) return false;
    this.#do(async () => {
      const letter = await this.#letters?.seal({ kind: "decline", text }, { from: 0, to: member, role: "host" });
      if (letter) this.#line.say({ say: "decline", member, letter });
    });
    return true;
  }

  /** Kind words to somebody who waits; `false` if they may not be sent. */
  note(member: Member, words: string): boolean {
    const text = plainText(words, LONGEST_NOTE);
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
        await this.#refused(hear.n, hear.why);
        return;
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
      case "queue":
        this.#queue = hear;
        break;
      case "ways":
        this.#listen({ type: "ways", ways: hear });
        return;
      case "call":
        this.#listen({ type: "engine", about: hear.about });
        return;
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
    this.#closes = this.#options.world.now() + inside.closes_in;
    if (!inside.resumed) {
      this.#forgetGroup();
      this.#roster.clear();
      this.#me = { member: inside.member, role: this.#options.role, name: this.#options.name };
      if (inside.role !== this.#options.role) this.#alarm("sender");
    }
    await this.#roster.replace(inside.people, this.#me?.member, this.#letters);
    const pending = this.#pending;
    if (pending && inside.resumed && pending.n <= inside.taken) {
      // Taken or refused while the connection was away: where the room's group stands, says which.
      const { after } = pending.prepared;
      const holds =
        this.#isKeeper() && inside.group?.generation === after.generation && inside.group.epoch === after.epoch + 1;
      if (holds) await this.#apply();
      else this.#discard();
    }
    const self = this.#me && this.#roster.get(this.#me.member);
    if (!inside.resumed) await this.#knock();
    else if (self?.standing === "waiting" && this.#group) await this.#sentBack();
  }

  async #person(person: Person): Promise<void> {
    const before = this.#roster.get(person.member);
    await this.#roster.put(person, this.#me?.member, this.#letters);
    const isMe = person.member === this.#me?.member;
    if (isMe && person.standing === "waiting" && before?.standing === "inside") await this.#sentBack();
  }

  #gone(member: Member): void {
    this.#roster.delete(member);
    this.#hands.delete(member);
    this.#files.gone(member);
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
    const mark = this.#mark === undefined ? {} : { mark: this.#mark };
    const knock = { kind: "knock" as const, name, wants, keyPackage: packed(this.#keys), ...mark };
    this.#line.say({ say: "knock", letter: await this.#letters.seal(knock, { from: member, to: 0, role }) });
  }

  // — the group —

  /** Does what is due for the keeper. */
  async #keep(): Promise<void> {
    this.#dueAgain ||= this.#pending !== undefined;
    if (!this.#isKeeper() || this.#pending || !this.#me || this.#line.state.state !== "connected") return;
    const me = this.#me.member;
    const inside = this.#group?.members().map(({ member }) => member);
    const plan = due(
      this.#roomGroup,
      inside?.filter((member) => member !== me),
      this.#roster.known(me),
    );
    if (!plan) return;
    const group = plan.begin || !this.#group ? await this.#begin(this.#me) : this.#group;
    const packages = plan.admit.map(({ keyPackage }) => keyPackage);
    const prepared = await group.prepare(packages, plan.remove);
    const { after, welcome = new Uint8Array() } = prepared;
    const admit: Admission[] = [];
    for (const { member } of plan.admit) {
      const address = { from: me, to: member, role: "host" as const };
      const sealed = await this.#letters?.seal({ kind: "welcome", welcome }, address);
      if (sealed) admit.push({ member, welcome: sealed });
    }
    const body = plan.begin ? "" : toBase64(prepared.commit);
    const n = this.#line.send((n) => ({ say: "commit", n, after, body, admit, remove: plan.remove }));
    const letters = plan.admit.flatMap(({ member }) => this.#roster.letter(member) ?? []);
    this.#pending = { n, group, prepared, begins: plan.begin, letters };
    this.#dueAgain = false;
  }

  async #begin(me: Leaf): Promise<Group> {
    return Group.begin(this.#options.room, (this.#roomGroup?.generation ?? 0) + 1, await newKeys(me));
  }

  /** The room has taken the commit made here. */
  async #apply(): Promise<void> {
    if (!this.#pending) return;
    const { group, prepared, begins, letters } = this.#pending;
    this.#pending = undefined;
    this.#roster.use(letters);
    group.apply(prepared);
    if (begins) {
      this.#former?.close();
      this.#former = this.#group;
      this.#requeue();
    }
    this.#group = group;
    this.#roomGroup = group.epoch;
    this.#roster.follow(group);
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
    const hasLeft = this.#compareMembers(group.members());
    const members = group.members().map(({ member }) => member);
    for (const hand of this.#hands) if (!members.includes(hand)) this.#hands.delete(hand);
    this.#words = undefined;
    this.#comparison = undefined;
    this.#mark = toBase64(await group.exported(MARK_LABEL, 32));
    this.#roster.mark(this.#mark);
    this.#listen({ type: "epoch" });
    // Whoever has left may still have the key of a file that is on its way.
    if (hasLeft) this.#files.stopBegun();
    if (members.length < 2) return;
    const run = new Comparison(this.#me.member, members);
    this.#comparison = { epoch: group.epoch.epoch, run };
    await this.#seal(this.#sent(await run.begin()));
  }

  /** Tells who has come and who has left; whether somebody has. */
  #compareMembers(leaves: readonly Leaf[]): boolean {
    const before = this.#leaves;
    this.#leaves = new Map(leaves.map((leaf) => [leaf.member, leaf]));
    const gone = [...before.values()].filter(({ member }) => !this.#leaves.has(member));
    for (const who of gone) this.#listen({ type: "left", who });
    for (const who of leaves) {
      if (!before.has(who.member) && who.member !== this.#me?.member) this.#listen({ type: "joined", who });
    }
    return gone.length > 0;
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

  #sent(content: Content, text?: string): Sent {
    this.#order += 1;
    return { order: this.#order, content, text };
  }

  #later(content: Content, text?: string): void {
    const sent = this.#sent(content, text);
    this.#do(async () => {
      this.#unsent.push(sent);
      await this.#advance();
    });
  }

  /** Whether there is somebody to say something to, and nobody in the group who is gone. */
  #canSeal(): boolean {
    const members = this.#group?.members() ?? [];
    const present = members.every(({ member }) => this.#roster.get(member)?.standing === "inside");
    return members.length > 1 && present && !this.#pending;
  }

  /** Says what waits, as far as it can be said now. */
  async #advance(): Promise<void> {
    while (this.#unsent.length && this.#canSeal()) {
      const [next] = this.#unsent.splice(0, 1);
      if (next && this.#isWanted(next.content)) await this.#seal(next);
    }
    if (this.#canSeal()) await this.#files.advance();
  }

  /** What is for one person has no reader once she is gone. */
  #isWanted(content: Content): boolean {
    return content.type !== "call" || content.to === undefined || this.#group?.find(content.to) !== undefined;
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
    this.#files.taken(n);
  }

  async #refused(n: number, why: Refusal): Promise<void> {
    const isCommit = this.#pending?.n === n;
    if (isCommit) {
      // The room's group is not where it was when this place came in: it says so to who comes again.
      const isBehind = why === "stale" && this.#pending?.begins && this.#isKeeper();
      this.#discard();
      if (isBehind) this.#line.refresh();
      // Said again unchanged it would be refused again; what has changed meanwhile is another matter.
      else if (this.#dueAgain) await this.#keep();
    }
    const sent = this.#flying.get(n);
    this.#flying.delete(n);
    // Not inside (any more): it waits until there is a group again.
    if (sent) this.#saveForLater([sent]);
    this.#files.refused(n);
    this.#changed();
  }

  /** The keys have changed altogether: what nobody has taken is said again under the new ones. */
  #requeue(): void {
    this.#saveForLater([...this.#flying.values()]);
    this.#flying.clear();
    this.#files.dropBegun();
  }

  #saveForLater(again: readonly Sent[]): void {
    this.#unsent.push(...again.filter(({ content }) => lasts(content)));
    this.#unsent.sort((one, other) => one.order - other.order);
  }

  // — what is heard —

  async #message({ from, kind, body }: Extract<Hear, { hear: "message" }>): Promise<void> {
    if (kind === "letter") {
      const note = await this.#letters?.open("note", body, { from, to: this.#me?.member ?? 0, role: "host" });
      if (!note || this.#roster.get(from)?.role !== "host") this.#alarm("letter");
      // The same letter again says nothing new.
      else if (!this.#shown.has(body)) {
        this.#shown.add(body);
        this.#listen({ type: "note", text: note.text });
      }
      return;
    }
    if (kind === "part") {
      const sender = this.#group?.find(from);
      if (sender) await this.#files.part(sender, body);
      return;
    }
    const opened = await this.#open(from, body);
    if (!opened) return;
    const { group, sender, content, epoch } = opened;
    await this.#say(sender, content, group === this.#group ? epoch : undefined);
  }

  async #open(
    from: Member,
    body: string,
  ): Promise<(Omit<Opened, "content"> & { group: Group; content: Content }) | undefined> {
    const bytes = fromBase64(body);
    for (const group of [this.#group, this.#former]) {
      if (!group) continue;
      try {
        if (!bytes) throw new Doubtful("damaged");
        const opened = await group.open(bytes, from);
        if (opened.gap) this.#alarm("order");
        const said = decode(opened.content);
        opened.content.fill(0);
        if (said) return { ...opened, group, content: said };
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
        this.#authors.set(content.id, from.member);
        this.#listen({ type: "text", id: content.id, from, text: content.text, at: content.at });
        break;
      case "retract":
        if (this.#authors.get(content.id) === from.member) this.#listen({ type: "retract", id: content.id, from });
        break;
      case "typing":
        this.#listen({ type: "typing", from, on: content.on });
        break;
      case "hand":
        if (content.up) this.#hands.add(from.member);
        else this.#hands.delete(from.member);
        this.#changed();
        break;
      case "call":
        if (content.to === undefined || content.to === this.#me?.member)
          this.#listen({ type: "call", from, body: content.body, alone: content.to !== undefined });
        break;
      case "others":
        this.#listen({ type: "others", from, body: content.body });
        break;
      case "file":
        this.#files.offered(from, content);
        break;
      case "stop":
        this.#files.stopped(from.member, content.id);
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
    else if (step) await this.#seal(this.#sent(step.say));
    const words = await run.words(() => group.exported(WORDS_LABEL, 32));
    if (!words) return;
    this.#words = words;
    this.#changed();
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
    this.#files.close();
    this.#roster.clear();
    this.#roster.unmark();
    this.#mark = undefined;
    this.#group = this.#former = this.#keys = this.#letters = this.#comparison = this.#words = undefined;
    this.#unsent = [];
    for (const kept of [this.#flying, this.#authors, this.#leaves]) kept.clear();
    for (const kept of [this.#shown, this.#hands]) kept.clear();
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

/** Whether it makes sense to say it again later. */
function lasts({ type }: Content): boolean {
  return ["text", "retract", "stop", "hand", "call", "others"].includes(type);
}
