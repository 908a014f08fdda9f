// What is said on the socket of a conversation. Made from services/chat/src/protocol.rs by `make protocol`.

export const VERSION = 1;

/** Longest sealed bytes as text. */
export const LONGEST_BODY = 90000;

/** Longest sealed letter as text. */
export const LONGEST_LETTER = 16384;

/** Longest description of a connection. */
export const LONGEST_SDP = 65536;

/**
 * Who somebody is in a room, given by the room when she comes in. Unique in a room; a reload gets another one.
 */
export type Member = number;

/**
 * Sealed bytes as text (base64 with padding).
 */
export type Body = string;

/**
 * What proves something: a ticket, or who one was.
 */
export type Token = string;

/**
 * What a client says.
 */
export type Say = { "say": "hello", 
/**
 * [`VERSION`] of the client.
 */
version: number, 
/**
 * The single-use ticket.
 */
ticket: Token, 
/**
 * To go on as who one was; without it one comes as somebody new.
 */
resume?: Resume | null, } | { "say": "knock", 
/**
 * The sealed letter.
 */
letter: Body, } | { "say": "send", 
/**
 * The sender's own number: 1, 2, 3 …
 */
n: number, 
/**
 * For one member only (who may still be waiting); without it for everybody inside.
 */
to?: Member | null, 
/**
 * What the sealed bytes are.
 */
kind: Kind, 
/**
 * The sealed bytes.
 */
body: Body, } | { "say": "commit", 
/**
 * The sender's own number, in one row with [`Say::Send`].
 */
n: number, 
/**
 * The epoch this follows. A group begins with the next generation (the first is 1) and epoch 0; the keeper is in
 * it by that. Taken, the group stands one epoch further.
 */
after: Epoch, 
/**
 * The MLS commit for those who were in the group already. Empty when nobody was.
 */
body: Body, 
/**
 * Who comes in by it, with the sealed MLS Welcome.
 */
admit: Array<Admission>, 
/**
 * Who is no longer in it.
 */
remove: Array<Member>, } | { "say": "seen", 
/**
 * The highest `seq`.
 */
upto: number, } | { "say": "decline", 
/**
 * Who.
 */
member: Member, 
/**
 * Sealed words.
 */
letter: Body, } | { "say": "remove", 
/**
 * Who.
 */
member: Member, 
/**
 * Whether she may not come back.
 */
ban: boolean, } | { "say": "lock", 
/**
 * Whether it is locked.
 */
locked: boolean, } | { "say": "ways", } | { "say": "call", 
/**
 * What.
 */
about: CallSay, } | { "say": "leave", } | { "say": "end", } | { "say": "beat", };

/**
 * What was kept in order to go on.
 */
export type Resume = { 
/**
 * Who one was.
 */
member: Member, 
/**
 * What proves it; from [`Hear::Inside`].
 */
secret: Token, 
/**
 * The highest `seq` that has arrived.
 */
seen: number, };

/**
 * What sealed bytes are, as far as the room has to know: nothing but how they are sealed.
 */
export type Kind = "message" | "part" | "letter";

/**
 * Where the group stands.
 */
export type Epoch = { 
/**
 * Grows when a host begins a new group, because the old one's keys are gone.
 */
generation: number, 
/**
 * Grows with each commit.
 */
epoch: number, };

/**
 * Somebody who comes in by a commit.
 */
export type Admission = { 
/**
 * Who.
 */
member: Member, 
/**
 * The MLS Welcome, sealed under the room secret.
 */
welcome: Body, };

/**
 * What somebody may do.
 */
export type Role = "host" | "seeker" | "guest";

/**
 * Where somebody stands.
 */
export type Standing = "waiting" | "inside";

/**
 * Somebody in the room, as others see her.
 */
export type Person = { 
/**
 * Who.
 */
member: Member, 
/**
 * What she may do.
 */
role: Role, 
/**
 * Where she stands.
 */
standing: Standing, 
/**
 * Whether her connection is there.
 */
connected: boolean, 
/**
 * Whether her seat had been let in before: then a host's page lets her in again without asking.
 */
known: boolean, 
/**
 * Her sealed letter, if she has knocked; for hosts, and among those inside.
 */
letter?: Body | null, };

/**
 * What of a person is seen or heard.
 */
export type Source = "microphone" | "camera" | "screen" | "screen_sound";

/**
 * One of the two connections between a browser and the engine.
 */
export type Direction = "up" | "down";

/**
 * A medium a browser sends, by its line in the description.
 */
export type Sending = { 
/**
 * `a=mid` of its line.
 */
mid: string, 
/**
 * What it is.
 */
source: Source, };

/**
 * A medium the engine forwards, by its line in the description.
 */
export type Forwarding = { 
/**
 * `a=mid` of its line.
 */
mid: string, 
/**
 * Whose it is.
 */
from: number, 
/**
 * What it is.
 */
source: Source, };

/**
 * How large somebody's picture is drawn. What is not drawn is not sent.
 */
export type Drawn = { 
/**
 * Whose.
 */
from: number, 
/**
 * Which picture of hers.
 */
source: Source, 
/**
 * Its height in device pixels.
 */
height: number, };

