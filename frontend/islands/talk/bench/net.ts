// A network and a clock for tests: nothing moves by itself. Frames wait until they are delivered, sockets break when told.
import type { Ears, TicketAnswer, World } from "../world.ts";

interface Timer {
  at: number;
  run: () => void;
}

/** One end of a socket, as the room has it. */
export interface Wire {
  /** To the client. */
  send(text: string): void;
  /** Ends it after what was sent. */
  close(): void;
}

/** What the room does with sockets. */
export interface Server {
  ticket(entry: string): TicketAnswer;
  heard(wire: Wire, text: string): void;
  lost(wire: Wire): void;
}

class Cable implements Wire {
  readonly toRoom: string[] = [];
  readonly toClient: (string | undefined)[] = [];
  isUp = true;
  readonly ears: Ears;
  constructor(ears: Ears) {
    this.ears = ears;
  }
  send(text: string): void {
    if (this.isUp) this.toClient.push(text);
  }
  close(): void {
    if (this.isUp) this.toClient.push(undefined);
  }
}

/** The network. */
export class Net {
  now = 1_700_000_000_000;
  /** Everything that was handed to the relay. */
  readonly handed: string[] = [];
  readonly #server: Server;
  readonly #random: () => number;
  #timers: Timer[] = [];
  #cables: Cable[] = [];
  readonly #online = new Set<() => void>();

  constructor(server: Server, random: () => number) {
    this.#server = server;
    this.#random = random;
  }

  /** The world of a client in this network. */
  world(): World {
    const mine: Cable[] = [];
    return {
      now: () => this.now,
      later: (wait, run) => {
        const timer = { at: this.now + wait, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
      random: this.#random,
      ticket: async (entry) => {
        this.handed.push(entry);
        return this.#server.ticket(entry);
      },
      socket: (ears) => {
        const cable = new Cable(ears);
        mine.push(cable);
        this.#cables.push(cable);
        queueMicrotask(() => cable.isUp && ears.opened());
        return {
          send: (text) => {
            if (!cable.isUp) return;
            this.handed.push(text);
            cable.toRoom.push(text);
          },
          close: () => this.#cut(cable, false),
        };
      },
      online: (run) => {
        this.#online.add(run);
        return () => this.#online.delete(run);
      },
    };
  }

  /** How many sockets are up. */
  get up(): number {
    return this.#cables.length;
  }

  /** Delivers one frame, any; whether there was one. */
  step(): boolean {
    const ways = this.#cables.flatMap((cable) => [
      ...(cable.toRoom.length ? [{ cable, in: true }] : []),
      ...(cable.toClient.length ? [{ cable, in: false }] : []),
    ]);
    const way = ways[Math.floor(this.#random() * ways.length)];
    if (!way) return false;
    const { cable } = way;
    if (way.in) this.#server.heard(cable, cable.toRoom.shift() ?? "");
    else {
      const text = cable.toClient.shift();
      if (text === undefined) this.#cut(cable, true);
      else cable.ears.heard(text);
    }
    return true;
  }

  /** Breaks any socket; what was on its way is lost. */
  breakOne(): void {
    const cable = this.#cables[Math.floor(this.#random() * this.#cables.length)];
    if (cable) this.#cut(cable, true);
  }

  /** Breaks all. */
  breakAll(): void {
    for (const cable of [...this.#cables]) this.#cut(cable, true);
  }

  /** Time passes. */
  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= this.now).sort((one, other) => one.at - other.at)[0];
      if (!due) return;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      due.run();
    }
  }

  /** Everybody hears that the network is back. */
  comeBack(): void {
    for (const run of [...this.#online]) run();
  }

  #cut(cable: Cable, tell: boolean): void {
    if (!cable.isUp) return;
    cable.isUp = false;
    this.#cables = this.#cables.filter((other) => other !== cable);
    this.#server.lost(cable);
    if (tell) cable.ears.closed();
  }
}
