// Text that is read while it is typed, as ITU-T T.140 writes it: characters as they come, a backspace that takes one back, a
// sign for a new line. What it does not know it leaves out.

/** Takes the last character back. */
export const BACKSPACE = "\u0008";
/** Begins a new line. */
export const NEW_LINE = "\u2028";
/** Stands at the beginning of a channel and means nothing. */
export const BOM = "\ufeff";
/** Something before this may be missing. */
export const MISSING = "\ufffd";

/** Longest line; a longer one is two. */
export const LONGEST_LINE = 1_000;
/** So many lines are kept. */
export const MOST_LINES = 200;

/** What came of one person. */
export class Typed {
  #line: string[] = [];
  /** Inside of a sequence that would change colours: whoever reads has her own. */
  #escapes = false;
  readonly #finished: (line: string) => void;

  /** `finished` is told of each line that is whole. */
  constructor(finished: (line: string) => void) {
    this.#finished = finished;
  }

  /** The line that is being typed. */
  get line(): string {
    return this.#line.join("");
  }

  /** Something came. */
  heard(block: string): void {
    // Both signs of a line's end are one end.
    for (const sign of block.replaceAll("\r\n", NEW_LINE)) this.#sign(sign);
  }

  /** What comes next may not follow what came last. */
  broke(): void {
    if (!this.#line.length) return;
    this.#line.push(MISSING);
    this.#end();
  }

  #sign(sign: string): void {
    if (this.#escapes) {
      this.#escapes = !/[@-Z\\-~]/.test(sign);
    } else if (sign === "\u001b" || sign === "\u009b") {
      this.#escapes = true;
    } else if (sign === BACKSPACE) {
      this.#line.pop();
    } else if (sign === NEW_LINE || sign === "\n" || sign === "\r") {
      this.#end();
    } else if (!/^[\p{Cc}\p{Cs}\ufeff\u202a-\u202e\u2066-\u2069]$/u.test(sign)) {
      this.#line.push(sign);
      if (this.#line.length >= LONGEST_LINE) this.#end();
    }
  }

  #end(): void {
    const line = this.line;
    this.#line = [];
    this.#escapes = false;
    if (line.trim()) this.#finished(line);
  }
}

/** What has to be said so that one text becomes another: what is too much is taken back, and the rest is typed. */
export function change(before: string, after: string): string {
  const [old, now] = [[...before], [...after]];
  let same = 0;
  while (same < old.length && same < now.length && old[same] === now[same]) same += 1;
  return BACKSPACE.repeat(old.length - same) + now.slice(same).join("");
}
