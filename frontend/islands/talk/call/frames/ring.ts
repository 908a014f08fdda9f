// The epochs whose frames can be sealed and opened at the moment. When the group changes, frames of before are still on
// their way, and some have the new keys a moment later than others.
import type { Member, Source } from "../../protocol.ts";
import { baseKey, type FrameKey, frameKey, keyId } from "./keys.ts";
import { Window } from "./window.ts";

/** So long after a new epoch the one before is still sealed with: until everybody has the new keys. Milliseconds. */
export const SETTLES = 500;
/** So long after a new epoch the one before can still be opened. Milliseconds. */
export const KEPT = 10_000;
/** So many keys one sender may have in one epoch for one thing: each time she begins anew. */
const KEYS = 32;

/** A key one seals with, and the number of the next frame. */
export interface Sealing {
  kid: number;
  key: FrameKey;
  counter: number;
}

/** A key of somebody else, and what came under it. */
export interface Opening {
  key: FrameKey;
  came: Window;
}

/** The keys of one epoch. */
export class EpochKeys {
  readonly id: number;
  readonly since: number;
  readonly #secret: CryptoKey;
  readonly #sealing = new Map<Source, Promise<Sealing>>();
  readonly #bases = new Map<string, Promise<CryptoKey>>();
  readonly #opening = new Map<string, Map<number, Opening>>();

  constructor(id: number, secret: CryptoKey, since: number) {
    this.id = id;
    this.since = since;
    this.#secret = secret;
  }

  /** What one seals with. */
  sealing(me: Member, source: Source): Promise<Sealing> {
    let made = this.#sealing.get(source);
    if (!made) {
      const drawn = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
      const kid = keyId(this.id, drawn);
      made = this.#base(me, source)
        .then((base) => frameKey(base, kid))
        .then((key) => ({ kid, key, counter: 0 }));
      this.#sealing.set(source, made);
    }
    return made;
  }

  /** The key with this name of somebody. One that opened nothing yet is not kept: anybody can draw names. */
  async opening(from: Member, source: Source, kid: number): Promise<Opening | undefined> {
    const known = this.#opening.get(`${from} ${source}`);
    const one = known?.get(kid);
    if (one || (known && known.size >= KEYS)) return one;
    return { key: await frameKey(await this.#base(from, source), kid), came: new Window() };
  }

  /** Keeps a key that opened something; what came under it is then counted in one place. */
  keep(from: Member, source: Source, kid: number, opening: Opening): Opening {
    const whose = `${from} ${source}`;
    const known = this.#opening.get(whose) ?? new Map<number, Opening>();
    this.#opening.set(whose, known);
    const one = known.get(kid) ?? opening;
    known.set(kid, one);
    return one;
  }

  #base(whose: Member, source: Source): Promise<CryptoKey> {
    const name = `${whose} ${source}`;
    const base = this.#bases.get(name) ?? baseKey(this.#secret, whose, source);
    this.#bases.set(name, base);
    return base;
  }
}

/** The epochs there are keys of. */
export class Ring {
  /** The newest last. */
  #epochs: EpochKeys[] = [];

  /** A new epoch; said twice it is one. */
  add(id: number, secret: CryptoKey, now: number): void {
    this.forget(now);
    if (!this.#epochs.some((known) => known.id === id)) this.#epochs.push(new EpochKeys(id, secret, now));
  }

  /** The epoch to seal with: the newest that has settled. */
  sealing(now: number): EpochKeys | undefined {
    return this.#epochs.filter(({ since }) => now - since >= SETTLES).at(-1) ?? this.#epochs[0];
  }

  /** The epoch with this name, if it can still be opened. */
  opening(id: number, now: number): EpochKeys | undefined {
    this.forget(now);
    return this.#epochs.find((epoch) => epoch.id === id);
  }

  /** Drops what is too old. */
  forget(now: number): void {
    this.#epochs = this.#epochs.filter((_, at) => {
      const next = this.#epochs[at + 1];
      return !next || now - next.since < KEPT;
    });
  }
}
