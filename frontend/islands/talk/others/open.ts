// How the page of a conversation and the code for more than two meet. That code is a file of its own, loaded when it is needed.
import type { Snapshot, TalkEvent } from "../events.ts";
import type { Says } from "../page/says.ts";

/** What that code needs of the conversation. */
export interface Talking {
  readonly snapshot: Snapshot;
  hand(up: boolean): void;
  others(body: string): void;
}

/** What that code needs of the page. */
export interface Around {
  root: HTMLElement;
  says: Says;
  talk: () => Talking | undefined;
  /** One's own signed right. */
  entry: string;
  /** Tells something in the list of messages. */
  note: (words: string) => void;
}

/** More than two on one page. */
export interface Others {
  /** Something happened in the conversation. */
  heard(event: TalkEvent): void;
}

/** What the file exports. */
export interface OthersModule {
  open(around: Around): Others;
}
