// What is said of a call inside the group. It comes from a member, not from a friend of this page: what breaks a rule gives
// nothing, and nothing here throws.
import { fields, plainNumber } from "../plain.ts";
import type { Source } from "../protocol.ts";

/** All that can be seen or heard of a person. */
export const SOURCES: readonly Source[] = ["microphone", "camera", "screen", "screen_sound"];

/** What somebody does at the moment: said whenever it changes, and to who comes. */
export interface Shows {
  say: "shows";
  /** Whether she is in the call. */
  call: boolean;
  /** Whether she has the field for text that others read while she types. */
  text: boolean;
  /** What can be seen or heard of her. */
  sources: readonly Source[];
}

/** The parts of the connection between two people; for one of them alone. */
export interface Signal {
  say: "signal";
  /** Which connection between the two: the highest counts, and lower ones are past. */
  life: number;
  /** The sender's number in this life, from 1. What comes again is not heard again. */
  n: number;
  description?: { type: "offer" | "answer"; sdp: string };
  /** With an answer: the number of the offer it answers. */
  answers?: number;
  /** With a description: what its sender sends, by `a=mid`. */
  media?: readonly (readonly [mid: string, source: Source])[];
  candidates?: readonly Candidate[];
}

/** An address at which somebody can be reached, in the browser's words. */
export interface Candidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
  usernameFragment: string | null;
}

/** Something said of a call. */
export type Said =
  | Shows
  | Signal
  /** A host asks one person to be quiet; her page turns her microphone off and says so. */
  | { say: "hush" };

const LONGEST_LIFE = 0xffff_ffff;
const LONGEST_CANDIDATE = 1_024;
const MOST_CANDIDATES = 64;
const MOST_LINES = 32;

/** The text that is sent. */
export function write(said: Said): string {
  return JSON.stringify(said);
}

/** What was said, if it keeps the rules. */
export function read(text: string): Said | undefined {
  const said = fields(text);
  switch (said?.["say"]) {
    case "hush":
      return { say: "hush" };
    case "shows": {
      const { call, text, sources } = said;
      const known = list(sources, SOURCES.length, source);
      return typeof call === "boolean" && typeof text === "boolean" && known
        ? { say: "shows", call, text, sources: known }
        : undefined;
    }
    case "signal":
      return signal(said);
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function signal(said: Fields): Signal | undefined {
  const life = plainNumber(said["life"], LONGEST_LIFE);
  const n = plainNumber(said["n"], LONGEST_LIFE);
  const read: Partial<Signal> = {};
  const takes = <K extends keyof Signal>(key: K, value: Signal[K] | undefined): boolean => {
    if (said[key] === undefined) return true;
    if (value === undefined) return false;
    read[key] = value;
    return true;
  };
  const whole =
    takes("description", description(said["description"])) &&
    takes("answers", plainNumber(said["answers"], LONGEST_LIFE)) &&
    takes("media", list(said["media"], MOST_LINES, line)) &&
    takes("candidates", list(said["candidates"], MOST_CANDIDATES, candidate));
  return life && n && whole ? { say: "signal", life, n, ...read } : undefined;
}

function list<T>(value: unknown, most: number, one: (value: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined;
  const all: T[] = [];
  for (const each of value) {
    const read = one(each);
    if (read === undefined) return undefined;
    all.push(read);
  }
  return all;
}

function source(value: unknown): Source | undefined {
  return SOURCES.find((one) => one === value);
}

function description(value: unknown): Signal["description"] {
  const { type, sdp } = (typeof value === "object" && value !== null ? value : {}) as Fields;
  return (type === "offer" || type === "answer") && typeof sdp === "string" ? { type, sdp } : undefined;
}

function line(value: unknown): readonly [string, Source] | undefined {
  const [mid, what] = Array.isArray(value) ? value : [];
  const known = source(what);
  return typeof mid === "string" && mid.length <= 16 && known ? [mid, known] : undefined;
}

function candidate(value: unknown): Candidate | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = value as Fields;
  const text = (part: unknown): part is string | null =>
    part === null || (typeof part === "string" && part.length <= LONGEST_CANDIDATE);
  const line = sdpMLineIndex === null ? null : plainNumber(sdpMLineIndex, MOST_LINES);
  return typeof candidate === "string" &&
    text(candidate) &&
    text(sdpMid) &&
    text(usernameFragment) &&
    line !== undefined
    ? { candidate, sdpMid, sdpMLineIndex: line, usernameFragment }
    : undefined;
}
