// The seeker is asked before somebody else comes in, or somebody else goes on.
import type { TalkEvent } from "../events.ts";
import { Asked, read, written } from "./consent.ts";
import type { Around, Others } from "./open.ts";
import { find, setText } from "./place.ts";

/** The question on the page, and what is answered. */
export class Answering implements Others {
  readonly #around: Around;
  readonly #place: HTMLElement;
  readonly #asked = new Asked();

  constructor(around: Around) {
    this.#around = around;
    this.#place = find(around.root, "[data-question]");
    for (const yes of [true, false]) {
      find(this.#place, `[data-do="others-${yes ? "yes" : "no"}"]`).addEventListener("click", () => this.#answer(yes));
    }
  }

  heard(event: TalkEvent): void {
    const snapshot = this.#around.talk()?.snapshot;
    if (event.type === "others" && snapshot?.me?.role === "seeker") {
      const said = read(event.body);
      if (said?.type === "ask") this.#asked.ask(event.from, said.question);
      if (said?.type === "drop" && this.#asked.drop(event.from, said.id)) {
        this.#around.note(this.#around.says("question-dropped", { name: event.from.name }));
      }
    }
    if (snapshot?.stage === "inside") this.#asked.only(snapshot.inside);
    else if (event.type === "over") this.#asked.only([]);
    this.#show();
  }

  #answer(yes: boolean): void {
    const { says, note, talk, root } = this.#around;
    const next = this.#asked.next;
    if (!next) return;
    this.#asked.answer();
    talk()?.others(written({ type: "answer", id: next.question.id, yes }));
    note(says(yes ? "answered-yes" : "answered-no"));
    this.#show();
    if (this.#place.hidden) root.querySelector<HTMLElement>("#talk-text")?.focus();
  }

  #show(): void {
    const next = this.#asked.next;
    this.#place.hidden = !next;
    const values = { name: next?.from.name ?? "", who: next?.question.name ?? "" };
    const words = (more: string): string =>
      next ? this.#around.says(`asks-${next.question.what}${more}`, values) : "";
    setText(find(this.#place, "[data-question-words]"), words(""));
    setText(find(this.#place, "[data-question-more]"), words("-text"));
  }
}
