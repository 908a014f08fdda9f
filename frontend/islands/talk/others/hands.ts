// Raised hands where three or more write to each other. While one talks in a call, the button of the call is the one.
import type { Around, Others } from "./open.ts";
import { find, setText } from "./place.ts";

/** From so many people on somebody may want to speak next. */
const MANY = 3;

/** The button, and who has raised a hand. */
export class Hands implements Others {
  readonly #around: Around;
  readonly #place: HTMLElement;

  constructor(around: Around) {
    this.#around = around;
    this.#place = find(around.root, "[data-hands]");
    find(this.#place, '[data-do="others-hand"]').addEventListener("click", () => {
      around.talk()?.hand(!this.#isUp());
      this.#show();
    });
    this.#show();
  }

  heard(): void {
    this.#show();
  }

  #isUp(): boolean {
    const snapshot = this.#around.talk()?.snapshot;
    return snapshot?.inside.some(({ member, hand }) => hand && member === snapshot.me?.member) ?? false;
  }

  #show(): void {
    const { says, talk } = this.#around;
    const inside = talk()?.snapshot.inside ?? [];
    this.#place.hidden = inside.length < MANY;
    const up = inside.filter(({ hand }) => hand).map(({ name }) => name);
    setText(find(this.#place, "[data-hands-up]"), up.length ? says("hands-up", { name: up.join(", ") }) : "");
    setText(find(this.#place, ".kern-label"), says(this.#isUp() ? "call-hand-down" : "call-hand-raise"));
  }
}
