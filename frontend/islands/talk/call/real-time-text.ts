// Real-time text on data channels (RFC 8865), one to each other person. What is typed goes out three times a second, not
// faster than people read, and is shown to the others before it is finished.
import type { Member } from "../protocol.ts";
import { BOM, change, LONGEST_LINE, NEW_LINE, Typed } from "./t140.ts";

/** How long typed characters are gathered, in milliseconds (RFC 8865, 5.3). */
export const GATHER = 300;
/** Characters a second on the average of ten seconds, as every receiver takes them (RFC 8865, 4.2.1; RFC 4103, 6). */
export const SPEED = 30;
const WINDOW = 10_000;

/** What a page is told. */
export interface TextEvents {
  /** The line somebody is typing at the moment. */
  typing(from: Member, line: string): void;
  /** A line is whole. */
  finished(from: Member, line: string): void;
  /** Somebody can (no longer) be reached. */
  reaches(members: readonly Member[]): void;
}

/** A channel as far as it is needed here. */
export type Channel = Pick<RTCDataChannel, "readyState" | "send" | "onopen" | "onclose" | "onmessage">;

interface Reader {
  channel: Channel;
  /** Waits to be sent. */
  out: string[];
  typed: Typed;
}

/** The text of everybody who has it. */
export class RealTimeText {
  readonly #events: TextEvents;
  readonly #now: () => number;
  readonly #readers = new Map<Member, Reader>();
  readonly #typed = new Map<Member, Typed>();
  #line = "";
  /** What went out in the last ten seconds. */
  #sent: { at: number; signs: number }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(events: TextEvents, now = () => Date.now()) {
    this.#events = events;
    this.#now = now;
  }

  /** There is a (new) channel to somebody. */
  channel(member: Member, channel: Channel): void {
    const typed = this.#typed.get(member) ?? new Typed((line) => this.#events.finished(member, line));
    this.#typed.set(member, typed);
    const reader: Reader = { channel, out: [], typed };
    this.#readers.set(member, reader);
    const isCurrent = (): boolean => this.#readers.get(member) === reader;
    const opened = (): void => {
      if (!isCurrent()) return;
      // On an earlier channel something may have been lost; a line that is half typed comes again as a whole.
      typed.broke();
      reader.out = [BOM, ...this.#line];
      this.#events.typing(member, typed.line);
      this.#flushLater();
      this.#reaches();
    };
    channel.onopen = opened;
    channel.onclose = () => isCurrent() && this.#reaches();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== "string" || !isCurrent()) return;
      typed.heard(data);
      this.#events.typing(member, typed.line);
    };
    if (channel.readyState === "open") opened();
  }

  /** Somebody has no channel any more. */
  drop(member: Member): void {
    this.#typed.get(member)?.broke();
    this.#typed.delete(member);
    if (!this.#readers.delete(member)) return;
    this.#events.typing(member, "");
    this.#reaches();
  }

  /** What stands in one's own line now. */
  type(line: string): void {
    const now = line.slice(0, LONGEST_LINE).replace(/[\r\n\u2028]+/g, " ");
    this.#put(change(this.#line, now));
    this.#line = now;
  }

  /** One's own line is whole; the line, if there was something in it. */
  finish(): string | undefined {
    const line = this.#line;
    if (!line.trim()) return undefined;
    this.#put(NEW_LINE);
    this.#line = "";
    return line;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#readers.clear();
    this.#typed.clear();
    this.#line = "";
  }

  #put(signs: string): void {
    if (!signs) return;
    for (const { channel, out } of this.#readers.values()) if (channel.readyState === "open") out.push(...signs);
    this.#flushLater();
  }

  #flushLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, GATHER);
  }

  #flush(): void {
    const now = this.#now();
    this.#sent = this.#sent.filter(({ at }) => now - at < WINDOW);
    const most = (SPEED * WINDOW) / 1_000 - this.#sent.reduce((sum, { signs }) => sum + signs, 0);
    let longest = 0;
    for (const { channel, out } of this.#readers.values()) {
      if (channel.readyState !== "open" || !out.length) continue;
      const signs = out.splice(0, most);
      longest = Math.max(longest, signs.length);
      try {
        if (signs.length) channel.send(signs.join(""));
      } catch {
        // It closed just now. When there is another one the line goes out as a whole.
      }
    }
    if (longest) this.#sent.push({ at: now, signs: longest });
    if ([...this.#readers.values()].some(({ channel, out }) => channel.readyState === "open" && out.length))
      this.#flushLater();
  }

  #reaches(): void {
    const open = [...this.#readers].filter(([, { channel }]) => channel.readyState === "open");
    this.#events.reaches(open.map(([member]) => member));
  }
}
