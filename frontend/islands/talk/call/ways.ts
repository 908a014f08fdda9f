// Which servers help to find a way: asked for when they are needed, and kept until their credentials end.
import type { WaysThere } from "../events.ts";

/** So long before they end credentials are not used for something new, in milliseconds. */
const BEFORE = 60_000;
/** So long an answer is waited for; the question is asked again by who needs it then. */
const PATIENCE = 10_000;

/** The ways of one place. */
export class Ways {
  readonly #ask: () => void;
  readonly #now: () => number;
  readonly #later: (run: () => void, milliseconds: number) => void;
  #known: { ways: WaysThere; until: number } | undefined;
  #waiting: ((ways: WaysThere | undefined) => void)[] = [];

  /** `ask` asks the room. */
  constructor(
    ask: () => void,
    now = () => Date.now(),
    later: (run: () => void, milliseconds: number) => void = (run, wait) => void setTimeout(run, wait),
  ) {
    this.#ask = ask;
    this.#now = now;
    this.#later = later;
  }

  /** The ways there are; nothing if the room does not say. */
  get(): Promise<WaysThere | undefined> {
    const known = this.#known;
    if (known && this.#now() < known.until) return Promise.resolve(known.ways);
    return new Promise((done) => {
      this.#waiting.push(done);
      this.#ask();
      this.#later(() => {
        if (!this.#waiting.includes(done)) return;
        this.#waiting = this.#waiting.filter((other) => other !== done);
        done(undefined);
      }, PATIENCE);
    });
  }

  /** The room answers. */
  heard(ways: WaysThere): void {
    this.#known = { ways, until: this.#now() + Math.max(0, ways.holds * 1_000 - BEFORE) };
    for (const done of this.#waiting.splice(0)) done(ways);
  }

  /** The connection is another one: what was asked may have been lost. */
  again(): void {
    if (this.#waiting.length) this.#ask();
  }
}
