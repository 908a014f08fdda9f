// Peer connections for tests: they agree by the browser's rules (states, lines, rollback, when an agreement is needed) and connect
// when two of them have agreed with each other. What a description says is readable.

interface Line {
  mid: string;
  /** Whether the side that wrote it sends on it. */
  sends: boolean;
  /** Whether it would receive on it. */
  receives: boolean;
}

interface Written {
  pc: number;
  offer: number;
  ice: number;
  lines: Line[];
}

let made = 0;

/** A track that says where it comes from. */
export class FakeTrack {
  readonly name: string;
  readonly id: string;
  enabled = true;
  muted = false;
  readyState: "live" | "ended" = "live";
  contentHint = "";
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;
  settings: MediaTrackSettings = {};
  capabilities: Record<string, unknown> = {};
  constraints: unknown[] = [];
  constructor(name: string) {
    this.name = name;
    made += 1;
    this.id = `track-${made}`;
  }
  stop(): void {
    this.readyState = "ended";
  }
  getSettings(): MediaTrackSettings {
    return this.settings;
  }
  getCapabilities(): Record<string, unknown> {
    return this.capabilities;
  }
  async applyConstraints(wish: unknown): Promise<void> {
    this.constraints.push(wish);
  }
  get track(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

class Transceiver {
  mid: string | null = null;
  /** Given by an offer of one's own that may be taken back. */
  provisional = false;
  direction: RTCRtpTransceiverDirection;
  /** What both sides last agreed on, as seen from here. */
  agreed: string | undefined;
  readonly receiver = { track: new FakeTrack("received") };
  readonly sender: {
    track: unknown;
    replaceTrack: (track: unknown) => Promise<void>;
    getParameters: () => { encodings: object[] };
    setParameters: () => Promise<void>;
  };
  constructor(direction: RTCRtpTransceiverDirection, track: unknown) {
    this.direction = direction;
    const sender = {
      track,
      replaceTrack: async (next: unknown) => {
        sender.track = next;
      },
      getParameters: () => ({ encodings: [{}] }),
      setParameters: async () => undefined,
    };
    this.sender = sender;
  }
  get sends(): boolean {
    return this.direction === "sendonly";
  }
  get receives(): boolean {
    return this.direction === "recvonly";
  }
}

/** All connections of a test. */
export class Peers {
  readonly all: FakePeer[] = [];
  /** Connections that are there but never agree on keys. */
  hangs: (peer: FakePeer) => boolean = () => false;
  isDown = false;

  /** The class that stands for the browser's. */
  get type(): typeof RTCPeerConnection {
    const all = this.all;
    return class extends FakePeer {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        all.push(this);
      }
    } as unknown as typeof RTCPeerConnection;
  }

  /** Those that agreed with each other are connected, unless the network is away. */
  connect(): void {
    for (const one of this.all) {
      const other = this.all.find(({ id }) => id === one.remote?.pc);
      const fits =
        other?.remote?.pc === one.id &&
        one.signalingState === "stable" &&
        other.signalingState === "stable" &&
        one.ice === other.remote.ice &&
        other.ice === one.remote?.ice;
      if (one.isClosed) continue;
      if (other && fits && !this.isDown && !other.isClosed) {
        if (this.hangs(one) || this.hangs(other)) one.stand("connected", "connecting");
        else one.stand("connected", "connected");
      } else if (one.connectionState === "connected" && (this.isDown || !other || other.isClosed)) {
        one.stand("disconnected", "disconnected");
      } else if (one.connectionState === "disconnected" && this.isDown) one.stand("failed", "failed");
    }
  }
}

/** One connection. */
export class FakePeer {
  readonly id: number;
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  readonly configurations: (RTCConfiguration | undefined)[];
  readonly channels: { readyState: string; close(): void }[] = [];
  remote: Written | undefined;
  ice = 1;
  /** How many candidates of the other side were taken. */
  candidates = 0;
  isClosed = false;
  #transceivers: Transceiver[] = [];
  #offers = 0;
  #pending: Written | undefined;
  #hasAgreed = false;
  #restarts = false;
  #needs = false;
  #iceBefore = 1;

  constructor(configuration?: RTCConfiguration) {
    made += 1;
    this.id = made;
    this.configurations = [configuration];
  }

  createDataChannel(): unknown {
    const channel = {
      readyState: "connecting",
      close: () => {
        channel.readyState = "closed";
      },
    };
    this.channels.push(channel);
    this.#check();
    return channel;
  }

  addTransceiver(track: unknown, { direction }: { direction: RTCRtpTransceiverDirection }): unknown {
    const transceiver = new Transceiver(direction, track);
    this.#transceivers.push(transceiver);
    let now = direction;
    Object.defineProperty(transceiver, "direction", {
      get: () => now,
      set: (next: RTCRtpTransceiverDirection) => {
        now = next;
        this.#check();
      },
    });
    this.#check();
    return transceiver;
  }

  getTransceivers(): Transceiver[] {
    return this.#transceivers;
  }

