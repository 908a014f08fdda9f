// The connection to a room. Networks of phones break all the time; this one says what is so, comes back by itself, and
// hands on each thing once and in order. It knows nothing of what is inside the things.

import { readHear } from "./hear.ts";
import { type Ending, type Hear, type Member, type Say, VERSION } from "./protocol.ts";
import type { Socket, World } from "./world.ts";

/** How it stands with the connection. */
export type LineState =
  | { state: "connecting" }
  | { state: "connected" }
  /** Since when (on the world's clock), and how often it was tried in vain. */
  | { state: "reconnecting"; since: number; tries: number }
  /** `entry`: the right to enter does not count (any more). */
  | { state: "over"; why: Ending | "entry" };

/** What is counted by its sender. */
export type Numbered = Extract<Say, { say: "send" | "commit" }>;
/** What may be said twice and means the same. */
export type Plain = Extract<Say, { say: "knock" | "decline" | "remove" | "lock" | "ways" | "leave" | "end" }>;

/** First and longest wait before the next try. */
export const BACK_OFF = { first: 300, longest: 8_000 } as const;
/** So often it asks whether the room is there, and so long it waits for an answer. */
export const BEAT = { every: 15_000, patience: 10_000 } as const;
/** What has come is confirmed after so many things, so many letters, or so long. */
export const SEEN = { things: 16, letters: 64_000, after: 250 } as const;

/** After these endings another try makes sense. */
const PASSING: ReadonlySet<Ending> = new Set<Ending>(["ticket", "restart", "too_fast"]);

interface Handed {
  say: Plain;
  /** Which beat was asked after it. Its answer shows that the room has read this. */
  beat: number;
}

/** The connection of one place to its room. */
export class Line {
  readonly #entry: string;
  readonly #world: World;
  readonly #hear: (hear: Hear) => Promise<void> | void;
  readonly #tell: (state: LineState) => void;

  #state: LineState = { state: "connecting" };
  #socket: Socket | undefined;
  #inside = false;
  #tries = 0;
  #cancelRetry: (() => void) | undefined;
  #cancelBeat: (() => void) | undefined;
  #cancelSeen: (() => void) | undefined;
  readonly #stopOnline: () => void;

  #me: { member: Member; secret: string } | undefined;
  #n = 0;
  #outbox: Numbered[] = [];
  #sentUpto = 0;
  #full = false;
  /** Taken as far as the room counts, but perhaps refused: the room says so before it answers a beat. */
  #presumed: number[] = [];
  #plain: Handed[] = [];
  #asked = 0;
  #answered = 0;

  #received = 0;
  #seen = 0;
  #unsaid = { things: 0, letters: 0 };
  /** Grows when one comes as somebody new: the room's numbers of before mean nothing then. */
  #life = 0;
  #work: Promise<void> = Promise.resolve();

  /** `hear` is called for one thing after the other; the next waits until it is done. */
  constructor(options: {
    entry: string;
    world: World;
    hear: (hear: Hear) => Promise<void> | void;
    tell: (state: LineState) => void;
  }) {
    this.#entry = options.entry;
    this.#world = options.world;
    this.#hear = options.hear;
    this.#tell = options.tell;
    this.#stopOnline = this.#world.online(() => this.#online());
  }

  /** How it stands. */
  get state(): LineState {
    return this.#state;
  }

  /** How many things the room has not taken yet. */
  get waiting(): number {
    return this.#outbox.length;
  }

  /** Connects, and stays connected until it is over. */
  start(): void {
    this.#connect();
  }

  /** Sends something counted; its number. It is kept until the room has taken or refused it. */
  send(make: (n: number) => Numbered): number {
    this.#n += 1;
    this.#outbox.push(make(this.#n));
    this.#flush();
    return this.#n;
  }

