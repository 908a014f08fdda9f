// One connection to the engine and the watch over it.

/** What time is here. */
export interface Clock {
  /** Calls once after so many milliseconds; what comes back calls it off. */
  later(call: () => void, milliseconds: number): () => void;
}

/** The browser's own. */
export const CLOCK: Clock = {
  later(call, milliseconds) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** So long a way may be without keys, though packets go through: the engine's first words were lost. Milliseconds. */
export const HANDSHAKE = 4_000;
/** So long the whole may take. Milliseconds. */
export const WHOLE = 15_000;
/** So long a way may be interrupted before another is looked for. Milliseconds. */
export const INTERRUPTED = 2_000;

/** How a connection stands. */
export interface LegEvents {
  /** It works, or does not at the moment. */
  changed(): void;
  /** The way broke: another one would help. */
  interrupted(): void;
  /** Nothing helps but beginning anew. */
  failed(): void;
}

/** A connection that is watched. */
export class Leg {
  readonly connection: RTCPeerConnection;
  readonly #events: LegEvents;
  readonly #clock: Clock;
  #handshake: (() => void) | undefined;
  #whole: (() => void) | undefined;
  #interrupted: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(config: RTCConfiguration, clock: Clock, events: LegEvents) {
    this.#clock = clock;
    this.#events = events;
    this.connection = new RTCPeerConnection({ ...config, bundlePolicy: "max-bundle" });
    this.connection.onconnectionstatechange = () => this.#changed();
    this.connection.oniceconnectionstatechange = () => this.#changed();
  }

  /** Whether it works. */
  get works(): boolean {
    return this.connection.connectionState === "connected";
  }

  /** One thing after the other; what the other side says may be nonsense, then it fails. */
  do(what: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#closed) return;
      try {
        await what();
      } catch {
        this.fail();
      }
    });
    return this.#work;
  }

  /** From now on it is to work within {@link WHOLE}. */
  expect(): void {
    if (!this.works) this.#whole ??= this.#clock.later(() => this.fail(), WHOLE);
  }

  /** Other servers from now on. */
  configure(config: RTCConfiguration): void {
    try {
      this.connection.setConfiguration({ ...config, bundlePolicy: "max-bundle" });
    } catch {
      // A browser that will not change it goes on with what it has.
    }
  }

  /** It cannot go on. Said once. */
  fail(): void {
    if (this.#closed) return;
    this.close();
    this.#events.failed();
  }

  close(): void {
    this.#closed = true;
    this.#stop();
    this.connection.onconnectionstatechange = this.connection.oniceconnectionstatechange = null;
    this.connection.close();
  }

  #changed(): void {
    if (this.#closed) return;
    const { connectionState, iceConnectionState } = this.connection;
    if (connectionState === "failed") {
      this.fail();
      return;
    }
    if (connectionState === "connected") {
      this.#stop();
    } else if (iceConnectionState === "connected" || iceConnectionState === "completed") {
      this.#handshake ??= this.#clock.later(() => this.fail(), HANDSHAKE);
    } else if (connectionState === "disconnected") {
      this.#interrupted ??= this.#clock.later(() => {
        this.#interrupted = undefined;
        this.expect();
        this.#events.interrupted();
      }, INTERRUPTED);
    }
    this.#events.changed();
  }

  #stop(): void {
    for (const cancel of [this.#handshake, this.#whole, this.#interrupted]) cancel?.();
    this.#handshake = this.#whole = this.#interrupted = undefined;
  }
}