  /** What this side really sends, by line. */
  get sending(): Map<string, FakeTrack> {
    return new Map(
      this.#transceivers.flatMap(({ mid, sends, sender, provisional }) =>
        mid !== null && !provisional && sends && sender.track ? [[mid, sender.track as FakeTrack] as const] : [],
      ),
    );
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configurations.push(configuration);
  }

  restartIce(): void {
    this.#restarts = true;
    this.#check();
  }

  async setLocalDescription(): Promise<void> {
    await tick();
    if (this.isClosed) throw new Error("closed");
    if (this.signalingState === "have-remote-offer") {
      const written = this.#write();
      this.localDescription = { type: "answer", sdp: JSON.stringify(written) };
      this.#agree();
      return;
    }
    if (this.signalingState !== "stable") throw new Error(`an offer in ${this.signalingState}`);
    this.#needs = false;
    this.#iceBefore = this.ice;
    if (this.#restarts) this.ice += 1;
    this.#offers += 1;
    for (const transceiver of this.#transceivers) {
      if (transceiver.mid !== null) continue;
      transceiver.mid = this.#newMid();
      transceiver.provisional = true;
    }
    this.#pending = this.#write();
    this.signalingState = "have-local-offer";
    this.localDescription = { type: "offer", sdp: JSON.stringify(this.#pending) };
  }

  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    await tick();
    if (this.isClosed) throw new Error("closed");
    const written: Written = JSON.parse(sdp);
    if (this.remote && this.remote.pc !== written.pc) throw new Error("another connection's description");
    if (type === "answer") {
      if (this.signalingState !== "have-local-offer") throw new Error(`an answer in ${this.signalingState}`);
      if (written.offer !== this.#pending?.offer) throw new Error("an answer to another offer");
      this.remoteDescription = { type, sdp };
      this.remote = written;
      this.#agree();
      return;
    }
    if (this.signalingState === "have-local-offer") this.#rollBack();
    const known = this.remote?.lines.length ?? 0;
    if (written.lines.length < known) throw new Error("lines do not go away");
    for (const { mid } of written.lines) {
      if (this.#transceivers.some((one) => one.mid === mid)) continue;
      const received = new Transceiver("recvonly", null);
      received.mid = mid;
      this.#transceivers.push(received);
    }
    this.remote = written;
    this.remoteDescription = { type, sdp };
    this.#offers = written.offer;
    this.signalingState = "have-remote-offer";
  }

  async addIceCandidate(): Promise<void> {
    if (!this.remoteDescription) throw new Error("a candidate before everything");
    this.candidates += 1;
  }

  async getStats(): Promise<Map<string, unknown>> {
    return new Map();
  }

  close(): void {
    this.isClosed = true;
    this.signalingState = "closed";
    this.connectionState = "closed";
  }

  /** Says how it stands. */
  stand(ice: RTCIceConnectionState, state: RTCPeerConnectionState): void {
    if (this.isClosed) return;
    const [iceBefore, before] = [this.iceConnectionState, this.connectionState];
    this.iceConnectionState = ice;
    this.connectionState = state;
    if (iceBefore !== ice) this.oniceconnectionstatechange?.();
    if (before !== state) this.onconnectionstatechange?.();
  }

  #write(): Written {
    const lines = this.#transceivers.flatMap((one) =>
      one.mid === null ? [] : [{ mid: one.mid, sends: one.sends, receives: one.receives }],
    );
    return { pc: this.id, offer: this.#offers, ice: this.ice, lines };
  }

  #newMid(): string {
    for (let mid = 0; ; mid++) if (!this.#transceivers.some((one) => one.mid === String(mid))) return String(mid);
  }

  #rollBack(): void {
    for (const one of this.#transceivers) {
      if (!one.provisional) continue;
      one.mid = null;
      one.provisional = false;
    }
    this.ice = this.#iceBefore;
    this.#pending = undefined;
    this.signalingState = "stable";
  }

  #agree(): void {
    this.signalingState = "stable";
    this.#pending = undefined;
    this.#hasAgreed = true;
    // A restart that was taken back by an offer of the other side is still wanted.
    if (this.localDescription?.type === "offer") this.#restarts = false;
    for (const one of this.#transceivers) {
      if (one.mid === null) continue;
      one.provisional = false;
      one.agreed = one.direction;
    }
    this.#needs = false;
    this.#check();
  }

  #check(): void {
    if (this.isClosed || this.signalingState !== "stable" || this.#needs || !this.#wants()) return;
    this.#needs = true;
    setTimeout(() => {
      if (this.isClosed || this.signalingState !== "stable") return;
      this.onnegotiationneeded?.();
    }, 0);
  }

  #wants(): boolean {
    if (!this.#hasAgreed || this.#restarts) return true;
    return this.#transceivers.some((one) => one.mid === null || one.agreed !== one.direction);
  }
}

function tick(): Promise<void> {
  return new Promise((done) => setTimeout(done, 1));
}
