// How the page of a conversation and the code of calls meet. That code is a file of its own, loaded when somebody wants a call.
import type { TalkEvent } from "../events.ts";
import type { Says } from "../page/says.ts";
import type { Conversation } from "./call.ts";

/** What the code of calls needs of the conversation. */
export interface Talking extends Conversation {
  hand(up: boolean): void;
}

/** Calls on one page. */
export interface Calling {
  /** Something happened in the conversation. */
  heard(event: TalkEvent): void;
  /** A button of calls was pressed (`data-do="call-…"`). */
  pressed(deed: string, button: HTMLElement): void;
}

/** What the file exports. */
export interface CallModule {
  open(root: HTMLElement, says: Says, talk: () => Talking | undefined): Calling;
}
