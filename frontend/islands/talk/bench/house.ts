// A room with people in it, for tests of whole conversations.
import { type Bytes, random } from "../bytes.ts";
import type { Redraw } from "../file.ts";
import type { Role } from "../protocol.ts";
import { type Alarm, Talk, type TalkEvent } from "../talk.ts";
import type { World } from "../world.ts";
import { chance } from "./chance.ts";
import { Net } from "./net.ts";
import { Room, type Seats } from "./room.ts";

/** Somebody with her page, and what her page was told. */
export class Place {
  readonly seat: string;
  readonly talk: Talk;
  readonly events: TalkEvent[] = [];
  readonly faults: unknown[] = [];
  /** The welcomes and commits that reached her. */
  readonly welcomes: string[] = [];
  readonly commits: string[] = [];

  constructor(house: House, seat: string, role: Role, more: { typing?: boolean } = {}) {
    this.seat = seat;
    this.talk = new Talk({
      entry: seat,
      room: house.name,
      secret: house.secret.slice(),
      role,
      name: `Name-${seat}`,
      wants: "chat",
      world: this.#listening(house.net.world()),
      redraw: house.redraw,
      listen: (event) => this.events.push(event),
      fault: (error) => this.faults.push(error),
      ...more,
    });
  }

  #listening(world: World): World {
    const heard = (text: string): void => {
      if (!text.includes('"hear":"commit"')) return;
      const { welcome, body } = JSON.parse(text);
      (welcome ? this.welcomes : this.commits).push(body);
    };
    return {
      ...world,
      socket: (ears, ticket) => {
        const listening = {
          opened: () => ears.opened(),
          closed: () => ears.closed(),
          heard: (text: string) => {
            heard(text);
            ears.heard(text);
          },
        };
        return world.socket(listening, ticket);
      },
    };
  }

  /** The texts that were shown, in their order. */
  get texts(): string[] {
    return this.events.flatMap((event) => (event.type === "text" ? [event.text] : []));
  }

  /** The last state of a text of hers. */
  state(id: string | undefined): string | undefined {
    return this.events.flatMap((event) => (event.type === "state" && event.id === id ? [event.state] : [])).at(-1);
  }

  get alarms(): Alarm[] {
    return [...this.talk.snapshot.alarms];
  }

  /** The names of those who can read along. */
  get inside(): string[] {
    return this.talk.snapshot.inside.map(({ name }) => name.replace("Name-", "")).sort();
  }

  /** Of these kinds of events. */
  heard<T extends TalkEvent["type"]>(type: T): Extract<TalkEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<TalkEvent, { type: T }> => event.type === type);
  }
}

/** The house. */
export class House {
  /** The name of the room. */
  name = "Zq3xV8nLQ0a1B2c3D4e5Fg";
  readonly secret: Bytes = random(32);
  readonly room: Room;
  readonly net: Net;
  readonly random: () => number;
  readonly places: Place[] = [];
  redraw: Redraw = async (bytes, mime) => ({ bytes, mime });

  constructor(seed = 1, seats: Seats = { weber: "host", vogel: "seeker", gast: "guest", kollege: "host" }) {
    this.random = chance(seed);
    this.room = new Room(seats);
    this.net = new Net(this.room, this.random);
  }

  /** Somebody comes with the right of this seat. */
  async come(seat: string, role: Role, more: { typing?: boolean } = {}): Promise<Place> {
    const place = new Place(this, seat, role, more);
    this.places.push(place);
    place.talk.start();
    await this.settle();
    return place;
  }

  /** A host and a seeker in a conversation. */
  async pair(): Promise<[Place, Place]> {
    const host = await this.come("weber", "host");
    const seeker = await this.come("vogel", "seeker");
    await this.admit(host);
    return [host, seeker];
  }

  /** This host lets everybody in who waits. */
  async admit(host: Place): Promise<void> {
    for (const { member } of host.talk.snapshot.waiting) host.talk.admit(member);
    await this.settle();
  }

  /** Everybody has done what was to be done. */
  async idle(): Promise<void> {
    await new Promise((done) => setTimeout(done, 0));
    for (const { talk } of this.places) await talk.idle();
  }

  /** Until nothing moves any more: what is on its way arrives, what waits for its time happens. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; ) {
      await this.idle();
      if (this.net.step()) quiet = 0;
      else {
        quiet += 1;
        this.net.pass(2_000);
      }
    }
  }
}
