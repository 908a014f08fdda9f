// The connection on which one receives. The engine offers, the browser answers; a newer offer stands for an older one.
import type { CallSay, Forwarding, Member, Source } from "../../protocol.ts";
import { type Clock, Leg, type LegEvents } from "./leg.ts";
import { origin } from "./sdp.ts";

/** What the engine offers. */
export interface Offered {
  revision: number;
  sdp: string;
  forwards: readonly Forwarding[];
}

/** What receiving needs from outside. */
export interface DownOptions {
  config: RTCConfiguration;
  clock: Clock;
  say(about: CallSay): void;
  /** Puts the opening between a connection and what is shown. */
  open(receiver: RTCRtpReceiver, from: Member, source: Source): void;
  track(from: Member, source: Source, track: MediaStreamTrack): void;
  ended(from: Member, source: Source): void;
  events: LegEvents;
}

interface Line {
  from: Member;
  source: Source;
  track: MediaStreamTrack;
  /** Whether the page knows of it. */
  told: boolean;
}

/** What one receives. */
export class Down {
  readonly leg: Leg;
  readonly #options: DownOptions;
  /** Whose and what is on which line. */
  readonly #lines = new Map<string, Line>();
  readonly #origin: string;
  #newest: Offered;

  constructor(first: Offered, options: DownOptions) {
    this.#options = options;
    this.#origin = origin(first.sdp);
    this.#newest = first;
    this.leg = new Leg(options.config, options.clock, options.events);
    this.leg.expect();
    this.offer(first);
  }

  /** Whether this offer goes on with this connection. */
  continues({ sdp }: Offered): boolean {
    return origin(sdp) === this.#origin;
  }

  /** The engine offers. */
  offer(offered: Offered): Promise<void> {
    this.#newest = offered;
    return this.leg.do(async () => {
      if (this.#newest === offered) await this.#take(offered);
    });
  }

  /** How loud the voices are, from 0 to 1. */
  async levels(): Promise<Map<Member, number>> {
    const levels = new Map<Member, number>();
    for (const { mid, receiver } of this.leg.connection.getTransceivers()) {
      const line = this.#lines.get(mid ?? "");
      if (line?.source !== "microphone") continue;
      const inbound = [...(await receiver.getStats()).values()].find(({ type }) => type === "inbound-rtp");
      levels.set(line.from, inbound?.audioLevel ?? 0);
    }
    return levels;
  }

  close(): void {
    this.leg.close();
    for (const mid of [...this.#lines.keys()]) this.#end(mid);
  }

  async #take({ revision, sdp, forwards }: Offered): Promise<void> {
    const { connection } = this.leg;
    // What ended is said first: the same line may carry something else now.
    for (const [mid, { from, source }] of this.#lines) {
      if (!forwards.some((each) => each.mid === mid && each.from === from && each.source === source)) this.#end(mid);
    }
    // Within the event: what comes in is opened from its first packet on.
    connection.ontrack = ({ transceiver }) => this.#begin(transceiver, forwards);
    await connection.setRemoteDescription({ type: "offer", sdp });
    for (const transceiver of connection.getTransceivers()) this.#begin(transceiver, forwards);
    const answer = await connection.createAnswer();
    await connection.setLocalDescription(answer);
    this.#options.say({ call: "answer", revision, sdp: answer.sdp ?? "" });
    // It may have ended meanwhile.
    for (const line of this.#lines.values()) {
      if (line.told) continue;
      line.told = true;
      this.#options.track(line.from, line.source, line.track);
    }
  }

  #end(mid: string): void {
    const line = this.#lines.get(mid);
    this.#lines.delete(mid);
    if (line?.told) this.#options.ended(line.from, line.source);
  }

  #begin({ mid, receiver }: RTCRtpTransceiver, forwards: readonly Forwarding[]): void {
    const forward = forwards.find((each) => each.mid === mid);
    if (!forward || this.#lines.has(forward.mid)) return;
    const { from, source } = forward;
    this.#options.open(receiver, from, source);
    this.#lines.set(forward.mid, { from, source, track: receiver.track, told: false });
  }
}
