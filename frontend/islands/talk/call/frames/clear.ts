// What of a frame stays readable, because browsers and the engine cut it into packets by it. It is sealed against change.
import type { Source } from "../../protocol.ts";

/** The first bytes of VP8: what kind of frame it is, and the size of a picture that stands alone (RFC 6386, 9.1). */
const VP8 = { key: 10, delta: 3 } as const;
/** The first byte of Opus: how long it lasts (RFC 6716, 3.1). */
const OPUS = 1;

/** Whether a source is heard, not seen. */
export function heard(source: Source): boolean {
  return source === "microphone" || source === "screen_sound";
}

/** How many bytes of this frame stay readable. The first byte says it, so it is the same before and after sealing. */
export function clearOf(source: Source, frame: Uint8Array): number {
  if (heard(source)) return OPUS;
  return ((frame[0] ?? 0) & 1) === 0 ? VP8.key : VP8.delta;
}
