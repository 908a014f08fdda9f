// The waiting room, for who lets people in.
import type { Member } from "../protocol.ts";
import type { Talk, Waiting } from "../talk.ts";
import type { Says } from "./says.ts";

/** Who waits, and what a host does about it. */
export class Door {
  readonly #root: HTMLElement;
  readonly #talk: Talk;
  readonly #says: Says;
  readonly #list: HTMLElement;
  readonly #state: HTMLElement | null;
  readonly #nobody: string;
  readonly #form: HTMLFormElement | null;
  readonly #held = new Set<Member>();
  #declining: Member | undefined;
  #shown = "";
  #locked = false;

  constructor(root: HTMLElement, talk: Talk, says: Says) {
    this.#root = root;
    this.#talk = talk;
    this.#says = says;
    this.#list = root.querySelector<HTMLElement>("[data-waiting]") ?? document.createElement("ul");
    this.#state = root.querySelector("[data-door-state]");
    this.#nobody = this.#state?.textContent ?? "";
    this.#form = root.querySelector("[data-decline]");
    root.hidden = false;
    root.addEventListener("click", (event) => this.#clicked(event.target));
    this.#form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#sendDecline();
    });
  }

  /** Shows who waits now. */
  show(waiting: readonly Waiting[], locked: boolean): void {
    // Who had been inside comes back in by herself.
    const asking = waiting.filter(({ known }) => !known);
    const names = asking.map((one) => this.#says("knocks", { name: this.#name(one) }));
    const state = names.join(" ") || this.#nobody;
    if (this.#state && this.#state.textContent !== state) this.#state.textContent = state;
    const shown = JSON.stringify(
      asking.map((one) => [one.member, this.#name(one), one.connected, this.#held.has(one.member)]),
    );
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#list.replaceChildren(...asking.map((one) => this.#line(one)));
    }
    if (this.#declining !== undefined && !asking.some(({ member }) => member === this.#declining))
      this.#stopDeclining();
    if (locked !== this.#locked) {
      this.#locked = locked;
      const label = this.#root.querySelector("[data-do=lock] .kern-label");
      if (label) label.textContent = this.#says(locked ? "unlock" : "lock");
    }
  }

  #line(one: Waiting): HTMLElement {
    const line = document.createElement("li");
    const name = document.createElement("strong");
    name.dir = "auto";
    name.textContent = this.#name(one);
    line.append(name);
    if (!one.connected) {
      const away = document.createElement("span");
      away.textContent = this.#says("away", { name: this.#name(one) });
      line.append(away);
    }
    if (this.#held.has(one.member)) {
      const held = document.createElement("span");
      held.textContent = this.#says("sent");
      line.append(held);
    }
    const wish = one.letter?.wants;
    if (wish === "audio" || wish === "video") {
      const wants = document.createElement("span");
      wants.textContent = this.#says(wish === "video" ? "wants-video" : "wants-audio");
      line.append(wants);
    }
    const deeds: readonly [string, string][] = [
      ["admit", "primary"],
      ["hold", "secondary"],
      ["decline", "secondary"],
    ];
    for (const [deed, kind] of deeds) {
      if (deed === "admit" && (!one.letter || one.doubtful)) continue;
      line.append(this.#button(deed, kind, one));
    }
    return line;
  }

  #button(deed: string, kind: string, one: Waiting): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `kern-btn kern-btn--${kind}`;
    button.dataset["do"] = deed;
    button.dataset["member"] = String(one.member);
    const label = document.createElement("span");
    label.className = "kern-label";
    label.textContent = this.#says(deed);
    button.append(label);
    button.setAttribute("aria-label", `${this.#says(deed)}: ${this.#name(one)}`);
    return button;
  }

  #clicked(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-do]") : null;
    const member = Number(button?.dataset["member"]);
    switch (button?.dataset["do"]) {
      case "admit":
        this.#talk.admit(member);
        break;
      case "hold":
        // The words for it stand on the other page, in the language she reads.
        if (this.#talk.note(member, "\u2026")) this.#held.add(member);
        this.#shown = "";
        this.show(this.#talk.snapshot.waiting, this.#locked);
        break;
      case "decline":
        this.#askDecline(member);
        break;
      case "decline-back":
        this.#stopDeclining();
        break;
      case "lock":
        this.#talk.lock(!this.#locked);
        break;
    }
  }

  #askDecline(member: Member): void {
    const one = this.#talk.snapshot.waiting.find((waiting) => waiting.member === member);
    const title = this.#form?.querySelector<HTMLElement>("[data-decline-title]");
    if (!one || !this.#form || !title) return;
    this.#declining = member;
    title.textContent = `${this.#says("decline")}: ${this.#name(one)}`;
    this.#form.hidden = false;
    title.focus();
  }

  #sendDecline(): void {
    const words = this.#form?.querySelector("textarea")?.value ?? "";
    if (this.#declining === undefined || !this.#talk.decline(this.#declining, words)) return;
    this.#stopDeclining();
  }

  #stopDeclining(): void {
    this.#declining = undefined;
    if (this.#form) this.#form.hidden = true;
  }

  #name(one: Waiting): string {
    return one.letter?.name ?? this.#says("someone");
  }
}
