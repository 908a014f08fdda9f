// Who is in the room, as the room says, and what the letters say that hosts read. The room is not believed about names.
import type { Waiting } from "./events.ts";
import type { Group } from "./group.ts";
import type { Known } from "./keeper.ts";
import { unpacked } from "./leaf.ts";
import type { Letters, Wants } from "./letter.ts";
import type { KeyPackage } from "./mls.ts";
import type { Body, Member, Person } from "./protocol.ts";

interface Read {
  body: Body;
  /** Nothing if the letter does not hold. */
  says: { name: string; wants: Wants; keyPackage: KeyPackage; mark: string | undefined } | undefined;
}

/** Everybody in the room. */
export class Roster {
  readonly #isHost: boolean;
  readonly #alarm: () => void;
  readonly #people = new Map<Member, Person>();
  readonly #read = new Map<Member, Read>();
  /** Each letter brings one person in once. */
  readonly #used = new Set<Body>();
  readonly #approved = new Set<Member>();
  /** Marks of the groups of this conversation as it stands: who brings one was inside. */
  readonly #marks = new Set<string>();

  /** `alarm` is called for a letter that does not hold. */
  constructor(isHost: boolean, alarm: () => void) {
    this.#isHost = isHost;
    this.#alarm = alarm;
  }

  /** Somebody by her number. */
  get(member: Member): Person | undefined {
    return this.#people.get(member);
  }

  /** Everybody but oneself. */
  others(me: Member | undefined): Person[] {
    return [...this.#people.values()].filter(({ member }) => member !== me);
  }

  /** Those before the door, for hosts. */
  waiting(me: Member | undefined): Waiting[] {
    if (!this.#isHost) return [];
    return this.others(me)
      .filter(({ standing }) => standing === "waiting")
      .map(({ member, role, connected, known }) => {
        const read = this.#read.get(member);
        const letter = read?.says && { name: read.says.name, wants: read.says.wants };
        const returns = known || this.#isMarked(read);
        return { member, role, connected, known: returns, letter, doubtful: read !== undefined && !letter };
      });
  }

  /**
   * Everybody else as a keeper has to know her. That somebody is known is the room's word: by it a relay could let in who
   * has the room's secret anyway, and no one else. Who is inside, the page always shows.
   */
  known(me: Member): Known[] {
    return this.others(me).map(({ member, standing, known }) => {
      const read = this.#read.get(member);
      const keyPackage = read && !this.#used.has(read.body) ? read.says?.keyPackage : undefined;
      const welcome = known || this.#approved.has(member) || this.#isMarked(read);
      return { member, standing, welcome, keyPackage };
    });
  }

  /** Her letter, as it was sealed. */
  letter(member: Member): Body | undefined {
    return this.#read.get(member)?.body;
  }

  /** A host says yes to the one whose letter she has read. */
  approve(member: Member): void {
    if (this.#people.has(member)) this.#approved.add(member);
  }

  /** Who is inside now may come back without being asked, also when the room has forgotten everything. */
  mark(mark: string): void {
    this.#marks.add(mark);
  }

  #isMarked(read: Read | undefined): boolean {
    return read?.says?.mark !== undefined && this.#marks.has(read.says.mark);
  }

  /** These letters have brought somebody in. */
  use(letters: readonly Body[]): void {
    for (const letter of letters) this.#used.add(letter);
  }

  /** A commit made here holds. The news of it come later; until then nobody is to be taken for somebody who stands elsewhere. */
  follow(group: Group): void {
    for (const [member, person] of this.#people) {
      const standing = group.find(member) ? "inside" : "waiting";
      const letter = person.standing === "inside" && standing === "waiting" ? null : (person.letter ?? null);
      this.#people.set(member, { ...person, standing, letter });
    }
  }

  /** The room says who is there. */
  async replace(people: readonly Person[], me: Member | undefined, letters: Letters | undefined): Promise<void> {
    this.#people.clear();
    for (const person of people) await this.put(person, me, letters);
  }

  /** The room says something new of somebody. */
  async put(person: Person, me: Member | undefined, letters: Letters | undefined): Promise<void> {
    this.#people.set(person.member, person);
    const { member, role, standing, letter: body } = person;
    if (!body || !letters || !this.#isHost || member === me) return;
    const before = this.#read.get(member);
    if (before?.body === body) return;
    // Whoever is inside already has used her letter, whoever let her in.
    if (standing === "inside") this.#used.add(body);
    const letter = await letters.open("knock", body, { from: member, to: 0, role });
    const keyPackage = letter && (await unpacked(letter.keyPackage, { member, role, name: letter.name }));
    const says = letter && keyPackage && { name: letter.name, wants: letter.wants, keyPackage, mark: letter.mark };
    // The yes was for another name.
    if (before && before.says?.name !== says?.name) this.#approved.delete(member);
    this.#read.set(member, { body, says });
    if (!says) this.#alarm();
  }

  /** Somebody is gone. She knows the mark of before; from now on it lets nobody in. */
  delete(member: Member): void {
    this.#marks.clear();
    this.#people.delete(member);
    this.#read.delete(member);
    this.#approved.delete(member);
  }

  /** Nobody comes back without being asked any more. */
  unmark(): void {
    this.#marks.clear();
  }

  /** Forgets everybody who is there. Who was inside may still come back. */
  clear(): void {
    for (const kept of [this.#people, this.#read, this.#used, this.#approved]) kept.clear();
  }
}
