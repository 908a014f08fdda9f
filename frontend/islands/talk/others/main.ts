// More than two in a conversation, as a file of its own: asking whether somebody may come, answering that, and raising a hand.
import { Answering } from "./answer.ts";
import { desk } from "./desk.ts";
import { Hands } from "./hands.ts";
import { Host } from "./host.ts";
import type { Around, Others } from "./open.ts";

/** Makes it work on this page. */
export function open(around: Around): Others {
  // Only the page of hosts has what they press.
  const isHost = around.root.querySelector("[data-others-panel]") !== null;
  const parts: Others[] = [new Hands(around), isHost ? new Host(around, desk(around.entry)) : new Answering(around)];
  return {
    heard: (event) => {
      for (const part of parts) part.heard(event);
    },
  };
}