/**
 * A server that finds or relays a way between browsers, as `RTCPeerConnection` wants it.
 */
export type IceServer = { 
/**
 * Addresses of it: `stun:…`, `turn:…`, `turns:…`.
 */
urls: Array<string>, 
/**
 * The name that opens it; without one it is open to everybody.
 */
username?: string, 
/**
 * What belongs to the name.
 */
credential?: string, };

/**
 * What a browser says to the engine.
 */
export type CallSay = { "call": "offer", 
/**
 * The description.
 */
sdp: string, 
/**
 * What is sent on which line.
 */
sends: Array<Sending>, } | { "call": "answer", 
/**
 * Which offer it answers.
 */
revision: number, 
/**
 * The description.
 */
sdp: string, } | { "call": "draw", 
/**
 * The pictures.
 */
pictures: Array<Drawn>, } | { "call": "restart", } | { "call": "stop", };

/**
 * What a browser hears from the engine. Its descriptions hold all candidates: nothing trickles.
 */
export type CallHear = { "call": "answer", 
/**
 * The description.
 */
sdp: string, } | { "call": "offer", 
/**
 * Grows with each offer.
 */
revision: number, 
/**
 * The description.
 */
sdp: string, 
/**
 * What is forwarded on which line.
 */
forwards: Array<Forwarding>, } | { "call": "held", 
/**
 * Whose and which.
 */
pictures: Array<[number, Source]>, } | { "call": "failed", 
/**
 * Which.
 */
direction: Direction, } | { "call": "refused", } | { "call": "full", };

/**
 * What a client hears.
 */
export type Hear = { "hear": "inside", 
/**
 * Who one is.
 */
member: Member, 
/**
 * What one may do.
 */
role: Role, 
/**
 * What [`Resume`] asks for.
 */
secret: Token, 
/**
 * Whether one goes on as who one was. If not, keys and numbers begin anew.
 */
resumed: boolean, 
/**
 * The highest `n` the room has taken from this member: what was sent after it is sent again.
 */
taken: number, 
/**
 * In how many milliseconds the room closes by itself: clocks of devices are often wrong.
 */
closes_in: number, 
/**
 * Where the group stands; nothing before the first group.
 */
group?: Epoch | null, 
/**
 * The keeper of the group: the host who commits.
 */
keeper?: Member | null, 
/**
 * Whether new people may knock.
 */
locked: boolean, 
/**
 * Everybody there is to see, oneself among them.
 */
people: Array<Person>, } | { "hear": "taken", 
/**
 * The sender's number.
 */
n: number, } | { "hear": "full", 
/**
 * The first number that was not taken.
 */
n: number, } | { "hear": "space", } | { "hear": "refused", 
/**
 * The sender's number.
 */
n: number, 
/**
 * Why.
 */
why: Refusal, } | { "hear": "message", 
/**
 * The room's number.
 */
seq: number, 
/**
 * From whom.
 */
from: Member, 
/**
 * How it is sealed.
 */
kind: Kind, 
/**
 * The sealed bytes.
 */
body: Body, } | { "hear": "commit", 
/**
 * The room's number.
 */
seq: number, 
/**
 * From whom.
 */
from: Member, 
/**
 * The epoch after it.
 */
group: Epoch, 
/**
 * For who comes in by it: the sealed Welcome. For everybody else the commit.
 */
body: Body, 
/**
 * Whether `body` is a Welcome for the one who hears it.
 */
welcome: boolean, } | { "hear": "person" } & Person | { "hear": "gone", 
/**
 * Who.
 */
member: Member, } | { "hear": "keeper", 
/**
 * Who.
 */
keeper?: Member | null, } | { "hear": "locked", 
/**
 * Whether it is locked.
 */
locked: boolean, } | { "hear": "queue", 
/**
 * How many come before.
 */
ahead: number, 
/**
 * Whether a counsellor looks at the queue.
 */
attended: boolean, 
/**
 * In about how many minutes it may be one's turn; nothing as long as nobody can know.
 */
minutes?: number | null, } | { "hear": "ways", 
/**
 * In the order in which they are tried.
 */
servers: Array<IceServer>, 
/**
 * Whether two people may see and hear each other through a relay only.
 */
relay_only: boolean, 
/**
 * For so many seconds the credentials hold.
 */
holds: number, 
/**
 * Whether there is an engine for calls of three and more.
 */
engine: boolean, } | { "hear": "call", 
/**
 * What.
 */
about: CallHear, } | { "hear": "over", 
/**
 * Why.
 */
why: Ending, 
/**
 * Sealed words of a host who could not talk to her.
 */
letter?: Body | null, } | { "hear": "beat", };

/**
 * Why a message was not taken.
 */
export type Refusal = "stale" | "not_allowed" | "nobody";

/**
 * Why a socket ends.
 */
export type Ending = "left" | "ended" | "closed" | "revoked" | "declined" | "removed" | "elsewhere" | "used" | "locked" | "crowded" | "ticket" | "version" | "protocol" | "too_fast" | "restart";
