// From the secret of an epoch to the key of one sender: each person has, for each thing she sends, a key of her own, so
// that no frame of one can be taken for a frame of another. The rest is SFrame (RFC 9605, 4.4) with AES-128-GCM.
import { type Bytes, concat, number, utf8 } from "../../bytes.ts";
import type { Epoch, Member, Source } from "../../protocol.ts";

/** What the secret of an epoch is exported by, out of the group. */
export const FRAMES_LABEL = "anlaufstelle frames";
/** Its length in bytes. */
export const FRAMES_LENGTH = 32;
/** What AES-GCM adds to each frame, in bytes. */
export const TAG = 16;

/** AES_128_GCM_SHA256_128, as RFC 9605 numbers it. */
const SUITE = Uint8Array.of(0, 4);
const SOURCES: readonly Source[] = ["microphone", "camera", "screen", "screen_sound"];

/** What seals and opens under one key. */
export interface FrameKey {
  key: CryptoKey;
  salt: Bytes;
}

/** How an epoch is named in a header: its last bits, which is enough to tell those apart that can be opened. */
export function epochId({ generation, epoch }: Epoch): number {
  return (generation % 256) * 256 + (epoch % 256);
}

/** The name of a key: drawn by who seals with it, so that nobody who begins anew in the same epoch repeats a nonce. */
export function keyId(epoch: number, drawn: number): number {
  return drawn * 65_536 + epoch;
}

/** The epoch in the name of a key. */
export function epochOf(kid: number): number {
  return kid % 65_536;
}

/** The secret of an epoch as a key that can be derived from and never read again. The bytes are overwritten. */
export async function secretKey(secret: Bytes): Promise<CryptoKey> {
  const imported = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits", "deriveKey"]);
  secret.fill(0);
  return imported;
}

/** What the keys of one sender are derived from. */
export async function baseKey(secret: CryptoKey, sender: Member, source: Source): Promise<CryptoKey> {
  const info = concat(utf8(FRAMES_LABEL), number(sender), Uint8Array.of(SOURCES.indexOf(source)));
  return secretKey(new Uint8Array(await crypto.subtle.deriveBits(hkdf(info), secret, 128)));
}

/** The key with this name (RFC 9605, 4.4.2). */
export async function frameKey(base: CryptoKey, kid: number): Promise<FrameKey> {
  const named = concat(number(Math.floor(kid / 2 ** 32)), number(kid % 2 ** 32), SUITE);
  const aes = { name: "AES-GCM", length: 128 };
  const [key, salt] = await Promise.all([
    crypto.subtle.deriveKey(hkdf(concat(utf8("SFrame 1.0 Secret key "), named)), base, aes, false, USES),
    crypto.subtle.deriveBits(hkdf(concat(utf8("SFrame 1.0 Secret salt "), named)), base, 96),
  ]);
  return { key, salt: new Uint8Array(salt) };
}

/** Seals a frame: ciphertext and tag. `open` is what can be read and must not be changed. */
export async function sealWith({ key, salt }: FrameKey, counter: number, open: Bytes, frame: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(aesGcm(salt, counter, open), key, frame));
}

/** Opens a frame, if it was sealed with this key and nothing was changed. */
export async function openWith(
  { key, salt }: FrameKey,
  counter: number,
  open: Bytes,
  sealed: Bytes,
): Promise<Bytes | undefined> {
  return crypto.subtle.decrypt(aesGcm(salt, counter, open), key, sealed).then(
    (frame) => new Uint8Array(frame),
    () => undefined,
  );
}

const USES: readonly KeyUsage[] = ["encrypt", "decrypt"];

function hkdf(info: Bytes): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
}

function aesGcm(salt: Bytes, counter: number, open: Bytes): AesGcmParams {
  const iv = salt.slice();
  const counted = new DataView(iv.buffer);
  counted.setUint32(4, counted.getUint32(4) ^ Math.floor(counter / 2 ** 32));
  counted.setUint32(8, counted.getUint32(8) ^ (counter % 2 ** 32));
  return { name: "AES-GCM", iv, additionalData: open };
}
