// How good a connection is, in words and not in numbers, out of what the browser counts.

/** What is said about a connection. */
export type Quality = "good" | "weak" | "very-weak";

/** What was counted until some moment. */
interface Counts {
  received: number;
  lost: number;
  frozen: number;
  pictures: number;
  at: number;
}

/** From these values on it is weak, and very weak: share of packets lost, seconds for there and back, share of time frozen. */
export const LIMITS = {
  weak: { loss: 0.03, rtt: 0.4, frozen: 0.05 },
  "very-weak": { loss: 0.1, rtt: 1, frozen: 0.25 },
};

/** Watches one connection; asked every few seconds. */
export class Watch {
  #before: Counts | undefined;
  #said: Quality = "good";
  #other: { quality: Quality; times: number } = { quality: "good", times: 0 };
  /** How often in a row hardly anything of what goes out arrived. */
  #starved = 0;

  /** Hardly anything that goes out arrives. What comes in is another matter: holding back a picture would not help it. */
  get starves(): boolean {
    return this.#starved >= 2;
  }

  /** What there is to say after these statistics. It changes only when it was so twice, lest it flickers. */
  look(reports: readonly RTCStatsReport[], now: number): Quality {
    const quality = this.#judge(reports, now);
    if (quality === this.#said) this.#other = { quality, times: 0 };
    else {
      this.#other = { quality, times: this.#other.quality === quality ? this.#other.times + 1 : 1 };
      if (this.#other.times >= 2) this.#said = quality;
    }
    return this.#said;
  }

  #judge(reports: readonly RTCStatsReport[], at: number): Quality {
    const counts: Counts = { received: 0, lost: 0, frozen: 0, pictures: 0, at };
    let rtt = 0;
    let lossThere = 0;
    for (const report of reports) {
      for (const stat of report.values() as Iterable<Record<string, unknown>>) {
        const number = (key: string): number => (typeof stat[key] === "number" ? (stat[key] as number) : 0);
        if (stat["type"] === "inbound-rtp") {
          counts.received += number("packetsReceived");
          counts.lost += Math.max(0, number("packetsLost"));
          counts.frozen += number("totalFreezesDuration");
          counts.pictures += stat["kind"] === "video" ? 1 : 0;
        } else if (stat["type"] === "remote-inbound-rtp") {
          rtt = Math.max(rtt, number("roundTripTime"));
          lossThere = Math.max(lossThere, number("fractionLost"));
        } else if (stat["type"] === "candidate-pair" && stat["nominated"] === true && stat["state"] === "succeeded") {
          rtt = Math.max(rtt, number("currentRoundTripTime"));
        }
      }
    }
    const worst = LIMITS["very-weak"];
    this.#starved = lossThere >= worst.loss || rtt >= worst.rtt ? this.#starved + 1 : 0;
    const before = this.#before;
    this.#before = counts;
    // A new connection counts from nothing.
    if (!before || counts.received < before.received) return "good";
    const received = counts.received - before.received;
    const lost = Math.max(0, counts.lost - before.lost);
    const loss = Math.max(received + lost > 0 ? lost / (received + lost) : 0, lossThere);
    const seconds = Math.max(0.001, (counts.at - before.at) / 1_000);
    // Of each picture: with seven of them a moment's stop of all is no longer stop of one.
    const frozen = Math.max(0, counts.frozen - before.frozen) / seconds / Math.max(1, counts.pictures);
    for (const quality of ["very-weak", "weak"] as const) {
      const limit = LIMITS[quality];
      if (loss >= limit.loss || rtt >= limit.rtt || frozen >= limit.frozen) return quality;
    }
    return "good";
  }
}
