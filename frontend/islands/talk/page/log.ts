// The list of messages. A screen reader hears each once, when it comes (`role=log`); what becomes of one's own it does not.
import type { Bytes } from "../bytes.ts";
import type { Leaf } from "../leaf.ts";
import type { Says } from "./says.ts";

/** The list of messages of a page. */
export class Log {
  readonly #list: HTMLElement;
  readonly #says: Says;
  readonly #lines = new Map<string, HTMLElement>();
  readonly #addresses: string[] = [];

  constructor(list: HTMLElement, says: Says) {
    this.#list = list;
    this.#says = says;
  }

  /** A text. */
  text(id: string, who: string | undefined, text: string, at = Date.now()): void {
    const line = this.#line(id, who, at);
    const words = document.createElement("p");
    words.className = "talk__text";
    words.dir = "auto";
    words.textContent = text;
    line.append(words);
    this.#add(line);
  }

  /** What became of one's own text. */
  state(id: string, state: "waiting" | "sent"): void {
    const line = this.#lines.get(id);
    if (!line) return;
    let words = line.querySelector(".talk__sent");
    if (!words) {
      words = document.createElement("span");
      words.className = "talk__sent";
      line.querySelector(".talk__who")?.append(words);
    }
    words.textContent = this.#says(state === "sent" ? "sent" : "sending");
  }

  /** Something that happened. */
  note(words: string): void {
    const line = document.createElement("div");
    line.className = "talk__message talk__message--note";
    line.textContent = words;
    this.#add(line);
  }

  /** A text was taken back. */
  retract(id: string, from: Leaf, says: string): void {
    const line = this.#lines.get(id);
    // Only her own: who says so otherwise takes nothing back.
    if (!line || line.dataset["member"] !== String(from.member)) return;
    const words = line.querySelector(".talk__text");
    if (words) words.textContent = says;
  }

  /** A file is on its way. */
  coming(id: string, who: string | undefined, name: string): void {
    const line = this.#line(id, who, Date.now());
    const words = document.createElement("p");
    words.className = "talk__text";
    words.textContent = `${name} (${this.#says(who ? "file-coming" : "sending")})`;
    line.append(words);
    this.#add(line);
  }

  /** A file is there: an image is shown, and everything can be saved. */
  file(id: string, name: string, mime: string, bytes: Bytes): void {
    const words = this.#lines.get(id)?.querySelector(".talk__text");
    if (!words) return;
    const address = URL.createObjectURL(new Blob([bytes], { type: mime }));
    this.#addresses.push(address);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.textContent = `${this.#says("file-save")}: ${name}`;
    words.replaceChildren(link);
    if (!mime.startsWith("image/")) return;
    const image = document.createElement("img");
    image.src = address;
    image.alt = name;
    const atEnd = this.#isAtEnd();
    image.addEventListener("load", () => atEnd && this.#toEnd());
    words.prepend(image);
  }

  /** One's own file has gone out, or a file will not come. */
  fileDone(id: string, name: string, says: string): void {
    const words = this.#lines.get(id)?.querySelector(".talk__text");
    if (words) words.textContent = name ? `${name} (${says})` : says;
  }

  /** Nothing of it stays on the page. */
  clear(): void {
    this.#list.replaceChildren();
    this.#lines.clear();
    for (const address of this.#addresses.splice(0)) URL.revokeObjectURL(address);
  }

  #line(id: string, who: string | undefined, at: number): HTMLElement {
    const line = document.createElement("div");
    line.className = `talk__message${who === undefined ? " talk__message--own" : ""}`;
    const head = document.createElement("p");
    head.className = "talk__who";
    const name = document.createElement("strong");
    name.dir = "auto";
    name.textContent = who ?? this.#says("you");
    const time = document.createElement("time");
    const local = new Date(at);
    time.dateTime = local.toISOString();
    time.textContent = local.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    head.append(name, time);
    line.append(head);
    this.#lines.set(id, line);
    return line;
  }

  #add(line: HTMLElement): void {
    // Who reads further up is not torn away.
    const atEnd = this.#isAtEnd();
    this.#list.append(line);
    if (atEnd) this.#toEnd();
  }

  #isAtEnd(): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    return scrollHeight - scrollTop - clientHeight < 80;
  }

  #toEnd(): void {
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}
