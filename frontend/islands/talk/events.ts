// What a page gives to a conversation, and what it is told.
import type { Bytes } from "./bytes.ts";
import type { Redraw } from "./file.ts";
import type { Leaf } from "./leaf.ts";
import type { Wants } from "./letter.ts";
import type { LineState } from "./line.ts";
import type { CallHear, Ending, Hear, Member, Role } from "./protocol.ts";
import type { World } from "./world.ts";

/** Something that an honest room never does. The page says so and stays careful; nothing doubtful is shown. */
export type Alarm =
  /** A letter that was forged, changed, or put in another's place. */
  | "letter"
  /** A welcome that does not hold. */
  | "welcome"
  /** A message that cannot be opened, or was said twice. */
  | "damaged"
  /** A message or a change of the group by another than the room says, or by one who may not. */
  | "sender"
  /** Something is missing, or comes out of order. */
  | "order"
  /** The group is not where the room says it is. */
  | "epoch"
  /** Somebody cheats at the words to compare. */
  | "words"
  /** A file that is not what was offered. */
  | "file"
  /** What was opened breaks the rules of contents. */
  | "content";

/** Somebody before the door, for hosts. */
export interface Waiting {
  member: Member;
  role: Role;
  connected: boolean;
  /** Had been inside before: comes in by itself. */
  known: boolean;
  /** What the letter says; nothing before it is there, or if it does not hold. */
  letter: { name: string; wants: Wants } | undefined;
  /** A letter is there and does not hold: she cannot be let in. */
  doubtful: boolean;
}

/** How it stands. */
export interface Snapshot {
  line: LineState;
  /** `waiting`: before the door. `inside`: in the group, and what is said is sealed for those in `inside`. */
  stage: "arriving" | "waiting" | "inside" | "over";
  me: Leaf | undefined;
  /** Everybody who can read along, out of the group's own keys and not as the room says; oneself first. */
  inside: (Leaf & { connected: boolean; hand: boolean })[];
  waiting: Waiting[];
  /** Whether a host is there, inside or not. */
  hostThere: boolean;
  keeper: boolean;
  locked: boolean;
  /** Where one is in the queue of an open consultation hour; counts while no host is there. */
  queue: Extract<Hear, { hear: "queue" }> | undefined;
  /** When the room closes by itself, on the world's clock. */
  closes: number | undefined;
  /** The places of the words to compare in the lists; anew with each change of who is inside. */
  words: readonly number[] | undefined;
  alarms: ReadonlySet<Alarm>;
}

/** Which ways there are for a call. */
export type WaysThere = Extract<Hear, { hear: "ways" }>;

/** What happens. */
export type TalkEvent =
  | { type: "changed" }
  /** Somebody reads along from now on; what was said before, she does not see. */
  | { type: "joined"; who: Leaf }
  | { type: "left"; who: Leaf }
  | { type: "text"; id: string; from: Leaf; text: string; at: number | undefined }
  /** What became of a text of one's own. `sent`: the room has it for everybody inside. */
  | { type: "state"; id: string; state: "waiting" | "sent" }
  | { type: "retract"; id: string; from: Leaf }
  | { type: "typing"; from: Leaf; on: boolean }
  /** A file begins to come, or goes out. */
  | { type: "offer"; id: string; from: Leaf; name: string; size: number; parts: number }
  | { type: "progress"; id: string; done: number; parts: number }
  | { type: "file"; id: string; from: Leaf; name: string; mime: string; bytes: Bytes }
  | { type: "file-stopped"; id: string }
  /** Something of a call, from somebody inside: for everybody, or for this place alone. */
  | { type: "call"; from: Leaf; body: string; alone: boolean }
  /** Something about others who may come in, from somebody inside. */
  | { type: "others"; from: Leaf; body: string }
  /** Something the engine says. */
  | { type: "engine"; about: CallHear }
  /** The answer to `askWays`. */
  | { type: "ways"; ways: WaysThere }
  /** The keys of everybody inside are new: so are those out of `exporter`. */
  | { type: "epoch" }
  /** Kind words of a host to somebody who waits. */
  | { type: "note"; text: string }
  | { type: "alarm"; alarm: Alarm }
  | { type: "over"; why: Ending | "entry"; text: string | undefined };

/** What a conversation begins with. */
export interface TalkOptions {
  /** The signed right to enter. */
  entry: string;
  /** The name of the room in it. */
  room: string;
  /** The secret beside it, 32 bytes. It is overwritten once the keys are made. */
  secret: Bytes;
  role: Role;
  /** What one wants to be called. */
  name: string;
  wants: Wants;
  world: World;
  redraw: Redraw;
  /** Tells others that one is typing. Without a word: hosts do, others do not, because it shows hesitation. */
  typing?: boolean;
  listen: (event: TalkEvent) => void;
  /** Hears of what should never happen; the conversation goes on with new keys. For tests and consoles, not for people. */
  fault?: (error: unknown) => void;
}
