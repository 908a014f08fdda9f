// A call: who is in it, and on which way sound and pictures go. The way follows from how many are inside, which everybody sees
// alike: two directly, three and more through the engine. A new way is there before the old one goes.
import type { Bytes } from "../bytes.ts";
import type { Snapshot, WaysThere } from "../events.ts";
import type { Leaf } from "../leaf.ts";
import type { CallHear, CallSay, Drawn, Epoch, Member, Source } from "../protocol.ts";
import { Pair, type PairOptions } from "./pair.ts";
import { read, type Said, type Shows, type Signal, write } from "./said.ts";
import type { Way, WayEvents } from "./way.ts";
import { Ways } from "./ways.ts";

/** The old way is kept so long after the new one stands, because others are not there yet; in milliseconds. */
export const LINGER = 3_000;
/** So many signals wait for a pair that is being made. */
const MOST_EARLY = 64;

/** What a call needs of the conversation. */
export interface Conversation {
  readonly snapshot: Pick<Snapshot, "inside" | "me" | "stage" | "line">;
  call(body: string, to?: Member): void;
  askWays(): void;
  engine(about: CallSay): void;
  exporter(label: string, context: Bytes, length: number): Promise<{ epoch: Epoch; secret: Bytes } | undefined>;
}

/** The way through the engine. */
export interface EngineWay extends Way {
  hear(about: CallHear): void;
  /** The group has new keys. */
  epoch(): void;
}

/** What the way through the engine needs. */
export interface EngineNeeds {
  talk: Conversation;
  configuration: () => Promise<RTCConfiguration | undefined>;
  events: WayEvents & {
    /** What comes from somebody cannot be decrypted, or can be again. */
    unreadable(from: Member, source: Source, unreadable: boolean): void;
  };
}

/** What the page hears. */
export interface CallEvents {
  changed(): void;
  /** Somebody came into the call, or left it. */
  came(who: Leaf, came: boolean): void;
  /** A host asks to be quiet. */
  hushed(by: Leaf): void;
  /** The channel for text to somebody, or that there is none any more. */
  channel(member: Member, channel: RTCDataChannel | undefined): void;
}

/** What a call is made of. */
export interface CallOptions {
  talk: Conversation;
  events: CallEvents;
  pair?: (options: PairOptions) => Pair;
  engine?: ((needs: EngineNeeds) => EngineWay) | undefined;
}

/** One picture or sound of somebody. */
export interface Medium {
  from: Member;
  source: Source;
  track: MediaStreamTrack;
}

type Kind = Member | "engine";

interface Used {
  kind: Kind;
  way: Way;
  state: "connecting" | "connected" | "broken";
  tracks: Map<string, Medium>;
  held: readonly (readonly [Member, Source])[];
  unreadable: Set<Member>;
}

