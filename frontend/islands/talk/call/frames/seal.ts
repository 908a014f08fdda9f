// Seals and opens frames: readable beginning, header, ciphertext with its tag. The beginning and the header are sealed
// against change. What cannot be opened is dropped, whatever it is.
import { type Bytes, concat } from "../../bytes.ts";
import type { Member, Source } from "../../protocol.ts";
import { clearOf } from "./clear.ts";
import { readHeader, writeHeader } from "./header.ts";
import { epochOf, openWith, sealWith, TAG } from "./keys.ts";
import type { Ring } from "./ring.ts";

/** Why a frame is not handed on. */
export type Trouble =
  /** There are no keys yet, or not these. */
  | "key"
  /** It is no sealed frame. */
  | "shape"
  /** It was changed, or sealed by somebody else. */
  | "forged"
  /** It was here before, or comes much too late. */
  | "replay";

/** The frame as it travels. */
export async function seal(
  ring: Ring,
  now: number,
  me: Member,
  source: Source,
  frame: Bytes,
): Promise<Bytes | Trouble> {
  const clear = clearOf(source, frame);
  if (frame.length < clear) return "shape";
  const sealing = await ring.sealing(now)?.sealing(me, source);
  if (!sealing || !Number.isSafeInteger(sealing.counter)) return "key";
  const counter = sealing.counter;
  sealing.counter += 1;
  const header = writeHeader(sealing.kid, counter);
  const begins = frame.subarray(0, clear);
  // RFC 9605, 4.4.3: the header first, then what else is sealed against change.
  const sealed = await sealWith(sealing.key, counter, concat(header, begins), frame.subarray(clear));
  return concat(begins, header, sealed);
}

/** The frame as it was, if it is one of this person's, came once, and nobody changed it. */
export async function open(
  ring: Ring,
  now: number,
  from: Member,
  source: Source,
  frame: Bytes,
): Promise<Bytes | Trouble> {
  const clear = clearOf(source, frame);
  const header = readHeader(frame, clear);
  if (!header || frame.length < clear + header.length + TAG) return "shape";
  const epoch = ring.opening(epochOf(header.kid), now);
  const opening = await epoch?.opening(from, source, header.kid);
  if (!epoch || !opening) return "key";
  if (!opening.came.fresh(header.counter)) return "replay";
  const begins = frame.subarray(0, clear);
  const rest = clear + header.length;
  const bound = concat(frame.subarray(clear, rest), begins);
  const opened = await openWith(opening.key, header.counter, bound, frame.subarray(rest));
  if (!opened) return "forged";
  // Another frame of hers may have come meanwhile, even this one: only one place counts.
  const { came } = epoch.keep(from, source, header.kid, opening);
  return came.take(header.counter) ? concat(begins, opened) : "replay";
}
