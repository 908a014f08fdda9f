// Who speaks, and whose picture is large: from how loud everybody is, without tiles that jump with every cough.
import type { Member, Source } from "../protocol.ts";

/** From this loudness on somebody speaks, below the other no longer (0 to 1, as browsers measure). */
export const LOUD = { begins: 0.02, ends: 0.008 } as const;
/** Milliseconds: so long a pause is still speaking; so long somebody speaks before she is large, and longer if another speaks too. */
export const TIMES = { pause: 1_200, takes: 800, interrupts: 3_000, stays: 2_000 } as const;

interface Voice {
  /** When she began, and when she was last loud. */
  since: number;
  last: number;
}

/** Who speaks in a call. */
export class Speakers {
  readonly #voices = new Map<Member, Voice>();
  #first: Member | undefined;
  #firstSince = Number.NEGATIVE_INFINITY;

  /** How loud everybody is at this time; who is missing is gone. */
  hear(levels: ReadonlyMap<Member, number>, now: number): void {
    for (const who of this.#voices.keys()) if (!levels.has(who)) this.#voices.delete(who);
    if (this.#first !== undefined && !levels.has(this.#first)) this.#first = undefined;
    for (const [who, level] of levels) this.#hearOne(who, level, now);
    this.#choose(now);
  }

  /** Who speaks now, in the order in which they began. */
  get speaking(): Member[] {
    return [...this.#voices].sort(([, one], [, other]) => one.since - other.since).map(([who]) => who);
  }

  /** Who speaks, or spoke last. Nobody until somebody did. */
  get first(): Member | undefined {
    return this.#first;
  }

  #hearOne(who: Member, level: number, now: number): void {
    const voice = this.#voices.get(who);
    if (!voice) {
      if (level >= LOUD.begins) this.#voices.set(who, { since: now, last: now });
      return;
    }
    if (level >= LOUD.ends) voice.last = now;
    else if (now - voice.last >= TIMES.pause) this.#voices.delete(who);
  }

  #choose(now: number): void {
    if (this.#first !== undefined && now - this.#firstSince < TIMES.stays) return;
    const current = this.#first === undefined ? undefined : this.#voices.get(this.#first);
    // As long as both speak it stays, or it would go to and fro; whoever interrupts must mean it.
    if (current?.last === now) return;
    const needs = current ? TIMES.interrupts : TIMES.takes;
    const next = [...this.#voices]
      .filter(([who, { since, last }]) => who !== this.#first && last === now && now - since >= needs)
      .sort(([, one], [, other]) => one.since - other.since)[0];
    if (!next) return;
    this.#first = next[0];
    this.#firstSince = now;
  }
}

/** A picture there is to show. */
export interface Picture {
  from: Member;
  source: Source;
}

/**
 * Which picture is large: the one somebody chose, else the newest screen, else who speaks, else the first.
 * `pictures` are those of others in the order in which they began.
 */
export function large(
  pictures: readonly Picture[],
  chosen: Picture | undefined,
  speaks: Member | undefined,
): Picture | undefined {
  const is = (one: Picture, other: Picture): boolean => one.from === other.from && one.source === other.source;
  const pinned = chosen && pictures.find((picture) => is(picture, chosen));
  const screen = pictures.filter(({ source }) => source === "screen").at(-1);
  return pinned ?? screen ?? pictures.find(({ from }) => from === speaks) ?? pictures[0];
}
