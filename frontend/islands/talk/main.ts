// The page of a conversation: it shows one part at a time and says in words how it stands. What is said is kept nowhere; what
// opened the room leaves the address at once and this tab when it is over.

import type { Calling, CallModule } from "./call/open.ts";
import { LARGEST_FILE } from "./content.ts";
import type { Leaf } from "./leaf.ts";
import type { Wants } from "./letter.ts";
import type { Others, OthersModule } from "./others/open.ts";
import type { Door } from "./page/door.ts";
import { Log } from "./page/log.ts";
import { redrawing } from "./page/redraw.ts";
import { dropRight, keepName, keptFragment, keptName, type Right, takeRight } from "./page/right.ts";
import { type Says, saysOf } from "./page/says.ts";
import { LONGEST_NAME } from "./plain.ts";
import { supported } from "./suite.ts";
import { Talk, type TalkEvent } from "./talk.ts";
import { WORDS, wordList } from "./words.ts";
import { browser } from "./world.ts";

/** So long before it closes the room says so, in minutes. */
const CLOSING = [5, 1];
/** A word to somebody who waits that means: you were seen. */
const SEEN = "\u2026";

/** Endings that the page words otherwise than the room. */
const ENDINGS: Readonly<Record<string, string>> = { entry: "forged", protocol: "trouble" };

/** The file that hosts load. */
type DoorModule = typeof import("./page/door.ts");

