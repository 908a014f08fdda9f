// What may be in a text, a name, an id: the same for letters and messages. What breaks a rule does not reach the page.

/** Longest text, in characters as people count them (code points). */
export const LONGEST_TEXT = 4_000;

/** Longest name of a person or a file. */
export const LONGEST_NAME = 40;

/** Longest words to somebody who waits. */
export const LONGEST_NOTE = 800;

// Line breaks and tabs belong to texts; other control characters and halves of characters belong nowhere.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u;
// In a name, marks that turn the direction round could make it look like another one.
const IN_NAMES = /[\t\n\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** A text that may be shown: not empty, not too long, no control characters. */
export function plainText(value: unknown, longest = LONGEST_TEXT): string | undefined {
  if (typeof value !== "string" || value.length > longest * 2 || !value.trim()) return undefined;
  return [...value].length <= longest && !CONTROL.test(value) ? value : undefined;
}

/** A name that may be shown. */
export function plainName(value: unknown): string | undefined {
  const name = plainText(value, LONGEST_NAME);
  return name !== undefined && !IN_NAMES.test(name) ? name.trim() : undefined;
}

/** An id made by `newId`. */
export function plainId(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w-]{16}$/.test(value) ? value : undefined;
}

/** A whole number from 0 on, not above this. */
export function plainNumber(value: unknown, highest: number): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= highest
    ? (value as number)
    : undefined;
}

/** The fields of an object; nothing for everything else. */
export function fields(json: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
