// The files of a conversation that are on their way, one after the other in each direction.
import { type Bytes, own } from "./bytes.ts";
import type { Content, Offer } from "./content.ts";
import type { TalkEvent } from "./events.ts";
import { Incoming, type Outgoing } from "./file.ts";
import type { Leaf } from "./leaf.ts";
import type { Body, Member } from "./protocol.ts";

/** Parts that are on their way at once. */
const AHEAD = 4;

interface Sending {
  file: Outgoing;
  has: "waiting" | "begun";
  sent: number;
  taken: number;
}

/** What a conversation does for its files. */
export interface Carrier {
  listen(event: TalkEvent): void;
  /** A file is not what was offered. */
  alarm(): void;
  /** Sends a part; its number. */
  part(body: Body): number;
  /** Says something inside, now. */
  say(content: Content): Promise<void>;
  /** Says something inside as soon as it can be said. */
  later(content: Content): void;
}

/** The files on their way. */
export class Transfers {
  readonly #carrier: Carrier;
  #sending: Sending[] = [];
  /** Which file a part belongs to, by its number. */
  readonly #parts = new Map<number, Sending>();
  readonly #incoming = new Map<Member, Incoming>();
  readonly #offers = new Set<string>();

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** A file waits to be sent. */
  add(file: Outgoing, from: Leaf): void {
    this.#sending.push({ file, has: "waiting", sent: 0, taken: 0 });
    const { id, name, size } = file.offer;
    this.#carrier.listen({ type: "offer", id, from, name, size, parts: file.parts });
  }

  /** Sends what can be sent now. */
  async advance(): Promise<void> {
    const [sending] = this.#sending;
    if (!sending) return;
    const { file } = sending;
    if (sending.has === "waiting") {
      sending.has = "begun";
      await this.#carrier.say(file.offer);
    }
    while (sending.sent < file.parts && sending.sent - sending.taken < AHEAD) {
      this.#parts.set(this.#carrier.part(await file.part(sending.sent)), sending);
      sending.sent += 1;
    }
  }

  /** The room has taken something with this number. */
  taken(n: number): void {
    const sending = this.#parts.get(n);
    this.#parts.delete(n);
    if (!sending || !this.#sending.includes(sending)) return;
    sending.taken += 1;
    const { file, taken } = sending;
    this.#carrier.listen({ type: "progress", id: file.offer.id, done: taken, parts: file.parts });
    if (taken === file.parts) this.#forget(sending);
  }

  /** The room has refused something with this number. */
  refused(n: number): void {
    const sending = this.#parts.get(n);
    this.#parts.delete(n);
    if (sending) this.stop(sending.file.offer.id);
  }

  /** A file one sends will not be sent to its end. */
  stop(id: string): void {
    const sending = this.#sending.find(({ file }) => file.offer.id === id);
    if (!sending) return;
    this.#forget(sending);
    this.#carrier.listen({ type: "file-stopped", id });
    if (sending.has === "begun") this.#carrier.later({ type: "stop", id });
  }

  /** Somebody has left who knows the keys of files that are on their way. */
  stopBegun(): void {
    for (const { file, has } of [...this.#sending]) if (has === "begun") this.stop(file.offer.id);
  }

  /** The group is another one: what had begun in the old one cannot go on, what waits still can. */
  dropBegun(): void {
    for (const sending of this.#sending.filter(({ has }) => has === "begun")) {
      this.#forget(sending);
      this.#carrier.listen({ type: "file-stopped", id: sending.file.offer.id });
    }
    this.#parts.clear();
    for (const member of [...this.#incoming.keys()]) this.gone(member);
  }

  /** Somebody offers a file. */
  offered(from: Leaf, offer: Offer): void {
    // One after the other; whoever offers many at once fills the memory of others.
    if (this.#offers.has(offer.id) || this.#incoming.has(from.member)) {
      this.#carrier.alarm();
      return;
    }
    this.#offers.add(offer.id);
    const file = new Incoming(offer);
    this.#incoming.set(from.member, file);
    const { id, name, size } = offer;
    this.#carrier.listen({ type: "offer", id, from, name, size, parts: file.parts });
  }

  /** A part has come. */
  async part(from: Leaf, body: Body): Promise<void> {
    const file = this.#incoming.get(from.member);
    // Of a file that was offered before this place came in, or was stopped.
    if (!file) return;
    const outcome: Bytes | boolean = await file.take(body);
    const { id, name, mime } = file.offer;
    if (outcome === false) {
      this.#carrier.alarm();
      this.stopped(from.member, id);
      return;
    }
    this.#carrier.listen({ type: "progress", id, done: file.arrived, parts: file.parts });
    if (outcome === true) return;
    this.#carrier.listen({ type: "file", id, from, name, mime, bytes: own(outcome.slice()) });
    this.#incoming.delete(from.member);
    file.close();
  }

  /** The sender has stopped it. */
  stopped(from: Member, id: string): void {
    if (this.#incoming.get(from)?.offer.id === id) this.gone(from);
  }

  /** What somebody was sending does not come any more. */
  gone(member: Member): void {
    const file = this.#incoming.get(member);
    if (!file) return;
    this.#incoming.delete(member);
    file.close();
    this.#carrier.listen({ type: "file-stopped", id: file.offer.id });
  }

  /** Forgets all. */
  close(): void {
    for (const sending of [...this.#sending]) this.#forget(sending);
    for (const file of this.#incoming.values()) file.close();
    this.#incoming.clear();
    this.#parts.clear();
    this.#offers.clear();
  }

  #forget(sending: Sending): void {
    this.#sending = this.#sending.filter((other) => other !== sending);
    sending.file.close();
  }
}
