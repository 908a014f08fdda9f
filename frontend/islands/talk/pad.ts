// Sealed things show their length. So they come in few lengths only.
import { type Bytes, concat, number, numberAt } from "./bytes.ts";

/** The lengths there are; what is longer grows by the last one. */
export const BUCKETS: readonly number[] = [256, 1_024, 4_096, 16_384, 61_440];

/** The content with its length before it, filled up to a bucket. */
export function pad(content: Uint8Array): Bytes {
  const needed = content.length + 4;
  const largest = BUCKETS.at(-1) ?? needed;
  const length = BUCKETS.find((bucket) => needed <= bucket) ?? Math.ceil(needed / largest) * largest;
  return concat(number(content.length), content, new Uint8Array(length - needed));
}

/** What was filled up. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (padded.length < 4) return undefined;
  const length = numberAt(padded, 0);
  return length <= padded.length - 4 ? padded.subarray(4, 4 + length) : undefined;
}
