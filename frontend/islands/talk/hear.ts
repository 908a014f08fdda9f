// Reads what a room says. A relay that says something else than the protocol is not heard: what comes out of here has the
// types it says it has.
import { fields, plainNumber } from "./plain.ts";
import type { Epoch, Hear, Person } from "./protocol.ts";

type Said = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

const LARGEST = Number.MAX_SAFE_INTEGER;
const isText: Test = (value) => typeof value === "string";
const isTruth: Test = (value) => typeof value === "boolean";
const isNumber: Test = (value) => plainNumber(value, LARGEST) !== undefined;
const isMember: Test = (value) => plainNumber(value, 0xffff_ffff) !== undefined;
const oneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    words.includes(value as string);
const maybe =
  (test: Test): Test =>
  (value) =>
    value === null || value === undefined || test(value);
const has =
  (shape: Readonly<Record<string, Test>>): Test =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(shape).every(([field, test]) => test((value as Said)[field]));

const isEpoch = has({ generation: isMember, epoch: isMember } satisfies Record<keyof Epoch, Test>);
const isRole = oneOf("host", "seeker", "guest");
const person = {
  member: isMember,
  role: isRole,
  standing: oneOf("waiting", "inside"),
  connected: isTruth,
  known: isTruth,
  letter: maybe(isText),
} satisfies Record<keyof Person, Test>;
const isPerson = has(person);

type Shapes = { [Word in Hear["hear"]]: Record<Exclude<keyof Extract<Hear, { hear: Word }>, "hear">, Test> };

const SHAPES: Shapes = {
  inside: {
    member: isMember,
    role: isRole,
    secret: isText,
    resumed: isTruth,
    taken: isMember,
    closes_in: isNumber,
    group: maybe(isEpoch),
    keeper: maybe(isMember),
    locked: isTruth,
    people: (value) => Array.isArray(value) && value.every(isPerson),
  },
  taken: { n: isMember },
  full: { n: isMember },
  space: {},
  refused: { n: isMember, why: isText },
  message: { seq: isNumber, from: isMember, kind: oneOf("message", "part", "letter"), body: isText },
  commit: { seq: isNumber, from: isMember, group: isEpoch, body: isText, welcome: isTruth },
  person,
  gone: { member: isMember },
  keeper: { keeper: maybe(isMember) },
  locked: { locked: isTruth },
  queue: { ahead: isMember, attended: isTruth, minutes: maybe(isMember) },
  over: { why: isText, letter: maybe(isText) },
  beat: {},
};

/** What was said, if it is something of the protocol. */
export function readHear(text: string): Hear | undefined {
  const said = fields(text);
  const word = said?.["hear"];
  if (typeof word !== "string" || !Object.hasOwn(SHAPES, word)) return undefined;
  return has(SHAPES[word as Hear["hear"]])(said) ? (said as unknown as Hear) : undefined;
}