  /** Says something that may arrive twice. It is kept until the room has read it. */
  say(say: Plain): void {
    // A newer one of the same kind about the same person stands for the older one.
    const about = (plain: Plain): string => plain.say + ("member" in plain ? plain.member : "");
    this.#plain = this.#plain.filter((handed) => about(handed.say) !== about(say));
    this.#plain.push({ say, beat: this.#asked + 1 });
    if (!this.#inside) return;
    this.#put(say);
    this.#beat();
  }

  /** Says something that is of use only now: without a connection it is lost. */
  pass(say: Extract<Say, { say: "call" }>): void {
    if (this.#inside) this.#put(say);
  }

  /** Comes again as who one is, after a moment: the room says anew how everything stands. */
  refresh(): void {
    this.#lost();
  }

  /** Comes back as somebody new, because what was kept here is of no use any more. */
  renew(): void {
    this.#me = undefined;
    this.#drop();
    this.#connect();
  }

  /** Ends it. */
  close(): void {
    this.#end({ state: "over", why: "left" });
  }

  /** Done with everything that was heard so far. */
  idle(): Promise<void> {
    return this.#work;
  }

  async #connect(): Promise<void> {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    if (this.#state.state === "over") return;
    const socket: Socket = { send: () => undefined, close: () => undefined };
    this.#socket = socket;
    const current = (): boolean => this.#socket === socket;
    const answer = await this.#world.ticket(this.#entry);
    if (!current()) return;
    if (answer === "later") {
      this.#lost();
      return;
    }
    if (typeof answer === "string") {
      if (answer !== "entry") this.#queue({ hear: "over", why: answer });
      this.#end({ state: "over", why: answer });
      return;
    }
    const { ticket } = answer;
    const open = this.#world.socket(
      {
        opened: () => {
          if (!current()) return;
          const me = this.#me;
          this.#put({ say: "hello", version: VERSION, ticket, ...(me && { resume: { ...me, seen: this.#received } }) });
          this.#watch();
        },
        heard: (text) => current() && this.#heard(text),
        closed: () => current() && this.#lost(),
      },
      ticket,
    );
    Object.assign(socket, open);
  }