class Page {
  readonly #root: HTMLElement;
  readonly #says: Says;
  readonly #log: Log;
  readonly #title = document.title;
  #right: Right | undefined;
  #talk: Talk | undefined;
  /** Who lets people in loads what that needs. */
  #door: Door | undefined;
  /** What calls need is loaded when somebody wants one. */
  #calls: Promise<Calling> | undefined;
  /** What more than two need, likewise. */
  #others: Promise<Others> | undefined;
  #names = new Map<number, string>();
  /** Who has no connection, since when, and whether that was said. */
  #away = new Map<number, { name: string; since: number; said: boolean }>();
  #files = new Map<string, string>();
  #typing: ReturnType<typeof setTimeout> | undefined;
  #waitingSince = 0;
  #unread = 0;
  #said = new Set<number>();
  #entered = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#says = saysOf(root);
    this.#log = new Log(this.#one("[data-log]"), this.#says);
  }

  async start(): Promise<void> {
    this.#root.dataset["started"] = "";
    const right = takeRight();
    const unable = right && right !== "broken" && !(await supported());
    if (!right || right === "broken" || unable) {
      if (right === "broken") this.#over("forged");
      else this.#show(unable ? "old" : "none");
      return;
    }
    this.#right = right;
    this.#root.dataset["role"] = right.role;
    this.#listen();
    // A counsellor is called as at work; who comes back after a reload as before.
    const name = asName(this.#root.dataset["name"] ?? "") || keptName();
    // Who was invited finds what she was called in the field, and says herself who she is.
    if (name && !(right.role === "guest" && right.fresh)) {
      this.#enter(name);
      return;
    }
    const field = this.#one<HTMLInputElement>("#talk-name");
    const names = (this.#root.dataset["names"] ?? "").split("|");
    field.value = name || names[Math.floor(Math.random() * names.length)] || "";
    this.#show("start");
    // Who agreed to see each other begins with the devices; still nothing is asked for before a tap.
    if (right.video) this.#root.querySelector<HTMLElement>('[data-do="call-check"]')?.click();
  }

  #listen(): void {
    this.#root.querySelector("[data-start]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = this.#one<HTMLInputElement>("#talk-name");
      const name = asName(field.value);
      if (!name) {
        field.focus();
        return;
      }
      keepName(name);
      this.#enter(name);
    });
    this.#one("[data-write]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    const text = this.#one<HTMLTextAreaElement>("#talk-text");
    text.addEventListener("keydown", (event) => {
      // Fingers have a key for a new line; and who composes a character has not finished.
      const fingers = matchMedia("(pointer: coarse)").matches;
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || fingers) return;
      event.preventDefault();
      this.#send();
    });
    text.addEventListener("input", () => this.#talk?.typing(text.value !== ""));
    this.#one("[data-file]").addEventListener("change", (event) => void this.#sendFile(event.target));
    this.#root.querySelector<HTMLSelectElement>("#talk-snippet")?.addEventListener("change", (event) => {
      const select = event.currentTarget as HTMLSelectElement;
      if (select.value) text.value = [text.value, select.value].filter(Boolean).join(" ");
      select.value = "";
      text.focus();
    });
    this.#root.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]") : null;
      if (button?.dataset["do"] === "leave") this.#leave();
      if (button?.dataset["do"] === "end") this.#talk?.end();
      if (button?.dataset["do"] === "again") location.reload();
      if (button?.dataset["do"]?.startsWith("call-")) this.#pressed(button.dataset["do"], button);
      if (button?.dataset["do"] === "remove" || button?.dataset["do"] === "ban")
        this.#talk?.remove(Number(button.dataset["member"]), button.dataset["do"] === "ban");
    });
    // In another language it is the same conversation.
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[hreflang]")) {
      link.addEventListener("click", () => {
        link.hash = keptFragment();
      });
    }
    document.addEventListener("visibilitychange", () => this.#looked());
    // Whoever leaves the page leaves nothing in it; coming back out of the browser's memory begins anew.
    addEventListener("pagehide", () => this.#talk?.close());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    setInterval(() => this.#tick(), 1_000);
  }

  #enter(name: string): void {
    const right = this.#right;
    if (!right) return;
    this.#waitingSince = Date.now();
    this.#talk = new Talk({
      entry: right.entry,
      room: right.room,
      // Overwritten there; here it is needed again for nothing.
      secret: right.secret,
      role: right.role,
      name,
      wants: (this.#root.dataset["wants"] ?? "chat") as Wants,
      world: browser(right.holder),
      redraw: redrawing(this.#one<HTMLElement>("[data-file]").dataset["documents"] ?? ""),
      listen: (event) => this.#heard(event),
    });
    const door = this.#root.querySelector<HTMLElement>("[data-door]");
    if (right.role === "host" && door) {
      void this.#openDoor(door, this.#talk);
      this.#more();
    }
    this.#show(right.role === "host" ? "room" : "wait");
    this.#talk.start();
    this.#changed();
  }

  async #openDoor(door: HTMLElement, talk: Talk): Promise<void> {
    const { Door }: DoorModule = await import(/* @vite-ignore */ door.dataset["door"] ?? "");
    this.#door = new Door(door, talk, this.#says);
    this.#changed();
  }

  /** Loads what more than two need. */
  #more(): void {
    const { entry } = this.#right ?? {};
    if (this.#others || !entry) return;
    const around = {
      ...{ root: this.#root, says: this.#says, entry, talk: () => this.#talk },
      note: (words: string) => this.#note(words),
    };
    this.#others = import(/* @vite-ignore */ this.#root.dataset["others"] ?? "").then(({ open }: OthersModule) =>
      open(around),
    );
    this.#others.catch(() => {
      this.#others = undefined;
      this.#note(this.#says("offline"));
    });
  }

  #pressed(deed: string, button: HTMLElement): void {
    void this.#calling().then((calls) => calls.pressed(deed, button));
  }

  #calling(): Promise<Calling> {
    this.#calls ??= import(/* @vite-ignore */ this.#root.dataset["call"] ?? "").then(({ open }: CallModule) =>
      open(this.#root, this.#says, () => this.#talk),
    );
    // What did not load may load the next time.
    this.#calls.catch(() => {
      this.#calls = undefined;
      this.#note(this.#says("offline"));
    });
    return this.#calls;
  }

  #heard(event: TalkEvent): void {
    if (event.type === "call" && this.#root.dataset["call"]) void this.#calling();
    void this.#calls?.then((calls) => calls.heard(event));
    if (event.type === "others") this.#more();
    void this.#others?.then((others) => others.heard(event));
    switch (event.type) {
      case "changed":
        this.#changed();
        break;
      case "joined":
        this.#note(this.#says("joined", { name: event.who.name }));
        break;
      case "left":
        this.#note(this.#says("gone", { name: event.who.name }));
        break;
      case "text":
        this.#isTyping(undefined);
        this.#log.text(event.id, event.from.name, event.text, event.at);
        this.#unseen();
        break;
      case "state":
        this.#log.state(event.id, event.state);
        break;
      case "retract":
        this.#log.retract(event.id, event.from, "");
        break;
      case "typing":
        this.#isTyping(event.on ? event.from : undefined);
        break;
      case "offer":
        this.#files.set(event.id, event.name);
        this.#log.coming(event.id, this.#isMe(event.from) ? undefined : event.from.name, event.name);
        this.#unseen();
        break;
      case "progress":
        if (event.done >= event.parts && this.#files.has(event.id)) {
          this.#log.fileDone(event.id, this.#files.get(event.id) ?? "", this.#says("sent"));
        }
        break;
      case "file":
        this.#files.delete(event.id);
        this.#log.file(event.id, event.name, event.mime, event.bytes);
        break;
      case "file-stopped":
        this.#files.delete(event.id);
        this.#log.fileDone(event.id, "", this.#says("file-broken"));
        break;
      case "note":
        this.#one("[data-note]").textContent = event.text === SEEN ? this.#says("held") : event.text;
        break;
      case "alarm":
        this.#alarm();
        break;
      case "over":
        this.#over(
          event.why === "revoked" && this.#right?.role === "guest" ? "withdrawn" : (ENDINGS[event.why] ?? event.why),
          event.text,
        );
        break;
    }
  }

  #changed(): void {
    const talk = this.#talk;
    if (!talk) return;
    const now = talk.snapshot;
    const inside = now.stage === "inside";
    if (now.stage === "over") return;
    if (this.#right?.role !== "host") {
      if (inside && !this.#entered) this.#arrive();
      if (!inside && !this.#entered) {
        const queue = now.hostThere ? undefined : now.queue;
        const absent = queue ? (queue.attended ? "attended" : "unattended") : "host-absent";
        this.#setText("[data-wait]", this.#says(now.hostThere ? "host-here" : absent));
        const place =
          queue && this.#says(queue.ahead ? (queue.ahead > 1 ? "ahead" : "ahead-one") : "next", { count: queue.ahead });
        const wait = queue?.minutes ? this.#says("wait-about", { count: queue.minutes }) : "";
        this.#setText("[data-queue]", place ? `${place} ${wait}` : "");
      }
    }
    if (now.line.state === "connected") this.#phone();
    this.#door?.show(now.waiting, now.locked);
    this.#line(now.line.state, this.#entered && !inside);
    this.#people(now.inside);
    if (now.inside.length > 2) this.#more();
    this.#compare(now.words, now.inside.length);
  }

  /** Who would rather phone: the room has accepted the right, which vouches for the number. */
  #phone(): void {
    const phone = this.#right?.phone;
    if (!phone) return;
    for (const place of this.#root.querySelectorAll<HTMLElement>("[data-phone]")) {
      const link = place.querySelector("a");
      const number = place.querySelector("bdi");
      if (!link || !number) continue;
      link.href = `tel:${phone}`;
      number.textContent = phone;
      place.hidden = false;
    }
  }

  /** Let in: the room, with the focus where one writes. */
  #arrive(): void {
    this.#entered = true;
    this.#show("room");
    this.#one("#talk-text").focus();
  }

  /** `isBack`: she had been inside, and is before the door again. */
  #line(state: "connecting" | "connected" | "reconnecting" | "over", isBack: boolean): void {
    const words = {
      connecting: "connecting",
      connected: isBack ? "restarted" : "connected",
      reconnecting: navigator.onLine ? "reconnecting" : "offline",
      over: "connecting",
    }[state];
    for (const place of this.#root.querySelectorAll<HTMLElement>("[data-state]")) {
      if (place.textContent !== this.#says(words)) place.textContent = this.#says(words);
      place.classList.toggle("talk__state--bad", state === "reconnecting");
    }
  }

  #people(inside: readonly (Leaf & { connected: boolean })[]): void {
    const others = inside.filter((leaf) => !this.#isMe(leaf));
    for (const { member, name, connected } of others) {
      if (!connected && !this.#away.has(member)) this.#away.set(member, { name, since: Date.now(), said: false });
      else if (connected) {
        if (this.#away.get(member)?.said) this.#note(this.#says("back", { name }));
        this.#away.delete(member);
      }
      this.#names.set(member, name);
    }
    for (const member of this.#away.keys())
      if (!others.some((leaf) => leaf.member === member)) this.#away.delete(member);
    this.#setText(
      "[data-people-heading]",
      others.length ? this.#says("people", { count: inside.length }) : this.#says("only-you"),
    );
    const list = this.#one("[data-people]");
    const shown = JSON.stringify(inside.map(({ member, name, connected }) => [member, name, connected]));
    if (list.dataset["shown"] === shown) return;
    list.dataset["shown"] = shown;
    list.replaceChildren(...inside.map((leaf) => this.#person(leaf)));
  }

  #person(leaf: Leaf): HTMLElement {
    const line = document.createElement("li");
    const name = document.createElement("span");
    name.dir = "auto";
    const who = this.#isMe(leaf) ? "you" : leaf.role === "guest" && "guest";
    name.textContent = who ? `${leaf.name} (${this.#says(who)})` : leaf.name;
    line.append(name);
    for (const deed of this.#right?.role === "host" && leaf.role !== "host" ? ["remove", "ban"] : []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "kern-btn kern-btn--tertiary";
      button.dataset["do"] = deed;
      button.dataset["member"] = String(leaf.member);
      button.setAttribute("aria-label", `${this.#says(deed)}: ${leaf.name}`);
      const label = document.createElement("span");
      label.className = "kern-label";
      label.textContent = this.#says(deed);
      button.append(label);
      line.append(button);
    }
    return line;
  }

  #compare(places: readonly number[] | undefined, inside: number): void {
    const place = this.#one("[data-compare]");
    const key = places && inside > 1 ? places.slice(0, WORDS).join(" ") : "";
    if (place.dataset["key"] === key) return;
    place.dataset["key"] = key;
    place.textContent = this.#says("compare-wait");
    if (!key || !places) return;
    void wordList(document.documentElement.lang).then((list) => {
      if (place.dataset["key"] === key) place.textContent = places.map((at) => list[at] ?? "").join(" · ");
    });
  }

  #alarm(): void {
    const place = this.#one("[data-alarm]");
    place.textContent = this.#says("alarm");
    place.hidden = false;
  }

  #isTyping(who: Leaf | undefined): void {
    clearTimeout(this.#typing);
    this.#setText("[data-typing]", who ? this.#says("typing", { name: who.name }) : "");
    if (who) this.#typing = setTimeout(() => this.#isTyping(undefined), 10_000);
  }

  #send(): void {
    const field = this.#one<HTMLTextAreaElement>("#talk-text");
    const text = field.value.trim();
    const id = text ? this.#talk?.text(text) : undefined;
    if (!id) {
      field.focus();
      return;
    }
    this.#log.text(id, undefined, text);
    this.#log.state(id, "waiting");
    field.value = "";
    field.focus();
  }

  async #sendFile(input: EventTarget | null): Promise<void> {
    if (!(input instanceof HTMLInputElement)) return;
    const file = input.files?.[0];
    input.value = "";
    if (!file || !this.#talk) return;
    // Photos of phones are larger than what is sent of them.
    if (file.size > 4 * LARGEST_FILE) {
      this.#note(this.#says("file-large"));
      return;
    }
    // What makes documents anew is loaded when it is needed; without a network it does not come.
    const sent = await this.#talk.file(new Uint8Array(await file.arrayBuffer()), file.name).catch(() => "offline");
    if (typeof sent === "string") this.#note(this.#says(FILE_PROBLEMS[sent] ?? "file-kind"));
  }

  #leave(): void {
    if (this.#talk) this.#talk.leave();
    else this.#over("left");
  }

  #over(why: string, letter?: string): void {
    this.#log.clear();
    this.#talk?.close();
    this.#talk = undefined;
    if (this.#door) this.#one("[data-door]").hidden = true;
    const again = ["locked", "crowded", "trouble", "elsewhere", "version"].includes(why);
    // What may be tried again needs the right; a reload brings it back.
    if (!again) dropRight();
    const known = this.#root.querySelector<HTMLElement>(`[data-why="${CSS.escape(why)}"]`);
    const shown = known ?? this.#one('[data-why="trouble"]');
    for (const one of this.#root.querySelectorAll<HTMLElement>("[data-why]")) one.hidden = one !== shown;
    this.#one("[data-again]").hidden = !again && Boolean(known);
    const words = this.#one("[data-letter]");
    words.hidden = !letter;
    words.textContent = letter ?? "";
    document.title = this.#title;
    this.#show("over");
    shown.querySelector<HTMLElement>("h2")?.focus();
  }

  #note(words: string): void {
    this.#log.note(words);
  }

  #unseen(): void {
    if (document.visibilityState === "visible") return;
    this.#unread += 1;
    // A number, and nothing about what it is.
    document.title = `(${this.#unread}) ${this.#title}`;
  }

  #looked(): void {
    if (document.visibilityState !== "visible") return;
    this.#unread = 0;
    document.title = this.#title;
  }

  /** Once a second: how long one waits, and that the room will close. */
  #tick(): void {
    // Whoever leaves has no connection for a moment, too, and a short break is not worth a word.
    for (const away of this.#away.values()) {
      if (away.said || Date.now() - away.since < AWAY) continue;
      away.said = true;
      this.#note(this.#says("away", { name: away.name }));
    }
    const talk = this.#talk;
    if (!talk) return;
    if (!this.#entered && this.#right?.role !== "host") {
      const minutes = Math.floor((Date.now() - this.#waitingSince) / 60_000);
      this.#setText(
        "[data-waited]",
        this.#says(minutes === 0 ? "arrived" : minutes === 1 ? "minute" : "minutes", { count: minutes }),
      );
    }
    const closes = talk.snapshot.closes;
    if (closes === undefined || talk.snapshot.stage !== "inside") return;
    const left = Math.ceil((closes - Date.now()) / 60_000);
    const due = CLOSING.find((minutes) => left === minutes && !this.#said.has(minutes));
    if (due === undefined) return;
    this.#said.add(due);
    this.#note(this.#says(due === 1 ? "closing-one" : "closing", { count: due }));
  }

  #isMe(leaf: Leaf): boolean {
    return leaf.member === this.#talk?.snapshot.me?.member;
  }

  #setText(selector: string, words: string): void {
    const place = this.#root.querySelector(selector);
    if (place && place.textContent !== words) place.textContent = words;
  }

  #show(part: string): void {
    for (const one of this.#root.querySelectorAll<HTMLElement>("[data-part]"))
      one.hidden = one.dataset["part"] !== part;
  }

  #one<E extends HTMLElement = HTMLElement>(selector: string): E {
    const found = this.#root.querySelector<E>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  }
}

/** After so many milliseconds without a connection it is said that somebody has none. */
const AWAY = 2_000;

/** What is said about a file that is not sent, where it is not that its kind does not go. */
const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  large: "file-large",
  locked: "file-locked",
  offline: "offline",
};

/** A name as it can be shown: short, on one line, in the direction it is written in. */
function asName(typed: string): string {
  return [...typed.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")]
    .slice(0, LONGEST_NAME)
    .join("")
    .trim();
}

for (const root of document.querySelectorAll<HTMLElement>("[data-talk]")) void new Page(root).start();
