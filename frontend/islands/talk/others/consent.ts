// Whether those in a conversation agree that somebody else comes in, or that a colleague goes on with it. Asked and answered
// inside the group, so nobody else reads it.
import type { Leaf } from "../leaf.ts";
import { fields, plainId, plainName } from "../plain.ts";
import type { Member } from "../protocol.ts";

/** What is asked about: a third person, or a colleague instead of the one who asks. */
export type What = "guest" | "handover";

/** A question to the seekers inside. */
export interface Question {
  id: string;
  what: What;
  /** How the other person is called, or what for she comes. */
  name: string;
}

/** What is said about it. */
export type Said =
  | { type: "ask"; question: Question }
  /** The one who asked takes it back. */
  | { type: "drop"; id: string }
  | { type: "answer"; id: string; yes: boolean };

/** As it stands in a message. */
export function written(said: Said): string {
  if (said.type === "ask") return JSON.stringify({ type: "ask", ...said.question });
  return JSON.stringify(said);
}

/** What a message says; nothing if it breaks a rule. */
export function read(body: string): Said | undefined {
  const said = fields(body);
  const id = plainId(said?.["id"]);
  if (!said || !id) return undefined;
  switch (said["type"]) {
    case "ask": {
      const name = plainName(said["name"]);
      const what = (["guest", "handover"] as const).find((one) => one === said["what"]);
      return name && what ? { type: "ask", question: { id, what, name } } : undefined;
    }
    case "drop":
      return { type: "drop", id };
    case "answer":
      return typeof said["yes"] === "boolean" ? { type: "answer", id, yes: said["yes"] } : undefined;
    default:
      return undefined;
  }
}

/** The seekers among those inside: the ones who are asked. */
export function seekers(inside: readonly Leaf[]): Leaf[] {
  return inside.filter(({ role }) => role === "seeker");
}

/** A question that was asked here, and what was answered. */
export class Asking {
  readonly question: Question;
  readonly #told = new Set<Member>();
  readonly #agreed = new Set<Member>();
  #refused = false;

  constructor(question: Question) {
    this.question = question;
  }

  /** Whether somebody inside has not been told yet: who came later, or came back as somebody new. */
  tells(inside: readonly Leaf[]): boolean {
    const fresh = seekers(inside).filter(({ member }) => !this.#told.has(member));
    for (const { member } of fresh) this.#told.add(member);
    return fresh.length > 0;
  }

  /** Somebody has answered. A no stays a no; what others than seekers say does not count. */
  answered({ member, role }: Leaf, id: string, yes: boolean): void {
    if (role !== "seeker" || id !== this.question.id || !this.#told.has(member)) return;
    if (yes) this.#agreed.add(member);
    else this.#refused = true;
  }

  /** How it stands: yes only when every seeker who is inside has said it, and there is one. */
  outcome(inside: readonly Leaf[]): "open" | "yes" | "no" {
    if (this.#refused) return "no";
    const asked = seekers(inside);
    return asked.length > 0 && asked.every(({ member }) => this.#agreed.has(member)) ? "yes" : "open";
  }
}

/** The questions that others asked here, the oldest first. */
export class Asked {
  readonly #open: { question: Question; from: Leaf }[] = [];
  readonly #done = new Set<string>();

  /** The one to answer next. */
  get next(): { question: Question; from: Leaf } | undefined {
    return this.#open[0];
  }

  /** Only hosts ask; the same question again is the same question. */
  ask(from: Leaf, question: Question): void {
    if (from.role !== "host" || this.#done.has(question.id)) return;
    this.#done.add(question.id);
    this.#open.push({ question, from });
  }

  /** Only who asked takes it back. */
  drop(from: Leaf, id: string): boolean {
    const at = this.#open.findIndex((one) => one.question.id === id && one.from.member === from.member);
    if (at >= 0) this.#open.splice(at, 1);
    return at >= 0;
  }

  /** It was answered here. */
  answer(): void {
    this.#open.shift();
  }

  /** Who asked and is gone waits for no answer. */
  only(inside: readonly Leaf[]): void {
    const there = new Set(inside.map(({ member }) => member));
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const one = this.#open[at];
      if (one && !there.has(one.from.member)) this.#open.splice(at, 1);
    }
  }
}
