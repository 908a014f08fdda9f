// The pictures and sounds of a call on the page. A person has one tile for herself and one for her screen; sounds are played apart
// from pictures, so that a picture that is held back takes no sound with it.
import type { Leaf } from "../leaf.ts";
import type { Says } from "../page/says.ts";
import type { Drawn, Member, Source } from "../protocol.ts";
import type { Medium } from "./call.ts";
import type { Player } from "./sound.ts";
import type { Picture as Large } from "./speaker.ts";

/** Somebody in the call, as she is shown. */
export interface Shown {
  who: Leaf;
  isMe: boolean;
  sources: readonly Source[];
  hand: boolean;
  speaks: boolean;
  /** What she sends cannot be decrypted here. */
  unreadable: boolean;
}

interface Tile {
  item: HTMLElement;
  video: HTMLVideoElement;
  name: HTMLElement;
  states: HTMLElement;
}

type Picture = "camera" | "screen";

/** All tiles. */
export class Tiles {
  readonly #list: HTMLElement;
  readonly #sounds: HTMLElement;
  readonly #says: Says;
  readonly #blocked: (blocked: boolean) => void;
  readonly #tiles = new Map<string, Tile>();
  readonly #players = new Map<string, Player>();
  #speaker: string | undefined;

  /** `blocked` is told when the browser plays no sound before somebody presses something. */
  constructor(list: HTMLElement, sounds: HTMLElement, says: Says, blocked: (blocked: boolean) => void) {
    this.#list = list;
    this.#sounds = sounds;
    this.#says = says;
    this.#blocked = blocked;
  }

  /** Shows these people with these pictures. */
  show(
    people: readonly Shown[],
    media: readonly Medium[],
    held: readonly (readonly [Member, Source])[],
    large?: Large,
  ): void {
    const find = (from: Member, source: Source): MediaStreamTrack | undefined =>
      media.find((medium) => medium.from === from && medium.source === source)?.track;
    const wanted = new Set<string>();
    for (const person of people) {
      const { member } = person.who;
      for (const picture of ["camera", "screen"] as const) {
        const shows = person.sources.includes(picture);
        // Oneself has no tile for the own screen: it would show itself in itself.
        if (picture === "screen" && (!shows || person.isMe)) continue;
        const key = `${member} ${picture}`;
        wanted.add(key);
        const track = shows ? find(member, picture) : undefined;
        const isHeld = held.some(([from, source]) => from === member && source === picture);
        const tile = this.#draw(key, picture, person, track, isHeld);
        tile.classList.toggle("call__tile--large", large?.from === member && large.source === picture);
      }
      if (person.isMe) continue;
      for (const sound of ["microphone", "screen_sound"] as const)
        this.#play(`${member} ${sound}`, find(member, sound), wanted);
    }
    for (const [key, tile] of this.#tiles) {
      if (wanted.has(key)) continue;
      tile.video.srcObject = null;
      tile.item.remove();
      this.#tiles.delete(key);
    }
    for (const [key, player] of this.#players) {
      if (wanted.has(key)) continue;
      player.srcObject = null;
      player.remove();
      this.#players.delete(key);
    }
    this.#list.dataset["count"] = String(this.#tiles.size);
  }

