// A call of three and more: one connection on which one sends, one on which one receives, and between them an engine that
// forwards what it cannot read. When a way breaks another is looked for; when that does not help the call begins anew.
import type { CallHear, CallSay, Drawn, Member, Source } from "../protocol.ts";
import { Down, type Offered } from "./engine/down.ts";
import { CLOCK, type Clock, type LegEvents } from "./engine/leg.ts";
import { Up } from "./engine/up.ts";
import type { Way, WayEvents } from "./way.ts";

/** First and longest wait before a call begins anew; after so long of working the first one counts again. Milliseconds. */
export const ANEW = { first: 500, longest: 15_000, calm: 10_000 } as const;
/** Sizes are said after so long without a change: windows are pulled. Milliseconds. */
export const DRAW = 150;

/** What seals and opens; see `frames/frames.ts`. */
export interface Seals {
  seal(sender: RTCRtpSender, source: Source): void;
  open(receiver: RTCRtpReceiver, from: Member, source: Source): void;
}

/** What a call needs from outside. */
export interface EngineOptions {
  /** Says something to the engine. What is said without a connection to the room is lost. */
  say(about: CallSay): void;
  /** Servers on whose way the engine can be reached; asked for each new way. */
  servers(): Promise<readonly RTCIceServer[]>;
  frames: Seals;
  events: WayEvents & {
    /** No more fit, or there is no engine: it is tried again, slowly. */
    full?(): void;
  };
  clock?: Clock;
  /** Between 0 and 1: not everybody comes back at the same moment. */
  random?: () => number;
}

