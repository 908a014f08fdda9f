// Keys lie in nested objects of the library. This overwrites all bytes in them. Copies that the browser made of them, and
// strings, are out of reach: memory is given back, not scrubbed.

/** Overwrites every byte array in what is given. */
export function wipeAll(secrets: unknown): void {
  if (secrets instanceof Uint8Array) secrets.fill(0);
  else if (secrets instanceof Map || Array.isArray(secrets)) for (const secret of secrets.values()) wipeAll(secret);
  else if (typeof secrets === "object" && secrets !== null) wipeAll(Object.values(secrets));
}
