// What a counsellor's page asks of the workplace about a conversation. Her own right goes along in the body, never in an address.

/** A colleague of the same centre. */
export interface Colleague {
  id: string;
  name: string;
  centre: string;
}

/** The workplace. */
export interface Desk {
  /** A link for one person; nothing if there is none. */
  invite(): Promise<string | undefined>;
  /** Ends a link. */
  withdraw(link: string): Promise<boolean>;
  colleagues(): Promise<readonly Colleague[] | undefined>;
  handOver(colleague: string): Promise<boolean>;
  /** It is not handed over after all. */
  keep(): Promise<boolean>;
}

const BASE = "/api/v1/staff/talk";

/** The workplace as a browser asks it. */
export function desk(entry: string): Desk {
  const ask = async (path: string, body?: object): Promise<Response | undefined> => {
    try {
      const sent = body && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ entry, ...body }),
      };
      const answer = await fetch(BASE + path, { cache: "no-store", ...sent });
      return answer.ok ? answer : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    invite: async () => {
      const said: unknown = await (await ask("/guests", {}))?.json().catch(() => undefined);
      const link = typeof said === "object" && said !== null && "link" in said ? said.link : undefined;
      return typeof link === "string" ? link : undefined;
    },
    withdraw: async (link) => {
      const guest = link.split("#")[1]?.split("~")[0] ?? "";
      return (await ask("/guests/withdrawal", { guest })) !== undefined;
    },
    colleagues: async () => {
      const list: unknown = await (await ask("/colleagues"))?.json().catch(() => undefined);
      return Array.isArray(list) ? (list as Colleague[]) : undefined;
    },
    handOver: async (colleague) => (await ask("/handovers", { colleague })) !== undefined,
    keep: async () => (await ask("/handovers/withdrawal", {})) !== undefined,
  };
}
