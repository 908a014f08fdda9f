// The way into the room: the signed right and the room secret, out of the address. They leave the address at once and stay
// with this tab alone, in the state of its history entry, so that a reload comes back; leaving wipes them.
import { type Bytes, fromBase64, newId, text } from "../bytes.ts";
import { fields, plainId, plainName } from "../plain.ts";
import type { Role } from "../protocol.ts";

/** What opens a room. */
export interface Right {
  /** The signed right, as it is sent. */
  entry: string;
  room: string;
  role: Role;
  secret: Bytes;
  /** Whether they agreed to see each other. */
  video: boolean;
  /** Of a guest: by what this tab is known again, made by chance when the link was opened. */
  holder: string | undefined;
  /** Of a seeker: the centre's number. Only once the room has accepted the right it is what the centre says. */
  phone: string | undefined;
  /** Whether the link was opened just now, and not before a reload. */
  fresh: boolean;
}

/** Stands before a right whose people agreed to see each other. */
const VIDEO = "v~";
/** A number as phones dial it. */
const NUMBER = /^\+?\d{3,16}$/;
const ROLES: readonly Role[] = ["host", "seeker", "guest"];

/** The right in the address, or the one this tab had before a reload; `undefined` without one, `broken` if it is none. */
export function takeRight(): Right | "broken" | undefined {
  const fragment = location.hash.slice(1) || keptFragment();
  if (!fragment) return undefined;
  const video = fragment.startsWith(VIDEO) ? VIDEO : "";
  const [entry, secret, ...rest] = fragment.slice(video.length).split("~");
  const name = rest.join("~");
  const right = readRight(`${video}${entry}~${secret}`);
  // A guest's link is good for the tab that comes with it first: the value stands after the secret from now on.
  const fresh = right !== "broken" && right.role === "guest" && right.fresh;
  if (fresh) right.holder = newId();
  const talk = `${video}${entry}~${secret}${fresh ? `.${right.holder}` : ""}`;
  const state = right === "broken" ? null : { talk, name: name && decoded(name) };
  history.replaceState(state, "", location.pathname + location.search);
  return right;
}

/** What is in a right. Whether it is signed, and whether it holds now, only the room knows. */
export function readRight(fragment: string): Right | "broken" {
  const video = fragment.startsWith(VIDEO);
  const [entry, secrets] = fragment.slice(video ? VIDEO.length : 0).split("~");
  const [secret, holder] = (secrets ?? "").split(".");
  const said = entry?.split(".")[0] ?? "";
  const bytes = fromBase64(said);
  const known = fields(bytes && text(bytes));
  const key = fromBase64(secret);
  const { room, role, phone } = known ?? {};
  const whole = entry && key?.length === 32 && typeof room === "string";
  if (!whole || !ROLES.includes(role as Role)) return "broken";
  return {
    ...{ entry, room, role: role as Role, secret: key, video, holder: plainId(holder), fresh: !holder },
    phone: typeof phone === "string" && NUMBER.test(phone) ? phone : undefined,
  };
}

/** Right and name, to take them along to the same page in another language; empty when there is no right. */
export function keptFragment(): string {
  const kept: unknown = history.state?.talk;
  if (typeof kept !== "string") return "";
  const name = keptName();
  return name ? `${kept}~${encodeURIComponent(name)}` : kept;
}

/** The name that was chosen before a reload. */
export function keptName(): string | undefined {
  return plainName(history.state?.name);
}

/** Remembers the name for a reload of this tab. */
export function keepName(name: string): void {
  history.replaceState({ ...history.state, name }, "");
}

/** Nothing opens this room from this tab any more. */
export function dropRight(): void {
  history.replaceState(null, "");
}

function decoded(name: string): string | undefined {
  try {
    return plainName(decodeURIComponent(name));
  } catch {
    return undefined;
  }
}
