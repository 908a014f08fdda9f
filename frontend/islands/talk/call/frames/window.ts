// Which frames under one key have come. Each counts once; they may come in another order, but not much later.

/** So far behind the newest a frame may be: about ten seconds of three layers of pictures. */
export const BEHIND = 1_024;

/** What has come under one key. */
export class Window {
  #newest = -1;
  readonly #came = new Uint8Array(BEHIND);

  /** Whether the frame with this number has not come yet and is not too late. */
  fresh(counter: number): boolean {
    if (counter > this.#newest) return true;
    return counter > this.#newest - BEHIND && this.#came[counter % BEHIND] === 0;
  }

  /** Notes that it came; `false` if it may not count. */
  take(counter: number): boolean {
    if (!this.fresh(counter)) return false;
    if (counter - this.#newest >= BEHIND) this.#came.fill(0);
    else for (let skipped = this.#newest + 1; skipped < counter; skipped++) this.#came[skipped % BEHIND] = 0;
    this.#newest = Math.max(this.#newest, counter);
    this.#came[counter % BEHIND] = 1;
    return true;
  }
}
