// Whether what comes from somebody can be opened: a frame that cannot is nothing, a few seconds of them are to be said.

/** After so long without a frame that could be opened, it is said. Milliseconds. */
export const PATIENCE = 3_000;

/** Watches the frames of one person's source. */
export class Watch {
  readonly #tell: (unreadable: boolean) => void;
  #failing: number | undefined;
  #told = false;

  constructor(tell: (unreadable: boolean) => void) {
    this.#tell = tell;
  }

  /** A frame was opened; whether frames were lost just before it. */
  opened(): boolean {
    const lost = this.#failing !== undefined;
    this.#failing = undefined;
    if (this.#told) this.#tell(false);
    this.#told = false;
    return lost;
  }

  /** A frame could not be opened. */
  failed(now: number): void {
    this.#failing ??= now;
    if (this.#told || now - this.#failing < PATIENCE) return;
    this.#told = true;
    this.#tell(true);
  }
}
