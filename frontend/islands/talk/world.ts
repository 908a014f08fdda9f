// What the connection needs of the world around it. Tests have a world of their own.

/** An open socket. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** What happens to a socket. */
export interface Ears {
  opened(): void;
  heard(text: string): void;
  closed(): void;
}

/** `entry`: the right does not count. `closed` and `revoked`: it does not count any more. */
export type TicketAnswer = { ticket: string } | "entry" | "closed" | "revoked" | "later";

/** Time, chance and network. */
export interface World {
  /** Milliseconds. */
  now(): number;
  /** Does it later; what comes back calls it off. */
  later(milliseconds: number, run: () => void): () => void;
  /** From 0 to below 1. */
  random(): number;
  /** A ticket for this right to enter; `later` if it cannot be said now. */
  ticket(entry: string): Promise<TicketAnswer>;
  /** Opens a socket for a ticket. */
  socket(ears: Ears, ticket: string): Socket;
  /** Calls when the network may be back, or the page is looked at again; what comes back stops that. */
  online(run: () => void): () => void;
}

/** Where a room is asked. */
export const PATHS = { tickets: "/api/v1/talk/tickets", socket: "/api/v1/talk/socket" } as const;

/** With these answers another try may help: too slow, too early, too much. */
const AGAIN: readonly number[] = [408, 425, 429];

/** The room's time is over, or its appointment is another one now; the kind of problem says which. */
const GONE = 410;

/** The world of a browser; `holder` is by what it is known again, if its link is good for one browser. */
export function browser(holder?: string, paths: { tickets: string; socket: string } = PATHS): World {
  return {
    now: () => Date.now(),
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    ticket: async (entry) => {
      try {
        const headers = { "content-type": "application/json" };
        const body = JSON.stringify({ entry, holder });
        const answer = await fetch(paths.tickets, {
          method: "POST",
          headers,
          body,
          cache: "no-store",
          credentials: "omit",
        });
        if (answer.ok) {
          const { ticket } = await answer.json();
          return typeof ticket === "string" ? { ticket } : "later";
        }
        if (answer.status >= 500 || AGAIN.includes(answer.status)) return "later";
        if (answer.status !== GONE) return "entry";
        const { type } = await answer.json();
        return String(type).endsWith("/appointment-changed") ? "revoked" : "closed";
      } catch {
        return "later";
      }
    },
    socket: (ears, ticket) => {
      // With several nodes a ticket names its own before the dot. Every node leads there; a proxy may do it sooner.
      const node = /^[a-z0-9-]+(?=\.)/.exec(ticket)?.[0];
      const path = node ? `${paths.socket}/${node}` : paths.socket;
      const socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
      socket.onopen = () => ears.opened();
      socket.onmessage = ({ data }) => typeof data === "string" && ears.heard(data);
      socket.onclose = () => ears.closed();
      return {
        send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
        close: () => socket.close(),
      };
    },
    online: (run) => {
      // A phone that was locked may have lost its connection without having been told.
      const seen = (): void => {
        if (document.visibilityState === "visible") run();
      };
      addEventListener("online", run);
      document.addEventListener("visibilitychange", seen);
      return () => {
        removeEventListener("online", run);
        document.removeEventListener("visibilitychange", seen);
      };
    },
  };
}
