// Two people with a pair each, and between them a line that may be slow, say things twice, or lose them.
import { vi } from "vitest";
import type { Source } from "../../protocol.ts";
import { Pair } from "../pair.ts";
import { read, type Signal, write } from "../said.ts";
import { FakeTrack, type Peers } from "./peers.ts";

/** One of the two. */
export class Side {
  readonly name: string;
  readonly member: number;
  readonly out: string[] = [];
  readonly shown = new Map<Source, FakeTrack>();
  readonly states: string[] = [];
  readonly channels: unknown[] = [];
  media = new Map<Source, FakeTrack>();
  servers: RTCConfiguration | undefined = { iceServers: [], iceTransportPolicy: "relay" };
  pair: Pair | undefined;
  life = 0;

  constructor(name: string, member: number) {
    this.name = name;
    this.member = member;
  }

  /** Begins to talk to the other. */
  begin(peer: number, polite: boolean): void {
    this.pair = new Pair({
      peer,
      polite,
      life: this.life,
      configuration: async () => this.servers,
      say: (signal: Signal) => this.out.push(write(signal)),
      channel: (channel) => this.channels.push(channel),
      events: {
        track: (_, source, track) => this.shown.set(source, track as unknown as FakeTrack),
        ended: (_, source) => this.shown.delete(source),
        state: (state) => this.states.push(state),
        held: () => undefined,
      },
    });
    void this.pair.send(this.tracks);
  }

  end(): void {
    this.life = this.pair?.life ?? this.life;
    this.pair?.close();
    this.pair = undefined;
  }

  /** Sends something of her own, or nothing any more. */
  put(source: Source, on: boolean): void {
    if (on) this.media.set(source, new FakeTrack(`${this.name} ${source}`));
    else this.media.delete(source);
    void this.pair?.send(this.tracks);
  }

  get tracks(): Map<Source, MediaStreamTrack> {
    return new Map([...this.media].map(([source, track]) => [source, track.track]));
  }
}

/** Both. */
export class Two {
  readonly host = new Side("host", 1);
  readonly seeker = new Side("seeker", 2);
  readonly peers: Peers;
  readonly #random: () => number;

  constructor(peers: Peers, random: () => number) {
    this.peers = peers;
    this.#random = random;
  }

  begin(): void {
    this.host.begin(2, false);
    this.seeker.begin(1, true);
  }

  get sides(): [Side, Side] {
    return [this.host, this.seeker];
  }

  /** Delivers one message, any side's first. `twice`: it comes again later. */
  deliver(twice = false): boolean {
    const ways = this.sides.filter(({ out }) => out.length);
    const from = ways[Math.floor(this.#random() * ways.length)];
    const text = from?.out.shift();
    if (!from || text === undefined) return false;
    const to = from === this.host ? this.seeker : this.host;
    const signal = read(text);
    if (signal?.say !== "signal") throw new Error(`not a signal: ${text}`);
    to.pair?.heard(signal);
    if (twice) to.pair?.heard(signal);
    return true;
  }

  /** Loses everything that is on its way. */
  lose(): void {
    for (const { out } of this.sides) out.length = 0;
  }

  /** A little time goes by. */
  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
    this.peers.connect();
  }

  /** Until both have had time for everything, with everything delivered. */
  async settle(milliseconds = 60_000): Promise<void> {
    for (let at = 0; at < milliseconds; at += 50) {
      while (this.deliver());
      await this.pass(50);
    }
  }

  /** What is wrong: what each shows is to be what the other sends, by its name and on the same line. */
  wrong(): string[] {
    const wrong: string[] = [];
    for (const [one, other] of [this.sides, [...this.sides].reverse()] as [Side, Side][]) {
      if (one.pair?.state !== "connected") wrong.push(`${one.name} is ${one.pair?.state}`);
      const expected = [...other.media.keys()].sort().join();
      const shown = [...one.shown.keys()].sort().join();
      if (shown !== expected) wrong.push(`${one.name} sees ${shown || "nothing"} and not ${expected}`);
      for (const [source, track] of one.shown) {
        const mine = this.peers.all.find((peer) =>
          peer.getTransceivers().some(({ receiver }) => receiver.track === track),
        );
        const mid = mine?.getTransceivers().find(({ receiver }) => receiver.track === track)?.mid ?? "";
        const theirs = this.peers.all.find(({ id }) => id === mine?.remote?.pc)?.sending.get(mid);
        if (theirs !== other.media.get(source)) wrong.push(`${one.name}: ${source} is ${theirs?.name ?? "nothing"}`);
      }
    }
    return wrong;
  }
}
