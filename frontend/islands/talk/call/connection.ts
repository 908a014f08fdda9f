// One connection between two browsers and how they agree on it: perfect negotiation, told in messages that may come twice or
// not at all. Each side sends on lines of its own, so nothing has to be matched but numbers of lines.
import type { Source } from "../protocol.ts";
import type { Candidate, Signal } from "./said.ts";

/** What goes out; the rest is added by who keeps the lives of connections. */
export type Outgoing = Omit<Signal, "say" | "life" | "n">;

/** What a connection tells. */
export interface Hears {
  /** Sends something; its number. */
  say(what: Outgoing): number;
  /** What the other sends now, all of it. */
  media(tracks: ReadonlyMap<Source, MediaStreamTrack>): void;
  /** Something about how well it stands has changed. */
  changed(): void;
}

/** How long candidates are gathered before they are sent together, in milliseconds. */
const TOGETHER = 60;

/** How much a picture may cost, in bits per second, when the network would allow more. */
const MOST: Readonly<Record<Source, number>> = {
  microphone: 40_000,
  camera: 700_000,
  screen: 1_200_000,
  screen_sound: 96_000,
};

/** A connection and its agreement. */
export class Connection {
  readonly pc: RTCPeerConnection;
  /** Text that is read while it is typed (RFC 8865). Both sides know of it, so nobody has to announce it. */
  readonly channel: RTCDataChannel;
  readonly #polite: boolean;
  readonly #hears: Hears;
  readonly #lines = new Map<Source, RTCRtpTransceiver>();
  #work: Promise<void> = Promise.resolve();
  #isOver = false;
  /** The number of the offer that has no answer yet. */
  #offered: number | undefined;
  #offeredSdp: Outgoing | undefined;
  #theirs: readonly (readonly [string, Source])[] = [];
  #candidates: Candidate[] = [];
  #early: Candidate[] = [];

  constructor(configuration: RTCConfiguration, polite: boolean, hears: Hears) {
    this.#polite = polite;
    this.#hears = hears;
    const pc = new RTCPeerConnection({ ...configuration, bundlePolicy: "max-bundle" });
    this.pc = pc;
    this.channel = pc.createDataChannel("t140", { negotiated: true, id: 1, ordered: true, protocol: "t140" });
    pc.onnegotiationneeded = () => this.#do(() => this.#offer());
    pc.onicecandidate = ({ candidate }) => this.#candidate(candidate);
    pc.onconnectionstatechange = pc.oniceconnectionstatechange = () => hears.changed();
  }

