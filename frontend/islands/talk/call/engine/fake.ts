// A browser's connections and an engine at the other end, for tests: they keep the rules of descriptions and no packets.
import type { CallHear, CallSay, Forwarding, Source } from "../../protocol.ts";
import type { Clock } from "./leg.ts";

/** Time that passes when the test says so. */
export class FakeClock implements Clock {
  now = 0;
  #due: { at: number; call: () => void }[] = [];

  later(call: () => void, milliseconds: number): () => void {
    const entry = { at: this.now + milliseconds, call };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((one) => one !== entry);
    };
  }

  /** Lets so many milliseconds pass, and everything that was due in them happen. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.now + milliseconds;
    for (;;) {
      await settled();
      const next = this.#due.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((one) => one !== next);
      this.now = Math.max(this.now, next.at);
      next.call();
    }
    this.now = until;
  }
}

/** Everything that waits for nothing but its turn has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
}

let last = 0;

/** A track with no more than a name. */
export function fakeTrack(kind: "audio" | "video", settings: MediaTrackSettings = {}): MediaStreamTrack {
  last += 1;
  return { kind, id: `track ${last}`, contentHint: "", getSettings: () => settings } as unknown as MediaStreamTrack;
}

interface FakeSender {
  track: MediaStreamTrack | null;
  sealed: Source | undefined;
  parameters: { encodings: RTCRtpEncodingParameters[] };
  replaceTrack(track: MediaStreamTrack | null): Promise<void>;
  getParameters(): FakeSender["parameters"];
  setParameters(parameters: FakeSender["parameters"]): Promise<void>;
}

interface FakeTransceiver {
  mid: string | null;
  direction: string;
  codecs: string[];
  sender: FakeSender;
  receiver: { track: MediaStreamTrack; opened: string | undefined; getStats(): Promise<Map<string, unknown>> };
  setCodecPreferences(codecs: { mimeType: string }[]): void;
}

/** A connection that keeps the rules of descriptions and has no packets. */
export class FakeConnection {
  static all: FakeConnection[] = [];
  connectionState = "new";
  iceConnectionState = "new";
  signalingState = "stable";
  onconnectionstatechange: (() => void) | null = null;
  oniceconnectionstatechange: (() => void) | null = null;
  ontrack: ((event: { transceiver: FakeTransceiver }) => void) | null = null;
  configuration: RTCConfiguration;
  restarts = 0;
  readonly #lines: FakeTransceiver[] = [];

  constructor(configuration: RTCConfiguration) {
    this.configuration = configuration;
    FakeConnection.all.push(this);
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.#lines;
  }

  addTransceiver(
    what: MediaStreamTrack | string,
    { direction, sendEncodings = [{}] }: { direction: string; sendEncodings?: RTCRtpEncodingParameters[] },
  ): FakeTransceiver {
    const line = this.#line(null, direction, typeof what === "string" ? null : what);
    line.sender.parameters.encodings = sendEncodings;
    return line;
  }

  async createOffer({ iceRestart }: { iceRestart?: boolean }): Promise<{ type: string; sdp: string }> {
    if (this.signalingState === "closed") throw new Error("closed");
    if (iceRestart) this.restarts += 1;
    return { type: "offer", sdp: "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n" };
  }

  async createAnswer(): Promise<{ type: string; sdp: string }> {
    if (this.signalingState !== "have-remote-offer") throw new Error(this.signalingState);
    return { type: "answer", sdp: "v=0\r\no=- 2 1 IN IP4 0.0.0.0\r\n" };
  }

  async setLocalDescription({ type }: { type: string }): Promise<void> {
    for (const [at, line] of this.#lines.entries()) line.mid ??= String(at);
    this.signalingState = type === "offer" ? "have-local-offer" : "stable";
  }

  async setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    if (sdp.includes("nonsense")) throw new Error("nonsense");
    if (type === "answer") {
      if (this.signalingState !== "have-local-offer") throw new Error(this.signalingState);
      this.signalingState = "stable";
      return;
    }
    this.signalingState = "have-remote-offer";
    for (const [, mid] of sdp.matchAll(/^a=mid:(\S+)/gm)) {
      if (this.#lines.some((line) => line.mid === mid)) continue;
      const transceiver = this.#line(mid ?? "", "recvonly", null);
      this.ontrack?.({ transceiver });
    }
  }

  async getStats(): Promise<Map<string, unknown>> {
    return new Map();
  }

  /** The network brings it into this state. */
  becomes(connectionState: string, iceConnectionState: string = connectionState): void {
    this.connectionState = connectionState;
    this.iceConnectionState = iceConnectionState;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.connectionState = this.signalingState = "closed";
  }

  #line(mid: string | null, direction: string, track: MediaStreamTrack | null): FakeTransceiver {
    const sender: FakeSender = {
      ...{ track, sealed: undefined, parameters: { encodings: [{}] } },
      async replaceTrack(other) {
        sender.track = other;
      },
      getParameters: () => sender.parameters,
      async setParameters(parameters) {
        sender.parameters = parameters;
      },
    };
    const line: FakeTransceiver = {
      ...{ mid, direction, codecs: [], sender },
      receiver: { track: fakeTrack("audio"), opened: undefined, getStats: async () => new Map() },
      setCodecPreferences(codecs) {
        line.codecs = codecs.map(({ mimeType }) => mimeType);
      },
    };
    this.#lines.push(line);
    return line;
  }
}

/** An engine's answer or offer with these lines. `session` is another one when the engine begins anew. */
export function fakeSdp(session: number, mids: readonly string[] = []): string {
  const lines = mids.map((mid) => `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:${mid}\r\na=rtpmap:111 opus/48000/2\r\n`);
  return `v=0\r\no=- ${session} 1 IN IP4 0.0.0.0\r\na=fingerprint:sha-256 AA\r\n${lines.join("")}`;
}

/** An engine that answers at once, if it is asked to. */
export class FakeEngine {
  readonly said: CallSay[] = [];
  answers = true;
  session = 1;
  hear: (about: CallHear) => void = () => undefined;
  #revision = 0;

  say(about: CallSay): void {
    this.said.push(about);
    if (about.call === "offer" && this.answers) void Promise.resolve().then(() => this.answer());
  }

  answer(): void {
    this.hear({ call: "answer", sdp: fakeSdp(this.session, ["0", "1"]) });
  }

  offer(
    forwards: Forwarding[],
    sdp = fakeSdp(
      this.session + 100,
      forwards.map(({ mid }) => mid),
    ),
  ): void {
    this.#revision += 1;
    this.hear({ call: "offer", revision: this.#revision, sdp, forwards });
  }

  /** What was said since this was asked last. */
  heard(): CallSay[] {
    return this.said.splice(0);
  }
}