  #heard(text: string): void {
    this.#watch();
    const hear = readHear(text);
    if (!hear) return;
    switch (hear.hear) {
      case "inside":
        this.#arrived(hear);
        break;
      case "taken":
        this.#outbox = this.#outbox.filter(({ n }) => n !== hear.n);
        break;
      case "refused":
        this.#presumed = this.#presumed.filter((n) => n !== hear.n);
        this.#outbox = this.#outbox.filter(({ n }) => n !== hear.n);
        break;
      case "full":
        this.#full = true;
        this.#sentUpto = Math.min(this.#sentUpto, hear.n - 1);
        return;
      case "space":
        this.#full = false;
        this.#flush();
        return;
      case "beat": {
        this.#answered += 1;
        this.#plain = this.#plain.filter(({ beat }) => beat > this.#answered);
        for (const n of this.#presumed.splice(0)) this.#queue({ hear: "taken", n });
        return;
      }
      case "over":
        this.#over(hear);
        return;
      case "message":
      case "commit":
        // Said again after a break, because it was not confirmed: it is here already.
        if (hear.seq <= this.#received) return;
        this.#received = hear.seq;
        this.#queue(hear, { seq: hear.seq, letters: text.length });
        return;
      default:
        break;
    }
    this.#queue(hear);
  }

  #queue(hear: Hear, counted?: { seq: number; letters: number }): void {
    const life = this.#life;
    this.#work = this.#work.then(async () => {
      await this.#hear(hear);
      if (counted && life === this.#life) this.#confirm(counted);
    });
  }

  #arrived(inside: Extract<Hear, { hear: "inside" }>): void {
    this.#inside = true;
    this.#tries = 0;
    this.#me = { member: inside.member, secret: inside.secret };
    this.#asked = this.#answered = 0;
    this.#full = false;
    if (inside.resumed) {
      // It may have broken again before the beat was answered: what was presumed then still is.
      this.#presumed.push(...this.#outbox.filter(({ n }) => n <= inside.taken).map(({ n }) => n));
      this.#outbox = this.#outbox.filter(({ n }) => n > inside.taken);
    } else {
      this.#outbox = [];
      this.#presumed = [];
      this.#plain = [];
      this.#n = this.#received = this.#seen = 0;
      this.#life += 1;
    }
    this.#sentUpto = inside.taken;
    this.#say({ state: "connected" });
    for (const handed of this.#plain) {
      handed.beat = 1;
      this.#put(handed.say);
    }
    this.#beat();
    this.#flush();
  }

  #over(over: Extract<Hear, { hear: "over" }>): void {
    // The old number may be gone; the room says so.
    if (PASSING.has(over.why)) {
      if (over.why === "too_fast") this.#tries = Math.max(this.#tries, 2);
      this.#lost();
      return;
    }
    this.#queue(over);
    this.#end({ state: "over", why: over.why });
  }

  #lost(): void {
    this.#drop();
    const since = this.#state.state === "reconnecting" ? this.#state.since : this.#world.now();
    this.#say({ state: "reconnecting", since, tries: this.#tries });
    const wait = Math.min(BACK_OFF.longest, BACK_OFF.first * 2 ** this.#tries);
    this.#tries += 1;
    // Not all at the same moment, when a server comes back.
    this.#cancelRetry = this.#world.later(wait * (0.5 + this.#world.random() / 2), () => this.#connect());
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#inside = false;
    for (const cancel of [this.#cancelBeat, this.#cancelSeen, this.#cancelRetry]) cancel?.();
    this.#cancelBeat = this.#cancelSeen = this.#cancelRetry = undefined;
    this.#unsaid = { things: 0, letters: 0 };
    socket?.close();
  }

  #end(state: LineState): void {
    if (this.#state.state === "over") return;
    this.#drop();
    this.#stopOnline();
    this.#outbox = [];
    this.#plain = [];
    this.#say(state);
  }

  /** The network is back: no reason to wait any longer. And what seems to be open may not be. */
  #online(): void {
    if (this.#cancelRetry) this.#connect();
    else if (this.#inside) this.#ask();
  }

  #flush(): void {
    if (!this.#inside || this.#full) return;
    for (const say of this.#outbox) {
      if (say.n <= this.#sentUpto) continue;
      this.#put(say);
      this.#sentUpto = say.n;
    }
  }

  #confirm({ seq, letters }: { seq: number; letters: number }): void {
    this.#seen = seq;
    this.#unsaid = { things: this.#unsaid.things + 1, letters: this.#unsaid.letters + letters };
    const say = (): void => {
      this.#cancelSeen?.();
      this.#cancelSeen = undefined;
      if (!this.#inside) return;
      this.#unsaid = { things: 0, letters: 0 };
      this.#put({ say: "seen", upto: this.#seen });
    };
    if (this.#unsaid.things >= SEEN.things || this.#unsaid.letters >= SEEN.letters) say();
    else this.#cancelSeen ??= this.#world.later(SEEN.after, say);
  }

  /** Something was heard: the room is there. If nothing is heard for long, ask; if that is not answered, come anew. */
  #watch(): void {
    this.#cancelBeat?.();
    this.#cancelBeat = this.#world.later(BEAT.every, () => this.#ask());
  }

  #ask(): void {
    this.#beat();
    this.#cancelBeat?.();
    this.#cancelBeat = this.#world.later(BEAT.patience, () => this.#lost());
  }

  #beat(): void {
    this.#asked += 1;
    this.#put({ say: "beat" });
  }

  #put(say: Say): void {
    this.#socket?.send(JSON.stringify(say));
  }

  #say(state: LineState): void {
    this.#state = state;
    this.#tell(state);
  }
}
