// Words to compare. Both sides read four words out to each other; if they are the same, nobody stands between them. So that
// four are enough, everybody first says the hash of a random number and only then the number: nobody can search for keys
// that give the words of somebody else.
import { type Bytes, concat, number, random, same, sha256, utf8 } from "./bytes.ts";
import type { Content } from "./content.ts";
import type { Member } from "./protocol.ts";

/** How many words are compared. */
export const WORDS = 4;

/** The label of the secret out of the group. */
export const WORDS_LABEL = "anlaufstelle words";

/** What follows from something heard. */
export type Step =
  | { say: Extract<Content, { type: "reveal" }> }
  /** A number that does not fit its hash: somebody tries to cheat. */
  | "alarm"
  | undefined;

/** The comparison of one epoch. */
export class Comparison {
  readonly #me: Member;
  readonly #members: readonly Member[];
  readonly #nonce: Bytes = random(32);
  readonly #commitments = new Map<Member, Bytes>();
  readonly #nonces = new Map<Member, Bytes>();
  #over = false;

  /** Between everybody who is inside in this epoch. */
  constructor(me: Member, members: readonly Member[]) {
    this.#me = me;
    this.#members = [...members].sort((one, other) => one - other);
  }

  /** What is said first. */
  async begin(): Promise<Extract<Content, { type: "commitment" }>> {
    const hash = await commitment(this.#nonce, this.#me);
    this.#commitments.set(this.#me, hash);
    return { type: "commitment", hash };
  }

  /** Somebody said something of the comparison. */
  async heard(from: Member, content: Content): Promise<Step> {
    if (this.#over || from === this.#me || !this.#members.includes(from)) return undefined;
    if (content.type === "commitment") {
      // Nobody commits twice: a second one could follow from the numbers of others.
      if (this.#commitments.has(from)) return this.#alarm();
      this.#commitments.set(from, content.hash);
      if (!this.#all(this.#commitments)) return undefined;
      this.#nonces.set(this.#me, this.#nonce);
      return { say: { type: "reveal", nonce: this.#nonce } };
    }
    if (content.type !== "reveal") return undefined;
    const committed = this.#commitments.get(from);
    if (!committed || this.#nonces.has(from) || !same(committed, await commitment(content.nonce, from)))
      return this.#alarm();
    this.#nonces.set(from, content.nonce);
    return undefined;
  }

  /** The places of the words in the lists, once all numbers are there. `secret` is the group's for {@link WORDS_LABEL}. */
  async words(secret: () => Promise<Bytes>): Promise<readonly number[] | undefined> {
    if (this.#over || !this.#all(this.#nonces)) return undefined;
    this.#over = true;
    const nonces = this.#members.map((member) => this.#nonces.get(member) ?? new Uint8Array());
    return [...(await sha256(await secret(), ...nonces)).subarray(0, WORDS)];
  }

  #all(said: ReadonlyMap<Member, Bytes>): boolean {
    return this.#members.every((member) => said.has(member));
  }

  #alarm(): Step {
    this.#over = true;
    return "alarm";
  }
}

function commitment(nonce: Bytes, member: Member): Promise<Bytes> {
  return sha256(concat(utf8("anlaufstelle commitment"), nonce, number(member)));
}

/** The list of words of a language. German unless English is asked for. */
export async function wordList(language: string): Promise<readonly string[]> {
  return language.startsWith("en") ? (await import("./words-en.ts")).words : (await import("./words-de.ts")).words;
}
