// What would be wrong if a check were missing. Each takes one check away; a test then has to see the harm.
import { vi } from "vitest";
import { Group } from "../group.ts";
import { suite } from "../suite.ts";

/** Letters and files are bound to nothing. */
export function unbound(): void {
  const { subtle } = crypto;
  for (const word of ["encrypt", "decrypt"] as const) {
    const real = subtle[word].bind(subtle);
    vi.spyOn(subtle, word).mockImplementation((how, key, data) => {
      const { additionalData: _, ...rest } = how as AesGcmParams;
      return real(rest, key, data);
    });
  }
}

/** Whether something was changed on the way is not checked: neither the tag of what is sealed nor the signature. */
export async function unchecked(): Promise<void> {
  const { subtle } = crypto;
  const raw = new WeakMap<CryptoKey, BufferSource>();
  const [importing, decrypting] = [subtle.importKey.bind(subtle), subtle.decrypt.bind(subtle)] as const;
  vi.spyOn(subtle, "importKey").mockImplementation((async (...given: Parameters<typeof importing>) => {
    const [bytes] = [given[1] as unknown as Uint8Array<ArrayBuffer>];
    const copy = bytes instanceof Uint8Array ? bytes.slice() : undefined;
    const key = await importing(...given);
    if (copy) raw.set(key, copy);
    return key;
  }) as typeof importing);
  vi.spyOn(subtle, "decrypt").mockImplementation(async (how, key, data) => {
    const bytes = raw.get(key);
    if (!bytes) return decrypting(how, key, data);
    // GCM without its tag is counting from two.
    const counter = new Uint8Array(16);
    counter.set((how as AesGcmParams).iv as Uint8Array);
    counter[15] = 2;
    const counting = await importing("raw", bytes, "AES-CTR", false, ["decrypt"]);
    const sealed = data as Uint8Array<ArrayBuffer>;
    return decrypting({ name: "AES-CTR", counter, length: 32 }, counting, sealed.subarray(0, sealed.length - 16));
  });
  vi.spyOn((await suite()).signature, "verify").mockResolvedValue(true);
}

/** Who says something is not compared with who the room says it is. */
export function unnamed(): void {
  const open = Group.prototype.open;
  vi.spyOn(Group.prototype, "open").mockImplementation(async function (this: Group, bytes, from) {
    const last = this.members().at(-1)?.member ?? from;
    return open.call(this, bytes, last);
  });
}

/** Nobody counts what others say. */
export function uncounted(): void {
  const open = Group.prototype.open;
  vi.spyOn(Group.prototype, "open").mockImplementation(async function (this: Group, bytes, from) {
    return { ...(await open.call(this, bytes, from)), gap: false };
  });
}

/** Anybody's commit is taken over, whoever the room says it is from. */
export function unled(): void {
  const follow = Group.prototype.follow;
  vi.spyOn(Group.prototype, "follow").mockImplementation(function (this: Group, bytes, _from, stands) {
    const host = this.members().find(({ role }) => role === "host");
    return follow.call(this, bytes, host?.member ?? 0, stands);
  });
}
