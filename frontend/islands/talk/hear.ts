// Reads what a room says. A relay that says something else than the protocol is not heard: what comes out of here has the
// types it says it has.
import { fields, plainNumber } from "./plain.ts";
import type { CallHear, Epoch, Forwarding, Hear, IceServer, Person } from "./protocol.ts";

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

const list =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(test);
/** One of several shapes, by the word in the field `tag`. */
const tagged =
  (tag: string, shapes: Readonly<Record<string, Readonly<Record<string, Test>>>>): Test =>
  (value) => {
    const word = (value as Said | null | undefined)?.[tag];
    return typeof word === "string" && Object.hasOwn(shapes, word) && has(shapes[word] ?? {})(value);
  };

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

const isSource = oneOf("microphone", "camera", "screen", "screen_sound");
const isServer = has({ urls: list(isText), username: maybe(isText), credential: maybe(isText) } satisfies Record<
  keyof IceServer,
  Test
>);
const isForwarding = has({ mid: isText, from: isMember, source: isSource } satisfies Record<keyof Forwarding, Test>);
const isPicture: Test = (value) =>
  Array.isArray(value) && value.length === 2 && isMember(value[0]) && isSource(value[1]);

type CallShapes = {
  [Word in CallHear["call"]]: Record<Exclude<keyof Extract<CallHear, { call: Word }>, "call">, Test>;
};

const CALL: CallShapes = {
  answer: { sdp: isText },
  offer: { revision: isMember, sdp: isText, forwards: list(isForwarding) },
  held: { pictures: list(isPicture) },
  failed: { direction: oneOf("up", "down") },
  refused: {},
  full: {},
};

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
    people: list(isPerson),
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
  ways: { servers: list(isServer), relay_only: isTruth, holds: isMember, engine: isTruth },
  call: { about: tagged("call", CALL) },
  over: { why: isText, letter: maybe(isText) },
  beat: {},
};

const isHear = tagged("hear", SHAPES);

/** What was said, if it is something of the protocol. */
export function readHear(text: string): Hear | undefined {
  const said = fields(text);
  return isHear(said) ? (said as unknown as Hear) : undefined;
}
