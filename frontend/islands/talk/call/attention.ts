// Who speaks, and how good the connection is: looked at every moment while a call lasts, out of what the browser counts.
import type { Member } from "../protocol.ts";
import type { Call } from "./call.ts";
import { type Quality, Watch } from "./quality.ts";
import { Level } from "./sound.ts";
import { Speakers } from "./speaker.ts";

/** How often it is looked, in milliseconds. */
export const LOOK = 750;
/** At each such look the connection is judged, too. */
const JUDGE = 4;
/** Not more often than this is it said who speaks, in milliseconds. */
const PAUSE = 5_000;

/** What was seen at a look. */
export interface Look {
  /** Somebody who began to speak and has to be told of. */
  began: Member | undefined;
  /** Whether the connection was judged now. */
  judged: boolean;
}

/** Looks at one call. */
export class Attention {
  readonly #level = new Level();
  #speakers = new Speakers();
  #told: { who: Member; at: number } | undefined;
  #watch = new Watch();
  #quality: Quality = "good";
  #looks = 0;

  /** Who speaks. */
  get speaker(): Member | undefined {
    const { first, speaking } = this.#speakers;
    return first !== undefined && speaking.includes(first) ? first : speaking[0];
  }

  /** Who speaks, or spoke last: her picture is large. */
  get last(): Member | undefined {
    return this.#speakers.first;
  }

  /** How good the connection is. */
  get quality(): Quality {
    return this.#quality;
  }

  /** Hardly anything that goes out arrives. */
  get starves(): boolean {
    return this.#watch.starves;
  }

  /** Looks again. `own` is one's own microphone. */
  async look(call: Call, me: Member | undefined, own: MediaStreamTrack | undefined): Promise<Look> {
    const reports = await call.stats();
    const heard = levels(reports, call);
    this.#level.follow(own);
    if (me !== undefined) heard.set(me, this.#level.now / 4);
    this.#speakers.hear(heard, Date.now());
    const began = this.#began(Date.now());
    if (call.snapshot.state !== "connected") {
      // A break is told as one; what was lost in it says nothing of how good the connection is afterwards.
      this.#watch = new Watch();
      this.#quality = "good";
      return { began, judged: false };
    }
    this.#looks += 1;
    if (this.#looks % JUDGE !== 0) return { began, judged: false };
    this.#quality = this.#watch.look(reports, Date.now());
    return { began, judged: true };
  }

  /** A quick exchange is not read out word by word, and nobody is named twice in a row. */
  #began(now: number): Member | undefined {
    const who = this.#speakers.first;
    if (who === undefined || who === this.#told?.who || (this.#told && now - this.#told.at < PAUSE)) return undefined;
    this.#told = { who, at: now };
    return who;
  }

  /** The call is over; the next one begins from nothing. */
  rest(): void {
    this.#level.follow(undefined);
    this.#speakers = new Speakers();
    this.#told = undefined;
    this.#watch = new Watch();
    this.#quality = "good";
  }

  close(): void {
    this.rest();
    this.#level.close();
  }
}

/** How loud the others are. */
function levels(reports: readonly RTCStatsReport[], call: Call): Map<Member, number> {
  const { media } = call.snapshot;
  const heard = new Map<Member, number>();
  for (const report of reports) {
    for (const stat of report.values() as Iterable<Record<string, unknown>>) {
      if (stat["type"] !== "inbound-rtp" || typeof stat["audioLevel"] !== "number") continue;
      const medium = media.find(({ track }) => track.id === stat["trackIdentifier"]);
      if (medium?.source === "microphone") heard.set(medium.from, stat["audioLevel"]);
    }
  }
  return heard;
}
