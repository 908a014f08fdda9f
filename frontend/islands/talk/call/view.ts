// What the page says and shows of a call, out of how it stands. Nothing is decided here.
import type { Snapshot } from "../events.ts";
import type { Leaf } from "../leaf.ts";
import type { Says } from "../page/says.ts";
import type { Member, Source } from "../protocol.ts";
import type { Call } from "./call.ts";
import type { Devices } from "./devices.ts";
import type { Quality } from "./quality.ts";
import { large, type Picture } from "./speaker.ts";
import { setText, type Tiles } from "./tiles.ts";
import { one } from "./typing.ts";

/** How it stands. */
export interface Standing {
  talk: Pick<Snapshot, "inside" | "me" | "stage"> | undefined;
  call: Call["snapshot"] | undefined;
  devices: Devices;
  /** What one is really seen and heard by. */
  sources: readonly Source[];
  /** A panel is open in the place of the buttons. */
  isChecking: boolean;
  isTyping: boolean;
  speaker: Member | undefined;
  /** Who spoke last. */
  spoke: Member | undefined;
  quality: Quality;
}

/** The words of a connection by how good it is. */
const QUALITY: Readonly<Record<Quality, string>> = {
  good: "call-good",
  weak: "call-weak",
  "very-weak": "call-very-weak",
};

/** The part of the page that belongs to calls. */
export class View {
  readonly #root: HTMLElement;
  readonly #says: Says;
  readonly #tiles: Tiles;

  constructor(root: HTMLElement, says: Says, tiles: Tiles) {
    this.#root = root;
    this.#says = says;
    this.#tiles = tiles;
  }

  /** Shows how it stands. What has not changed is left alone, lest it is read out again. */
  show(now: Standing): void {
    const isIn = now.call?.isIn ?? false;
    this.#hide("[data-call-invite]", isIn || now.isChecking);
    this.#hide("[data-call-live]", !isIn);
    this.#hide("[data-call-bar]", !isIn);
    this.#root.classList.toggle("calls", isIn);
    setText(one(this.#root, "[data-call-state]"), this.#state(now));
    const speaks = isIn && now.speaker !== undefined && this.#says("call-speaks", { name: nameOf(now, now.speaker) });
    setText(one(this.#root, "[data-call-speaking]"), speaks || "");
    this.#people(now, isIn);
    this.#buttons(now);
  }

  #state({ call, quality }: Standing): string {
    if (!call) return "";
    const others = call.others.map(({ who }) => who.name).join(", ");
    if (!call.isIn) return others && this.#says("call-invites", { name: others });
    if (call.crowded) return this.#says("call-only-two");
    if (!others) return this.#says("call-alone");
    if (call.state === "connecting") return this.#says("call-connecting");
    if (call.state === "broken") return this.#says("call-broken");
    return this.#says(QUALITY[quality]);
  }

  #people(now: Standing, isIn: boolean): void {
    const { talk, call, devices, sources, speaker } = now;
    const me = talk?.me;
    if (!me || !call) return;
    const own = devices.tracks.get("camera");
    const others = call.others.map(({ who, shows }) => ({ who, isMe: false, sources: shows.sources }));
    const everybody = [...others, { who: me, isMe: true, sources }].map((person) => ({
      ...person,
      hand: handOf(now, person.who.member),
      speaks: speaker === person.who.member,
      unreadable: call.unreadable.has(person.who.member),
    }));
    const media = [...call.media, ...(own ? [{ from: me.member, source: "camera" as const, track: own }] : [])];
    const pictures: Picture[] = others.flatMap(({ who: { member }, sources }) =>
      sources.flatMap((source) => (source === "camera" || source === "screen" ? [{ from: member, source }] : [])),
    );
    // Of two only one is somebody else.
    const big = pictures.length > 1 ? large(pictures, undefined, now.spoke) : undefined;
    this.#tiles.show(isIn ? everybody : [], isIn ? media : [], call.held, big);
    if (me.role === "host") this.#hushes(isIn ? call.others.map(({ who }) => who) : []);
  }

  #buttons(now: Standing): void {
    const { devices, talk } = now;
    const isHeard = devices.state("microphone") === "on";
    const isShared = devices.state("screen") === "on";
    const isUp = talk?.me !== undefined && handOf(now, talk.me.member);
    this.#label("call-mute", isHeard ? "call-mute" : "call-unmute");
    this.#label("call-camera", devices.tracks.has("camera") ? "call-camera-off" : "call-camera-on");
    this.#label("call-screen", isShared ? "call-screen-off" : "call-screen-on");
    this.#label("call-hand", isUp ? "call-hand-down" : "call-hand-raise");
    this.#label("call-text", now.isTyping ? "call-text-off" : "call-text-on");
    for (const button of this.#root.querySelectorAll<HTMLButtonElement>("[data-call-invite] button"))
      button.disabled = talk?.stage !== "inside";
  }

  /** For hosts: a button for each person in the call that asks her to be quiet. */
  #hushes(people: readonly Leaf[]): void {
    const list = this.#root.querySelector<HTMLElement>("[data-call-hush]");
    const shown = JSON.stringify(people.map(({ member, name }) => [member, name]));
    if (!list || list.dataset["shown"] === shown) return;
    list.dataset["shown"] = shown;
    list.hidden = people.length === 0;
    list.replaceChildren(
      ...people.map(({ member, name }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "kern-btn kern-btn--tertiary";
        button.dataset["do"] = "call-hush";
        button.dataset["member"] = String(member);
        const label = document.createElement("span");
        label.className = "kern-label";
        label.textContent = this.#says("call-hush", { name });
        button.append(label);
        return button;
      }),
    );
  }

  #label(deed: string, word: string): void {
    for (const label of this.#root.querySelectorAll(`[data-do="${deed}"] .kern-label`))
      setText(label, this.#says(word));
  }

  #hide(selector: string, hidden: boolean): void {
    const place = one(this.#root, selector);
    if (place.hidden !== hidden) place.hidden = hidden;
  }
}

function nameOf({ talk }: Standing, member: Member): string {
  return talk?.inside.find((leaf) => leaf.member === member)?.name ?? "";
}

function handOf({ talk }: Standing, member: Member): boolean {
  return talk?.inside.find((leaf) => leaf.member === member)?.hand ?? false;
}
