// What the page and the worker that seals frames say to each other.
import type { Member, Source } from "../../protocol.ts";
import type { Trouble } from "./seal.ts";

/** What the page says. */
export type ToWorker =
  /** Who one is; the first word. */
  | { say: "me"; member: Member }
  /** The keys of a new epoch, by its name in headers. */
  | { say: "epoch"; id: number; secret: CryptoKey }
  /** Asks for {@link Counts}. */
  | { say: "count" };

/** What the worker says. */
export type FromWorker =
  /** Frames of somebody cannot be opened, or can be again. */
  { say: "unreadable"; from: Member; source: Source; unreadable: boolean } | { say: "counts"; counts: Counts };

/** How many frames went through, and how many were dropped and why. */
export interface Counts {
  sealed: number;
  opened: number;
  dropped: Record<Trouble, number>;
}

/** What a transform is for. */
export type Task = { seals: Source } | { opens: Source; from: Member };
