// Who somebody is inside the group. It stands in her MLS credential, so that everybody inside reads the same names, and the
// relay none.
import { type Bytes, own, text, utf8 } from "./bytes.ts";
import {
  decodeMlsMessage,
  encodeMlsMessage,
  generateKeyPackage,
  type KeyPackage,
  type PrivateKeyPackage,
  verifyKeyPackage,
} from "./mls.ts";
import { plainName, plainNumber } from "./plain.ts";
import type { Member, Role } from "./protocol.ts";
import { SUITE, suite } from "./suite.ts";
import { wipeAll } from "./wipe.ts";

/** Somebody inside. */
export interface Leaf {
  /** Who she is in the room. */
  member: Member;
  /** What she may do. */
  role: Role;
  /** What she wants to be called. */
  name: string;
}

/** The keys somebody comes in with; used once. */
export interface Keys {
  leaf: Leaf;
  open: KeyPackage;
  secret: PrivateKeyPackage;
}

const ROLES: readonly Role[] = ["host", "seeker", "guest"];

/** The bytes of a credential. */
export function identity({ member, role, name }: Leaf): Bytes {
  return utf8(JSON.stringify([member, role, name]));
}

/** Who is meant by a credential. */
export function leafOf(credential: { credentialType: string; identity?: Uint8Array }): Leaf | undefined {
  if (credential.credentialType !== "basic" || !credential.identity) return undefined;
  try {
    const said: unknown = JSON.parse(text(credential.identity) ?? "");
    if (!Array.isArray(said) || said.length !== 3) return undefined;
    const member = plainNumber(said[0], 0xffff_ffff);
    const role = ROLES.find((one) => one === said[1]);
    const name = plainName(said[2]);
    return member !== undefined && role && name ? { member, role, name } : undefined;
  } catch {
    return undefined;
  }
}

/** New keys for somebody. */
export async function newKeys(leaf: Leaf): Promise<Keys> {
  const capabilities = {
    versions: ["mls10" as const],
    ciphersuites: [SUITE],
    extensions: [],
    proposals: [],
    credentials: ["basic" as const],
  } satisfies Parameters<typeof generateKeyPackage>[1];
  // A right to enter ends sooner than any lifetime, and clocks of old devices are wrong.
  const lifetime = { notBefore: 0n, notAfter: 9_223_372_036_854_775_807n };
  const credential = { credentialType: "basic" as const, identity: identity(leaf) };
  const made = await generateKeyPackage(credential, capabilities, lifetime, [], await suite());
  return { leaf, open: made.publicPackage, secret: made.privatePackage };
}

/** The open half, for a letter. */
export function packed(keys: Keys): Bytes {
  return own(encodeMlsMessage({ version: "mls10", wireformat: "mls_key_package", keyPackage: keys.open }));
}

/** The open half out of a letter, if it is signed and says that it belongs to this person. */
export async function unpacked(bytes: Uint8Array, whose: Leaf): Promise<KeyPackage | undefined> {
  try {
    const message = decodeMlsMessage(bytes, 0)?.[0];
    if (message?.wireformat !== "mls_key_package" || message.keyPackage.cipherSuite !== SUITE) return undefined;
    const leaf = leafOf(message.keyPackage.leafNode.credential);
    if (!leaf || leaf.member !== whose.member || leaf.role !== whose.role || leaf.name !== whose.name) return undefined;
    return (await verifyKeyPackage(message.keyPackage, (await suite()).signature)) ? message.keyPackage : undefined;
  } catch {
    return undefined;
  }
}

/** Overwrites keys that were not or are no longer needed. */
export function wipeKeys(keys: Keys | undefined): void {
  wipeAll(keys?.secret);
}
