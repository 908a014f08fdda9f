// The header of a sealed frame, as SFrame (RFC 9605, 4.3) writes it: which key, and the how-manyth frame under it.

/** A header that was read. */
export interface Header {
  /** Names the key. */
  kid: number;
  /** Counts the frames under the key; the nonce is made of it. */
  counter: number;
  /** Of the header itself, in bytes. */
  length: number;
}

/** The header's bytes. Both numbers are whole and below 2^53. */
export function writeHeader(kid: number, counter: number): Uint8Array {
  const [key, count] = [field(kid), field(counter)];
  return Uint8Array.of((key.bits << 4) | count.bits, ...key.bytes, ...count.bytes);
}

/** The header that begins at this place. Nothing if it is cut short, longer than it needs to be or larger than anybody writes. */
export function readHeader(bytes: Uint8Array, at: number): Header | undefined {
  const config = bytes[at];
  if (config === undefined) return undefined;
  const key = read(bytes, at + 1, config >> 4);
  const count = key && read(bytes, key.end, config & 0x0f);
  return count && { kid: key.value, counter: count.value, length: count.end - at };
}

/** A number: below 8 in three bits, else their count of bytes less one, and the bytes. */
function field(value: number): { bits: number; bytes: number[] } {
  if (value < 8) return { bits: value, bytes: [] };
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return { bits: 8 | (bytes.length - 1), bytes };
}

function read(bytes: Uint8Array, at: number, bits: number): { value: number; end: number } | undefined {
  if (bits < 8) return { value: bits, end: at };
  const end = at + (bits & 7) + 1;
  if (end > bytes.length) return undefined;
  let value = 0;
  for (const byte of bytes.subarray(at, end)) value = value * 256 + byte;
  const shortest = value >= 8 && bytes[at] !== 0;
  return shortest && Number.isSafeInteger(value) ? { value, end } : undefined;
}
