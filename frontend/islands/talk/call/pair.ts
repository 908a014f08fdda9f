// The way between two people. A connection that does not come about, or does not come back, is begun anew as another life of
// it; both sides take the highest life they have heard of, so it does not matter who gave up first.
import type { Drawn, Member, Source } from "../protocol.ts";
import { Connection, type Outgoing } from "./connection.ts";
import type { Signal } from "./said.ts";
import type { Way, WayEvents } from "./way.ts";

/** How long is waited before something is done, in milliseconds. */
export const PATIENCE = {
  /** From a way that is found until it is agreed on keys: a handshake that hangs never ends by itself. */
  keys: 4_000,
  /** For a first connection, and for one that broke. */
  connect: 15_000,
  /** For a break that heals by itself, before a new way is looked for. */
  heal: 3_000,
  /** For an answer, before the question is said again. */
  answer: 5_000,
} as const;

/** What a pair needs. */
export interface PairOptions {
  peer: Member;
  /** Gives way when both offer at once. */
  polite: boolean;
  /** The last life there was between the two on this page. */
  life: number;
  /** Which servers to use; asked for at each beginning. Nothing when they cannot be had at the moment. */
  configuration: () => Promise<RTCConfiguration | undefined>;
  say: (signal: Signal) => void;
  events: WayEvents;
  /** The channel for text, each time there is a new one. */
  channel: (channel: RTCDataChannel) => void;
}

/** The connection to one other person, in all its lives. */
export class Pair implements Way {
  readonly #options: PairOptions;
  #life: number;
  #said = 0;
  #heard = 0;
  #connection: Connection | undefined;
  #media: ReadonlyMap<Source, MediaStreamTrack> = new Map();
  #theirs: ReadonlyMap<Source, MediaStreamTrack> = new Map();
  #state: "connecting" | "connected" | "broken" = "connecting";
  #begins = false;
  /** Came while the connection was being made. */
  #early: Signal[] = [];
  #timers = new Map<keyof typeof PATIENCE, ReturnType<typeof setTimeout>>();
  #failures = 0;
  #isOver = false;

  constructor(options: PairOptions) {
    this.#options = options;
    this.#life = options.life;
    void this.#begin(options.life + 1);
  }

  /** The present life, for the next pair with the same person. */
  get life(): number {
    return this.#life;
  }

  get state(): "connecting" | "connected" | "broken" {
    return this.#state;
  }

  async send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    this.#media = new Map(media);
    await this.#connection?.send(this.#media);
  }

  /** There is nobody between who could save anything. */
  draw(_pictures: readonly Drawn[]): void {}

  async stats(): Promise<RTCStatsReport[]> {
    const report = await this.#connection?.pc.getStats();
    return report ? [report] : [];
  }

  again(): void {
    const connection = this.#connection;
    if (!connection || this.#isOver) return;
    connection.repeat();
    if (this.#state !== "connected") void this.#restart(connection);
  }

  close(): void {
    this.#isOver = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#connection?.close();
    this.#connection = undefined;
    this.#show(new Map());
  }

  /** The other side said something. */
  heard(signal: Signal): void {
    if (this.#isOver || signal.life < this.#life) return;
    if (signal.life > this.#life) void this.#begin(signal.life);
    if (signal.n <= this.#heard) return;
    this.#heard = signal.n;
    if (this.#connection) void this.#connection.heard(signal);
    else this.#early.push(signal);
  }

  async #begin(life: number): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
    this.#life = life;
    this.#said = this.#heard = 0;
    this.#early = [];
    this.#show(new Map());
    this.#tell(this.#failures > 1 ? "broken" : "connecting");
    this.#wait("connect", () => this.#fail());
    this.#stop("keys", "heal", "answer");
    // Who asks for servers twice at the same moment makes one connection only.
    if (this.#begins) return;
    this.#begins = true;
    const configuration = await this.#options.configuration().catch(() => undefined);
    this.#begins = false;
    // Without servers it waits; the watch begins it anew.
    if (this.#isOver || !configuration) return;
    const connection = this.#connect(configuration);
    this.#connection = connection;
    this.#options.channel(connection.channel);
    for (const signal of this.#early.splice(0)) void connection.heard(signal);
    await connection.send(this.#media);
  }

  #connect(configuration: RTCConfiguration): Connection {
    const life = this.#life;
    const current = (): boolean => this.#connection === connection && this.#life === life;
    const connection: Connection = new Connection(configuration, this.#options.polite, {
      say: (what) => (current() ? this.#say(what) : 0),
      media: (tracks) => current() && this.#show(tracks),
      changed: () => current() && this.#changed(connection),
    });
    return connection;
  }

  #say(what: Outgoing): number {
    this.#said += 1;
    this.#options.say({ say: "signal", life: this.#life, n: this.#said, ...what });
    if (what.description?.type === "offer") this.#wait("answer", () => this.#connection?.repeat());
    return this.#said;
  }

  #changed({ pc }: Connection): void {
    const { connectionState: state, iceConnectionState: ice } = pc;
    if (state === "connected") {
      this.#failures = 0;
      this.#stop("connect", "keys", "heal");
      this.#tell("connected");
      return;
    }
    if (state === "failed" && ice !== "failed" && ice !== "disconnected") {
      // The way is there, but no keys: only a new connection helps.
      this.#fail();
    } else if (state === "failed" || ice === "failed") this.#broke(0);
    else if (state === "disconnected") this.#broke(PATIENCE.heal);
    else if (ice === "connected" || ice === "completed") this.#wait("keys", () => this.#fail(), true);
  }

  /** It was connected, or could not be: looks for another way, and if there is none begins anew. */
  #broke(after: number): void {
    this.#tell("broken");
    this.#wait("connect", () => this.#fail(), true);
    const look = (): void => {
      if (this.#connection) void this.#restart(this.#connection);
    };
    if (after) this.#wait("heal", look, true);
    else look();
  }

  async #restart(connection: Connection): Promise<void> {
    const configuration = await this.#options.configuration().catch(() => undefined);
    if (configuration && this.#connection === connection) connection.restart(configuration);
  }

  #fail(): void {
    if (this.#isOver) return;
    this.#failures += 1;
    void this.#begin(this.#life + 1);
  }

  #show(tracks: ReadonlyMap<Source, MediaStreamTrack>): void {
    const { peer, events } = this.#options;
    const before = this.#theirs;
    this.#theirs = tracks;
    for (const [source, track] of before) if (tracks.get(source) !== track) events.ended(peer, source);
    for (const [source, track] of tracks) if (before.get(source) !== track) events.track(peer, source, track);
  }

  #tell(state: "connecting" | "connected" | "broken"): void {
    if (this.#state === state || this.#isOver) return;
    this.#state = state;
    this.#options.events.state(state);
  }

  /** Does something after its patience. `goesOn`: if it is waited for already, since then. */
  #wait(what: keyof typeof PATIENCE, run: () => void, goesOn = false): void {
    if (goesOn && this.#timers.has(what)) return;
    this.#stop(what);
    if (this.#isOver) return;
    // Who fails again and again tries less often.
    const often = what === "connect" ? Math.min(this.#failures, 3) : 0;
    const timer = setTimeout(
      () => {
        this.#timers.delete(what);
        run();
      },
      PATIENCE[what] * (1 + often / 2),
    );
    this.#timers.set(what, timer);
  }

  #stop(...what: (keyof typeof PATIENCE)[]): void {
    for (const one of what) {
      clearTimeout(this.#timers.get(one));
      this.#timers.delete(one);
    }
  }
}
