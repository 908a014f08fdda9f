// The one cipher suite of conversations: X25519, AES-128-GCM, SHA-256, Ed25519 (number 1 of RFC 9420), all of it in the
// browser's own WebCrypto. The library's provider knows nineteen and would bring their code along.
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import type { CiphersuiteImpl, Signature } from "ts-mls";
import { makeHashImpl } from "ts-mls/crypto/implementation/default/makeHashImpl.js";
import { makeKdfImpl } from "ts-mls/crypto/implementation/default/makeKdfImpl.js";
import { makeGenericHpke } from "ts-mls/crypto/implementation/hpke.js";
import { type Bytes, own, random } from "./bytes.ts";

/** The name of the suite. */
export const SUITE = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519";

const ed25519: Signature = {
  async sign(key, message) {
    const signing = await crypto.subtle.importKey("pkcs8", own(key), "Ed25519", false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("Ed25519", signing, own(message)));
  },
  async verify(key, message, signature) {
    const verifying = await crypto.subtle.importKey("raw", own(key), "Ed25519", false, ["verify"]);
    return crypto.subtle.verify("Ed25519", verifying, own(signature), own(message));
  },
  async keygen() {
    const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
    const [publicKey, signKey] = await Promise.all([
      crypto.subtle.exportKey("raw", pair.publicKey),
      crypto.subtle.exportKey("pkcs8", pair.privateKey),
    ]);
    return { publicKey: new Uint8Array(publicKey), signKey: new Uint8Array(signKey) };
  },
};

const aead = {
  async encrypt(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Promise<Bytes> {
    const sealing = await crypto.subtle.importKey("raw", own(key), "AES-GCM", false, ["encrypt"]);
    const how = { name: "AES-GCM", iv: own(nonce), additionalData: own(aad) };
    return new Uint8Array(await crypto.subtle.encrypt(how, sealing, own(plain)));
  },
  async decrypt(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Bytes> {
    const opening = await crypto.subtle.importKey("raw", own(key), "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: own(nonce), additionalData: own(aad) };
    return new Uint8Array(await crypto.subtle.decrypt(how, opening, own(sealed)));
  },
};

let made: Promise<CiphersuiteImpl> | undefined;

/** The suite, made once. */
export function suite(): Promise<CiphersuiteImpl> {
  made ??= make();
  return made;
}

async function make(): Promise<CiphersuiteImpl> {
  const hpke = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
  return {
    name: SUITE,
    hash: makeHashImpl(crypto.subtle, "SHA-256"),
    kdf: makeKdfImpl(new HkdfSha256()),
    hpke: await makeGenericHpke({ kem: "DHKEM-X25519-HKDF-SHA256", kdf: "HKDF-SHA256", aead: "AES128GCM" }, aead, hpke),
    signature: ed25519,
    rng: { randomBytes: random },
  };
}

/**
 * Whether this browser can do it: asked by doing it, because versions say little (X25519 and Ed25519 came with Safari 17,
 * Firefox 130 and Chrome 137, and only where the connection is secure).
 */
export async function supported(): Promise<boolean> {
  try {
    if (!globalThis.crypto?.subtle) return false;
    const { hpke, signature } = await suite();
    const [keys, signing] = [await hpke.generateKeyPair(), await signature.keygen()];
    const message = random(8);
    const { ct, enc } = await hpke.seal(keys.publicKey, message, message);
    const opened = await hpke.open(keys.privateKey, enc, ct, message);
    return await signature.verify(signing.publicKey, opened, await signature.sign(signing.signKey, message));
  } catch {
    return false;
  }
}