/** The way through the engine. */
export class Engine implements Way {
  readonly #options: EngineOptions;
  readonly #clock: Clock;
  #media: ReadonlyMap<Source, MediaStreamTrack> = new Map();
  #drawn: readonly Drawn[] = [];
  #cancelDraw: (() => void) | undefined;
  #saidDrawn = "";
  #up: Up | undefined;
  #down: Down | undefined;
  #config: RTCConfiguration = {};
  #state: "connecting" | "connected" | "broken" | undefined;
  #tries = 0;
  #cancelAnew: (() => void) | undefined;
  #cancelCalm: (() => void) | undefined;
  /** Grows with each beginning: what was waited for before it does not count. */
  #life = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#clock = options.clock ?? CLOCK;
  }

  /** What of oneself is sent from now on. The first time one comes into the call. */
  async send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    this.#media = new Map(media);
    if (this.#closed) return;
    if (this.#up) await this.#up.send(this.#media);
    else if (!this.#cancelAnew && this.#life === 0) await this.#begin();
  }

  /** Something the engine says. */
  hear(about: CallHear): void {
    // What is about a connection that is no more concerns nobody.
    if (this.#closed || !this.#up) return;
    switch (about.call) {
      case "answer":
        this.#up.answer(about.sdp);
        break;
      case "offer":
        this.#offered(about);
        break;
      case "held":
        this.#options.events.held(about.pictures);
        break;
      case "full":
        this.#options.events.full?.();
        this.#tries = Math.max(this.#tries, 5);
        this.#broken();
        break;
      case "failed":
      case "refused":
        this.#broken();
        break;
    }
  }

  draw(pictures: readonly Drawn[]): void {
    this.#drawn = pictures.map(({ height, ...which }) => ({
      ...which,
      height: Math.min(0xffff, Math.max(0, Math.ceil(height))),
    }));
    this.#cancelDraw ??= this.#clock.later(() => {
      this.#cancelDraw = undefined;
      this.#sayDrawn();
    }, DRAW);
  }

  async stats(): Promise<RTCStatsReport[]> {
    const legs = [this.#up?.leg, this.#down?.leg].filter((leg) => leg !== undefined);
    return Promise.all(legs.map(({ connection }) => connection.getStats()));
  }

  /** How loud everybody is who can be heard, from 0 to 1. */
  async levels(): Promise<Map<Member, number>> {
    return (await this.#down?.levels()) ?? new Map();
  }

  again(): void {
    if (this.#closed || this.#life === 0) return;
    if (this.#up) void this.#reroute();
    else {
      this.#tries = 0;
      void this.#begin();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#drop();
    for (const cancel of [this.#cancelDraw, this.#cancelAnew]) cancel?.();
    if (this.#life > 0) this.#options.say({ call: "stop" });
  }

  async #begin(): Promise<void> {
    this.#cancelAnew?.();
    this.#cancelAnew = undefined;
    this.#life += 1;
    const life = this.#life;
    this.#tell("connecting");
    const config = await this.#servers();
    if (this.#closed || life !== this.#life) return;
    this.#config = config;
    try {
      this.#up = this.#upward();
    } catch {
      // Servers with addresses that no browser takes.
      this.#broken();
      return;
    }
    await this.#up.send(this.#media);
    if (life !== this.#life) return;
    this.#saidDrawn = "";
    this.#sayDrawn();
  }

  #upward(): Up {
    const { frames } = this.#options;
    return new Up({
      config: this.#config,
      clock: this.#clock,
      say: (about) => this.#options.say(about),
      seal: (sender, source) => frames.seal(sender, source),
      events: this.#watch(),
    });
  }

  #offered(offered: Offered): void {
    if (this.#down?.continues(offered)) {
      this.#down.offer(offered);
      return;
    }
    this.#down?.close();
    const { events, frames } = this.#options;
    this.#down = new Down(offered, {
      config: this.#config,
      clock: this.#clock,
      say: (about) => this.#options.say(about),
      open: (receiver, from, source) => frames.open(receiver, from, source),
      track: (from, source, track) => events.track(from, source, track),
      ended: (from, source) => events.ended(from, source),
      events: this.#watch(),
    });
  }

  #watch(): LegEvents {
    const life = this.#life;
    const now = (what: () => void) => () => {
      if (!this.#closed && life === this.#life) what();
    };
    return {
      changed: now(() => this.#changed()),
      interrupted: now(() => void this.#reroute()),
      failed: now(() => this.#broken()),
    };
  }

  #changed(): void {
    const up = this.#up;
    const works = up && (up.leg.works || !up.sends) && (this.#down?.leg.works ?? true);
    // Whoever only listens to nobody yet is connected as soon as that line stands.
    if (!works || !(up.leg.works || this.#down?.leg.works)) {
      this.#cancelCalm?.();
      this.#cancelCalm = undefined;
      return;
    }
    this.#tell("connected");
    this.#cancelCalm ??= this.#clock.later(() => {
      this.#tries = 0;
    }, ANEW.calm);
  }

  /** Another way for both, with the same keys. */
  async #reroute(): Promise<void> {
    const life = this.#life;
    this.#config = await this.#servers();
    if (this.#closed || life !== this.#life) return;
    this.#up?.restart(this.#config);
    if (!this.#down) return;
    this.#down.leg.configure(this.#config);
    this.#down.leg.expect();
    this.#options.say({ call: "restart" });
  }

  /** Leaves, and begins anew after a while. */
  #broken(): void {
    this.#drop();
    this.#options.say({ call: "stop" });
    this.#tell("broken");
    const wait = Math.min(ANEW.longest, ANEW.first * 2 ** this.#tries);
    this.#tries += 1;
    const random = this.#options.random ?? Math.random;
    this.#cancelAnew?.();
    this.#cancelAnew = this.#clock.later(() => void this.#begin(), wait * (0.5 + random() / 2));
  }

  #drop(): void {
    this.#life += 1;
    this.#cancelCalm?.();
    this.#cancelCalm = undefined;
    const [up, down] = [this.#up, this.#down];
    this.#up = this.#down = undefined;
    up?.close();
    down?.close();
  }

  async #servers(): Promise<RTCConfiguration> {
    const servers = await this.#options.servers().catch(() => []);
    return { iceServers: [...servers] };
  }

  #sayDrawn(): void {
    const said = JSON.stringify(this.#drawn);
    if (!this.#up || said === this.#saidDrawn) return;
    this.#saidDrawn = said;
    this.#options.say({ call: "draw", pictures: [...this.#drawn] });
  }

  #tell(state: "connecting" | "connected" | "broken"): void {
    // A new try after a break is still the break, until it works.
    if (state === this.#state || (state === "connecting" && this.#state === "broken")) return;
    this.#state = state;
    this.#options.events.state(state);
  }
}
