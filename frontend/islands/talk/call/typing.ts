// The field for text that is read while it is typed: one's own line, the lines of the others, and what is finished.
import type { Says } from "../page/says.ts";
import type { Member } from "../protocol.ts";
import { RealTimeText } from "./real-time-text.ts";
import { MOST_LINES } from "./t140.ts";
import { setText } from "./tiles.ts";

/** The panel. */
export class Typing {
  readonly text: RealTimeText;
  readonly #panel: HTMLElement;
  readonly #log: HTMLElement;
  readonly #lines: HTMLElement;
  readonly #field: HTMLTextAreaElement;
  readonly #says: Says;
  readonly #name: (member: Member) => string;
  readonly #typed = new Map<Member, HTMLElement>();
  #reached: readonly Member[] = [];

  constructor(panel: HTMLElement, says: Says, name: (member: Member) => string) {
    this.#panel = panel;
    this.#says = says;
    this.#name = name;
    this.#log = one(panel, "[data-rtt-log]");
    this.#lines = one(panel, "[data-rtt-lines]");
    this.#field = one<HTMLTextAreaElement>(panel, "textarea");
    this.text = new RealTimeText({
      typing: (from, line) => this.#typing(from, line),
      finished: (from, line) => this.#finished(name(from), line),
      reaches: (members) => {
        this.#reached = members;
        this.#state();
      },
    });
    this.#field.addEventListener("input", (event) => {
      // What is being composed is not typed yet.
      if (!(event instanceof InputEvent) || !event.isComposing) this.text.type(this.#field.value);
    });
    this.#field.addEventListener("compositionend", () => this.text.type(this.#field.value));
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.finish();
    });
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  /** `takes`: the one who opened it wants to type. */
  open(takes: boolean): void {
    if (!this.isOpen) {
      this.#panel.hidden = false;
      this.#state();
    }
    if (takes) this.#field.focus();
  }

  /** Nothing of it stays. */
  close(): void {
    this.#panel.hidden = true;
    this.#field.value = "";
    this.text.type("");
    this.#log.replaceChildren();
    this.#lines.replaceChildren();
    this.#typed.clear();
  }

  /** One's own line is whole. */
  finish(): void {
    this.text.type(this.#field.value);
    const line = this.text.finish();
    if (line === undefined) return;
    this.#finished(this.#says("you"), line);
    this.#field.value = "";
    this.#field.focus();
  }

  #state(): void {
    const name = this.#reached.map(this.#name).join(", ");
    const words = name ? this.#says("call-text-reaches", { name }) : this.#says("call-text-waits");
    setText(this.#panel.querySelector("[data-rtt-state]"), words);
  }

  #typing(from: Member, line: string): void {
    let shown = this.#typed.get(from);
    if (!line) {
      shown?.remove();
      this.#typed.delete(from);
      return;
    }
    if (!shown) {
      shown = document.createElement("p");
      shown.append(this.#who(this.#name(from)), " ", document.createElement("bdi"));
      this.#lines.append(shown);
      this.#typed.set(from, shown);
    }
    setText(shown.querySelector("bdi:last-child"), line);
  }

  #finished(name: string, line: string): void {
    const shown = document.createElement("p");
    const words = document.createElement("bdi");
    words.textContent = line;
    shown.append(this.#who(name), " ", words);
    this.#log.append(shown);
    while (this.#log.childElementCount > MOST_LINES) this.#log.firstElementChild?.remove();
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #who(name: string): HTMLElement {
    const who = document.createElement("strong");
    who.dir = "auto";
    who.textContent = `${name}:`;
    return who;
  }
}

/** The element there has to be. */
export function one<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