  /** What is sent from now on. */
  send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    return this.#do(async () => {
      for (const [source, line] of this.#lines) {
        if (media.has(source)) continue;
        line.direction = "inactive";
        await line.sender.replaceTrack(null);
      }
      for (const [source, track] of media) {
        const line = this.#lines.get(source);
        if (!line) {
          const made = this.pc.addTransceiver(track, { direction: "sendonly" });
          this.#lines.set(source, made);
          await limit(made.sender, source);
        } else {
          if (line.sender.track !== track) await line.sender.replaceTrack(track);
          if (line.direction !== "sendonly") line.direction = "sendonly";
        }
      }
    });
  }

  /** Something came from the other side. */
  heard(signal: Signal): Promise<void> {
    return this.#do(async () => {
      if (signal.description) await this.#described(signal);
      for (const candidate of signal.candidates ?? []) await this.#add(candidate);
    });
  }

  /** Finds its way anew. */
  restart(configuration: RTCConfiguration): void {
    if (this.#isOver) return;
    try {
      this.pc.setConfiguration({ ...configuration, bundlePolicy: "max-bundle" });
    } catch {
      // A browser that will not change it goes on with what it has.
    }
    this.pc.restartIce();
  }

  /** Says an offer again that has no answer; it may have been lost. Whether there was one. */
  repeat(): boolean {
    if (this.#isOver || !this.#offeredSdp || this.pc.signalingState !== "have-local-offer") return false;
    this.#offered = this.#hears.say(this.#offeredSdp);
    return true;
  }

  close(): void {
    this.#isOver = true;
    this.pc.onnegotiationneeded = this.pc.onicecandidate = null;
    this.pc.onconnectionstatechange = this.pc.oniceconnectionstatechange = null;
    this.channel.close();
    this.pc.close();
  }

  #do(what: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#isOver) return;
      // What the other side says may be nonsense: nothing happens then, and the watch over the connection begins it anew.
      await what().catch(() => undefined);
    });
    return this.#work;
  }

  async #offer(): Promise<void> {
    // In another state the browser asks again, once it is stable.
    if (this.pc.signalingState !== "stable") return;
    await this.pc.setLocalDescription();
    const description = this.#local();
    if (description?.type !== "offer" || this.#isOver) return;
    this.#offeredSdp = { description, media: this.#mine() };
    this.#offered = this.#hears.say(this.#offeredSdp);
  }

  async #described({ description, answers, media = [], n }: Signal): Promise<void> {
    if (!description) return;
    const { pc } = this;
    if (description.type === "answer") {
      // An answer to something else, or the same answer again.
      if (pc.signalingState !== "have-local-offer" || answers !== this.#offered) return;
      await pc.setRemoteDescription(description);
      this.#offered = this.#offeredSdp = undefined;
    } else {
      // Both offered at once: one gives way. Candidates of what was left alone fit nothing, which is no error.
      if (pc.signalingState !== "stable" && !this.#polite) return;
      // An offer of one's own is taken back by this.
      await pc.setRemoteDescription(description);
      this.#offered = this.#offeredSdp = undefined;
      await pc.setLocalDescription();
      const answer = this.#local();
      if (answer?.type === "answer" && !this.#isOver) {
        this.#hears.say({ description: answer, answers: n, media: this.#mine() });
      }
    }
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
    this.#theirs = media;
    this.#tell();
  }

  async #add(candidate: Candidate): Promise<void> {
    if (!this.pc.remoteDescription) {
      this.#early.push(candidate);
      return;
    }
    await this.pc.addIceCandidate(candidate).catch(() => undefined);
  }

  #local(): { type: "offer" | "answer"; sdp: string } | undefined {
    const local = this.pc.localDescription;
    return local && (local.type === "offer" || local.type === "answer")
      ? { type: local.type, sdp: local.sdp }
      : undefined;
  }

  /** What is sent on which line, as far as lines have numbers. */
  #mine(): [string, Source][] {
    return [...this.#lines].flatMap(([source, { mid, direction }]): [string, Source][] =>
      mid !== null && direction === "sendonly" ? [[mid, source]] : [],
    );
  }

  #tell(): void {
    const receivers = new Map(this.pc.getTransceivers().map(({ mid, receiver }) => [mid, receiver.track]));
    const tracks = new Map<Source, MediaStreamTrack>();
    for (const [mid, source] of this.#theirs) {
      const track = receivers.get(mid);
      if (track) tracks.set(source, track);
    }
    this.#hears.media(tracks);
  }

  #candidate(candidate: RTCIceCandidate | null): void {
    if (!candidate?.candidate) return;
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
    this.#candidates.push({ candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment });
    if (this.#candidates.length > 1) return;
    setTimeout(() => {
      const candidates = this.#candidates.splice(0);
      if (!this.#isOver && candidates.length) this.#hears.say({ candidates });
    }, TOGETHER);
  }
}

async function limit(sender: RTCRtpSender, source: Source): Promise<void> {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings ?? []) {
    encoding.maxBitrate = MOST[source];
    encoding.priority = encoding.networkPriority = source === "microphone" ? "high" : "low";
  }
  // Sound goes first in any case; a browser that takes no wishes has its own.
  await sender.setParameters(parameters).catch(() => undefined);
}