/** One place in a call. */
export class Call {
  readonly #options: CallOptions;
  readonly #ways: Ways;
  #known: WaysThere | undefined;
  #me: Member | undefined;
  #isIn = false;
  #hasText = false;
  /** What one shows is told as it is meant, also while a device is muted. */
  #sources: readonly Source[] = [];
  #media: ReadonlyMap<Source, MediaStreamTrack> = new Map();
  readonly #others = new Map<Member, Shows>();
  readonly #pairs = new Map<Member, { pair: Pair; used: Used }>();
  readonly #lives = new Map<Member, number>();
  readonly #early = new Map<Member, Signal[]>();
  #engine: { way: EngineWay; used: Used } | undefined;
  /** Which way is meant, and which one was before and is kept for a moment. */
  #main: Kind | undefined;
  #former: Kind | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#ways = new Ways(() => options.talk.askWays());
  }

  /** How it stands. */
  get snapshot(): {
    isIn: boolean;
    hasText: boolean;
    /** Everybody else who is in the call. */
    others: { who: Leaf; shows: Shows }[];
    /** How it stands with the way; nothing while one is alone. */
    state: Used["state"] | undefined;
    /** Two directly, more through the engine. */
    kind: "pair" | "engine" | undefined;
    /** More are inside than can see each other here. */
    crowded: boolean;
    media: Medium[];
    held: readonly (readonly [Member, Source])[];
    /** Whose sound or picture comes and cannot be decrypted. */
    unreadable: ReadonlySet<Member>;
  } {
    const used = this.#used(this.#main);
    const others = this.#inCall();
    const tracks = new Map([...(this.#used(this.#former)?.tracks ?? []), ...(used?.tracks ?? [])]);
    return {
      isIn: this.#isIn,
      hasText: this.#hasText,
      others: others.flatMap((who) => {
        const shows = this.#others.get(who.member);
        return shows ? [{ who, shows }] : [];
      }),
      state: this.#main === undefined ? undefined : (used?.state ?? "connecting"),
      kind: this.#main === undefined ? undefined : this.#main === "engine" ? "engine" : "pair",
      crowded: this.#isIn && others.length > 1 && !this.#hasEngine(),
      media: [...tracks.values()],
      held: used?.held ?? [],
      unreadable: used?.unreadable ?? new Set(),
    };
  }

  /** Who else has the field for text. */
  get writers(): Leaf[] {
    return this.#inside().filter(({ member }) => this.#others.get(member)?.text);
  }

  /** Goes in, or leaves. */
  join(isIn: boolean): void {
    if (this.#isIn === isIn) return;
    this.#isIn = isIn;
    this.#tell();
    this.#settle();
  }

  /** Has the field for text, or no longer. */
  text(has: boolean): void {
    if (this.#hasText === has) return;
    this.#hasText = has;
    this.#tell();
    this.#settle();
  }

  /** What is sent, and what of it one wants to be seen and heard by. */
  async send(media: ReadonlyMap<Source, MediaStreamTrack>, sources: readonly Source[]): Promise<void> {
    this.#media = media;
    if (sources.join() !== this.#sources.join()) {
      this.#sources = sources;
      this.#tell();
    }
    await Promise.all([this.#main, this.#former].map((kind) => this.#used(kind)?.way.send(media)));
  }

  /** How large pictures are drawn. */
  draw(pictures: readonly Drawn[]): void {
    this.#used(this.#main)?.way.draw(pictures);
  }

  /** Statistics of the present way. */
  async stats(): Promise<RTCStatsReport[]> {
    return (await this.#used(this.#main)?.way.stats()) ?? [];
  }

  /** A host asks somebody to be quiet. */
  hush(member: Member): void {
    this.#say({ say: "hush" }, member);
  }

  /** Something of a call was said in the group. */
  heard(from: Leaf, body: string, alone: boolean): void {
    const said = read(body);
    const { me } = this.#options.talk.snapshot;
    if (!said || !me || this.#isOver) return;
    this.#arrive(me.member);
    if (said.say === "shows" && !alone) this.#showed(from, said);
    else if (said.say === "hush" && alone && from.role === "host") this.#options.events.hushed(from);
    else if (said.say === "signal" && alone) this.#signal(from.member, said);
  }

  /** The engine said something. */
  engine(about: CallHear): void {
    this.#engine?.way.hear(about);
  }

  /** The room said which ways there are. */
  ways(ways: WaysThere): void {
    this.#known = ways;
    this.#ways.heard(ways);
    this.#settle();
  }

  /** The keys are new. */
  epoch(): void {
    this.#engine?.way.epoch();
    this.#settle();
  }

  /** Somebody came in who has to know what goes on here. */
  joined(): void {
    if (this.#isIn || this.#hasText) this.#tell();
  }

  /** The connection to the room was away and is back. */
  again(): void {
    this.#ways.again();
    for (const { pair } of this.#pairs.values()) pair.again();
    this.#engine?.way.again();
  }

  /** Who is inside has changed. */
  changed(): void {
    this.#settle();
  }

  close(): void {
    this.#isOver = true;
    this.#closeAll();
  }

  #showed(from: Leaf, shows: Shows): void {
    const before = this.#others.get(from.member);
    this.#others.set(from.member, shows);
    if ((before?.call ?? false) !== shows.call) this.#options.events.came(from, shows.call);
    this.#settle();
  }

  #signal(from: Member, signal: Signal): void {
    const known = this.#pairs.get(from);
    if (known) {
      known.pair.heard(signal);
      return;
    }
    // She is faster: her pair is there before this one. What belongs to an earlier one is past.
    if (signal.life <= (this.#lives.get(from) ?? 0)) return;
    const early = this.#early.get(from) ?? [];
    if (early.length < MOST_EARLY) this.#early.set(from, [...early, signal]);
  }

  #inside(): Leaf[] {
    const { inside, me } = this.#options.talk.snapshot;
    return inside.filter(({ member }) => member !== me?.member);
  }

  #inCall(): Leaf[] {
    return this.#inside().filter(({ member }) => this.#others.get(member)?.call);
  }

  #hasEngine(): boolean {
    return Boolean(this.#options.engine) && this.#known?.engine !== false;
  }

  /** Does what follows from who is inside and what they want. */
  #settle(): void {
    const { me, stage } = this.#options.talk.snapshot;
    // Between two groups nothing is decided: whoever is still there will be there.
    if (this.#isOver || !me || stage !== "inside") return;
    this.#arrive(me.member);
    const inside = new Map(this.#inside().map((leaf) => [leaf.member, leaf]));
    for (const member of [...this.#others.keys(), ...this.#pairs.keys(), ...this.#early.keys()]) {
      if (!inside.has(member)) this.#forget(member);
    }
    this.#choose(this.#isIn ? this.#inCall() : []);
    this.#connect(inside);
    this.#options.events.changed();
  }

  /** Somebody new in the same place: nothing of before fits. */
  #arrive(me: Member): void {
    if (this.#me === me) return;
    this.#closeAll();
    this.#me = me;
    this.#others.clear();
    if (this.#isIn || this.#hasText) this.#tell();
  }

  #choose(others: readonly Leaf[]): void {
    const [first] = others;
    const kind: Kind | undefined =
      others.length > 1 ? (this.#hasEngine() ? "engine" : undefined) : first ? first.member : undefined;
    if (kind === this.#main) return;
    const before = this.#main;
    this.#main = kind;
    clearTimeout(this.#linger);
    this.#linger = undefined;
    // The way of before is of use only if somebody is still on it.
    const isOfUse =
      kind !== undefined && before !== undefined && (before === "engine" || this.#others.get(before)?.call);
    this.#former = isOfUse ? before : undefined;
    if (kind === "engine" && !this.#engine) this.#openEngine();
    if (kind !== undefined) void this.#used(kind)?.way.send(this.#media);
    if (this.#used(kind)?.state === "connected") this.#stands();
  }

  /** The connections to single people that are needed: of a call of two, of the text, and of the way that is kept. */
  #connect(inside: ReadonlyMap<Member, Leaf>): void {
    if (this.#main !== "engine" && this.#former !== "engine" && this.#engine) this.#closeEngine();
    const wanted = new Set<Member>();
    for (const kind of [this.#main, this.#former]) if (typeof kind === "number") wanted.add(kind);
    if (this.#hasText) for (const { member } of this.writers) wanted.add(member);
    for (const [member, { pair }] of this.#pairs) {
      if (!wanted.has(member)) this.#closePair(member, pair);
      else if (member !== this.#main && member !== this.#former) void pair.send(new Map());
    }
    for (const member of wanted) {
      const leaf = inside.get(member);
      if (leaf && !this.#pairs.has(member)) this.#openPair(leaf);
    }
  }

  #openPair(leaf: Leaf): void {
    const { member } = leaf;
    const { talk, events, pair: open = (options) => new Pair(options) } = this.#options;
    const me = talk.snapshot.me;
    if (!me) return;
    const used = this.#newUsed(member);
    const pair = open({
      peer: member,
      // Hosts keep the group; they do not give way. Among equals who came first does not.
      polite: me.role === leaf.role ? me.member > member : me.role !== "host",
      life: this.#lives.get(member) ?? 0,
      configuration: async () => {
        const ways = await this.#ways.get();
        return ways && { iceServers: ways.servers, iceTransportPolicy: ways.relay_only ? "relay" : "all" };
      },
      say: (signal) => this.#say(signal, member),
      events: this.#eventsOf(used),
      channel: (channel) => events.channel(member, channel),
    });
    used.way = pair;
    this.#pairs.set(member, { pair, used });
    if (member === this.#main || member === this.#former) void pair.send(this.#media);
    for (const signal of this.#early.get(member) ?? []) pair.heard(signal);
    this.#early.delete(member);
  }

  #openEngine(): void {
    const { talk, engine } = this.#options;
    if (!engine) return;
    const used = this.#newUsed("engine");
    const way = engine({
      talk,
      configuration: async () => {
        const ways = await this.#ways.get();
        return ways && { iceServers: ways.servers };
      },
      events: this.#eventsOf(used),
    });
    used.way = way;
    this.#engine = { way, used };
  }

  #newUsed(kind: Kind): Used {
    return { kind, way: NOWHERE, state: "connecting", tracks: new Map(), held: [], unreadable: new Set() };
  }

  #eventsOf(used: Used): EngineNeeds["events"] {
    const { events } = this.#options;
    const key = (from: Member, source: Source): string => `${from} ${source}`;
    return {
      track: (from, source, track) => {
        used.tracks.set(key(from, source), { from, source, track });
        events.changed();
      },
      unreadable: (from, _, unreadable) => {
        if (unreadable) used.unreadable.add(from);
        else used.unreadable.delete(from);
        events.changed();
      },
      ended: (from, source) => {
        used.tracks.delete(key(from, source));
        used.unreadable.delete(from);
        events.changed();
      },
      state: (state) => {
        used.state = state;
        if (state === "connected" && used.kind === this.#main) this.#stands();
        events.changed();
      },
      held: (pictures) => {
        used.held = pictures;
        events.changed();
      },
    };
  }

  /** The way that is meant stands: the one of before may go, a little later. */
  #stands(): void {
    if (this.#former === undefined || this.#linger !== undefined) return;
    this.#linger = setTimeout(() => {
      this.#linger = undefined;
      this.#former = undefined;
      this.#settle();
    }, LINGER);
  }

  #used(kind: Kind | undefined): Used | undefined {
    return kind === "engine" ? this.#engine?.used : kind === undefined ? undefined : this.#pairs.get(kind)?.used;
  }

  #forget(member: Member): void {
    const known = this.#pairs.get(member);
    if (known) this.#closePair(member, known.pair);
    this.#others.delete(member);
    this.#early.delete(member);
    this.#lives.delete(member);
  }

  #closePair(member: Member, pair: Pair): void {
    this.#pairs.delete(member);
    this.#lives.set(member, pair.life);
    pair.close();
    this.#options.events.channel(member, undefined);
  }

  #closeEngine(): void {
    const engine = this.#engine;
    this.#engine = undefined;
    engine?.way.close();
  }

  #closeAll(): void {
    clearTimeout(this.#linger);
    this.#linger = this.#main = this.#former = undefined;
    for (const [member, { pair }] of this.#pairs) this.#closePair(member, pair);
    this.#closeEngine();
    this.#lives.clear();
    this.#early.clear();
  }

  #tell(): void {
    this.#say({ say: "shows", call: this.#isIn, text: this.#hasText, sources: this.#isIn ? this.#sources : [] });
  }

  #say(said: Said, to?: Member): void {
    this.#options.talk.call(write(said), to);
  }
}

const NOWHERE: Way = {
  send: async () => undefined,
  draw: () => undefined,
  stats: async () => [],
  again: () => undefined,
  close: () => undefined,
};
