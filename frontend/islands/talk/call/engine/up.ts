// The connection on which one sends. The browser offers, the engine answers; only one offer is on its way at a time.
import type { CallSay, Sending, Source } from "../../protocol.ts";
import { heard } from "../frames/clear.ts";
import { type Clock, Leg, type LegEvents } from "./leg.ts";
import { encodings, limitCodecs, refit } from "./media.ts";
import { origin, tuned } from "./sdp.ts";

/** So long an answer is waited for, in milliseconds. */
export const ANSWER = 10_000;

/** What sending needs from outside. */
export interface UpOptions {
  config: RTCConfiguration;
  clock: Clock;
  say(about: CallSay): void;
  /** Puts the seal between a medium and its connection. */
  seal(sender: RTCRtpSender, source: Source): void;
  events: LegEvents;
}

/** What one sends. */
export class Up {
  readonly leg: Leg;
  readonly #options: UpOptions;
  readonly #lines = new Map<Source, RTCRtpTransceiver>();
  /** What is sent at the moment. The line of what is not stays open: the engine knows its streams only from their first packets. */
  readonly #on = new Set<Source>();
  #origin: string | undefined;
  /** An offer is on its way; what changed meanwhile is offered after it. */
  #waiting: (() => void) | undefined;
  #due = false;

  constructor(options: UpOptions) {
    this.#options = options;
    this.leg = new Leg(options.config, options.clock, options.events);
  }

  /** Whether something is sent. */
  get sends(): boolean {
    return this.#on.size > 0;
  }

  /** What is sent from now on. */
  send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    return this.leg.do(async () => {
      let isChanged = this.#lines.size === 0;
      for (const source of [...this.#on]) {
        if (media.has(source)) continue;
        this.#on.delete(source);
        await this.#lines.get(source)?.sender.replaceTrack(null);
        isChanged = true;
      }
      for (const [source, track] of media) isChanged = (await this.#put(source, track)) || isChanged;
      // Whoever only listens offers a line on which nothing is sent: a description without lines is none.
      if (this.#lines.size === 0) this.#line("microphone", "inactive");
      if (isChanged) await this.#offer();
    });
  }

  /** The engine's answer. */
  answer(sdp: string): Promise<void> {
    return this.leg.do(async () => {
      const { connection } = this.leg;
      // An answer to what was offered before the connection to the room broke.
      if (!this.#waiting || connection.signalingState !== "have-local-offer") return;
      this.#waiting();
      this.#waiting = undefined;
      if (this.#origin !== undefined && this.#origin !== origin(sdp)) throw new Error("another connection");
      this.#origin = origin(sdp);
      const sources = new Map(this.#mids().map(({ mid, source }) => [mid, source]));
      await connection.setRemoteDescription({ type: "answer", sdp: tuned(sdp, sources) });
      if (this.#due) await this.#offer();
    });
  }

  /** Another way to the engine. */
  restart(config: RTCConfiguration): Promise<void> {
    return this.leg.do(async () => {
      this.leg.configure(config);
      this.#waiting?.();
      this.#waiting = undefined;
      await this.#offer(true);
    });
  }

  close(): void {
    this.#waiting?.();
    this.#waiting = undefined;
    this.leg.close();
  }

  /** Whether there is something new to offer. */
  async #put(source: Source, track: MediaStreamTrack): Promise<boolean> {
    const isNew = !this.#on.has(source);
    this.#on.add(source);
    const line = this.#lines.get(source);
    if (!line) {
      this.#line(source, "sendonly", track);
      return true;
    }
    if (line.sender.track !== track) {
      hint(source, track);
      await line.sender.replaceTrack(track);
      if (source === "camera") await refit(line.sender, track);
    }
    if (line.direction !== "sendonly") line.direction = "sendonly";
    return isNew;
  }

  #line(source: Source, direction: "sendonly" | "inactive", track?: MediaStreamTrack): void {
    if (track) hint(source, track);
    const kind = heard(source) ? "audio" : "video";
    const line = this.leg.connection.addTransceiver(track ?? kind, {
      direction,
      ...(track && { sendEncodings: encodings(source, track) }),
    });
    limitCodecs(line, source);
    this.#options.seal(line.sender, source);
    this.#lines.set(source, line);
  }

  async #offer(iceRestart = false): Promise<void> {
    this.#due = this.#waiting !== undefined;
    if (this.#due) return;
    const { connection } = this.leg;
    const offer = await connection.createOffer({ iceRestart });
    await connection.setLocalDescription(offer);
    this.#waiting = this.#options.clock.later(() => this.leg.fail(), ANSWER);
    this.leg.expect();
    this.#options.say({ call: "offer", sdp: offer.sdp ?? "", sends: this.#mids() });
  }

  /** What is sent, by line. */
  #mids(): Sending[] {
    return [...this.#lines].flatMap(([source, { mid }]) =>
      mid !== null && this.#on.has(source) ? [{ mid, source }] : [],
    );
  }
}

/** A browser that knows what it sends gives up the right thing first: pictures per second of a screen, not its sharpness. */
function hint(source: Source, track: MediaStreamTrack): void {
  if (source === "screen") track.contentHint = "detail";
  else if (source === "microphone") track.contentHint = "speech";
}
