// How sound and pictures travel: between two people, or through the engine for more.
import type { Drawn, Member, Source } from "../protocol.ts";
export interface WayEvents {
  track(from: Member, source: Source, track: MediaStreamTrack): void;
  ended(from: Member, source: Source): void;
  state(state: "connecting" | "connected" | "broken"): void;
  /** Pictures the engine holds back because the connection is too narrow. */
  held(pictures: readonly (readonly [Member, Source])[]): void;
}
export interface Way {
  /** What of oneself is sent from now on; a source that is missing is not sent. */
  send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void>;
  /** How large the pictures of others are drawn, in device pixels. */
  draw(pictures: readonly Drawn[]): void;
  /** Statistics for words about the quality, by person. */
  stats(): Promise<RTCStatsReport[]>;
  /** The signalling line was lost and is back, or the network changed: finds its way anew. */
  again(): void;
  close(): void;
}