  /** How large the pictures of others are drawn now. */
  drawn(me: Member | undefined): Drawn[] {
    return [...this.#tiles].flatMap(([key, { video }]) => {
      const [from, source] = key.split(" ");
      const height = Math.min(0xffff, Math.round(video.clientHeight * devicePixelRatio));
      return Number(from) === me || !video.srcObject ? [] : [{ from: Number(from), source: source as Picture, height }];
    });
  }

  /** The largest picture of somebody else: the one to see above other windows. */
  largest(me: Member | undefined): HTMLVideoElement | undefined {
    return [...this.#tiles]
      .filter(([key, { video }]) => !key.startsWith(`${me} `) && video.srcObject)
      .map(([, { video }]) => video)
      .sort((one, other) => other.clientHeight - one.clientHeight)[0];
  }

  /** Plays on another speaker. */
  async speaker(id: string | undefined): Promise<void> {
    this.#speaker = id;
    await Promise.all([...this.#players.values()].map((player) => player.setSinkId?.(id ?? "").catch(() => undefined)));
  }

  /** Somebody pressed something, or the page is looked at again: what was stopped goes on. */
  resume(): void {
    this.#blocked(false);
    for (const { video } of this.#tiles.values()) if (video.srcObject) void video.play().catch(() => undefined);
    for (const player of this.#players.values()) this.#start(player);
  }

  close(): void {
    this.show([], [], []);
  }

  #draw(
    key: string,
    picture: Picture,
    person: Shown,
    track: MediaStreamTrack | undefined,
    isHeld: boolean,
  ): HTMLElement {
    const tile = this.#tiles.get(key) ?? this.#newTile(key, person.isMe);
    const { who, isMe, sources, hand, speaks } = person;
    give(tile.video, track);
    if (track && tile.video.paused) void tile.video.play().catch(() => undefined);
    tile.video.hidden = !track || isHeld;
    const classes = tile.item.classList;
    classes.toggle("call__tile--me", isMe);
    classes.toggle("call__tile--screen", picture === "screen");
    classes.toggle("call__tile--speaks", speaks && picture === "camera");
    classes.toggle("call__tile--bare", !track || isHeld);
    const name = isMe ? `${who.name} (${this.#says("you")})` : who.name;
    setText(tile.name, picture === "screen" ? this.#says("call-screen-of", { name }) : name);
    const states = [
      person.unreadable && this.#says("call-unreadable"),
      isHeld && this.#says("call-held"),
      picture === "camera" && !sources.includes("microphone") && this.#says("call-is-muted"),
      picture === "camera" && hand && this.#says("call-hand-is-up"),
    ];
    setText(tile.states, states.filter(Boolean).join(" · "));
    return tile.item;
  }

  #newTile(key: string, isMe: boolean): Tile {
    const item = document.createElement("li");
    item.className = "call__tile";
    item.dataset["tile"] = key;
    const video = document.createElement("video");
    // Sound has players of its own.
    video.muted = video.autoplay = video.playsInline = true;
    // Names stand beside it: a picture of a person needs no other text.
    video.setAttribute("aria-hidden", "true");
    video.tabIndex = -1;
    const caption = document.createElement("p");
    caption.className = "call__caption";
    const name = document.createElement("strong");
    name.dir = "auto";
    const states = document.createElement("span");
    caption.append(name, " ", states);
    item.append(video, caption);
    // Oneself comes last.
    if (isMe) this.#list.append(item);
    else this.#list.insertBefore(item, this.#list.querySelector(".call__tile--me"));
    const tile = { item, video, name, states };
    this.#tiles.set(key, tile);
    return tile;
  }

  #play(key: string, track: MediaStreamTrack | undefined, wanted: Set<string>): void {
    if (!track) return;
    wanted.add(key);
    let player = this.#players.get(key);
    if (!player) {
      player = document.createElement("audio");
      this.#sounds.append(player);
      this.#players.set(key, player);
      if (this.#speaker) void player.setSinkId?.(this.#speaker).catch(() => undefined);
    }
    if (give(player, track)) this.#start(player);
  }

  #start(player: Player): void {
    if (!player.srcObject) return;
    player.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") this.#blocked(true);
    });
  }
}

/** Gives an element this track; whether it is another one than before. */
function give(element: HTMLMediaElement, track: MediaStreamTrack | undefined): boolean {
  const before = element.srcObject instanceof MediaStream ? element.srcObject.getTracks()[0] : undefined;
  if (before === track) return false;
  element.srcObject = track ? new MediaStream([track]) : null;
  return true;
}

/** Sets a text only if it is another one: what is set is read out anew. */
export function setText(place: Element | null, words: string): void {
  if (place && place.textContent !== words) place.textContent = words;
}
