// The counsellor asks for somebody else: a third person gets a link, a colleague finds the conversation at her workplace. Neither
// happens before the seekers inside have said yes.
import { newId } from "../bytes.ts";
import type { TalkEvent } from "../events.ts";
import { LONGEST_NAME, plainName } from "../plain.ts";
import type { Member, Role } from "../protocol.ts";
import { Asking, read, seekers, type What, written } from "./consent.ts";
import type { Colleague, Desk } from "./desk.ts";
import type { Around, Others, Talking } from "./open.ts";
import { find, setText } from "./place.ts";

/** What was agreed to and has not come about yet. */
interface Expected {
  what: What;
  name: string;
  /** For a guest, until she has come. */
  link: string;
  /** Who was there already: who comes besides is the one. */
  before: ReadonlySet<Member>;
}

/** One part of the panel is shown at a time. */
type Part = "begin" | "guest" | "handover" | "asked" | "link" | "named";

const COMES: Readonly<Record<What, Role>> = { guest: "guest", handover: "host" };

/** The panel of a host. */
export class Host implements Others {
  readonly #around: Around;
  readonly #place: HTMLElement;
  readonly #desk: Desk;
  #asking: { asking: Asking; colleague: string } | undefined;
  #expected: Expected | undefined;
  #colleagues: readonly Colleague[] = [];
  /** Something is under way at the workplace. */
  #isBusy = false;

  constructor(around: Around, desk: Desk) {
    this.#around = around;
    this.#desk = desk;
    this.#place = find(around.root, "[data-others-panel]");
    this.#place.hidden = false;
    this.#place.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]") : null;
      void this.#pressed(button?.dataset["do"] ?? "");
    });
    this.#place.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) this.#ask(event.target);
    });
    this.#show("begin");
  }

  heard(event: TalkEvent): void {
    const talk = this.#around.talk();
    const asking = this.#asking?.asking;
    if (event.type === "over") {
      // Nothing of it stays on the page.
      this.#asking = this.#expected = undefined;
      this.#back("");
      return;
    }
    if (event.type === "others" && asking) {
      const said = read(event.body);
      if (said?.type === "answer") asking.answered(event.from, said.id, said.yes);
    }
    // A seeker who loads the page anew is somebody new, and is asked again.
    if (talk && asking?.tells(talk.snapshot.inside)) talk.others(written({ type: "ask", question: asking.question }));
    void this.#decide(talk);
    this.#arrived(talk);
  }

  async #pressed(deed: string): Promise<void> {
    switch (deed) {
      case "others-guest":
        this.#show("guest");
        find(this.#place, "#others-name").focus();
        break;
      case "others-handover":
        await this.#choose();
        break;
      case "others-back":
        this.#back("");
        break;
      case "others-drop":
        this.#drop();
        break;
      case "others-copy":
        await this.#copy();
        break;
      case "others-withdraw":
        await this.#withdraw();
        break;
    }
  }

  /** Who is there to go on with it. */
  async #choose(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const list = await this.#desk.colleagues();
    this.#isBusy = false;
    if (!list?.length) {
      this.#state(list ? "others-no-colleague" : "others-failed");
      return;
    }
    this.#colleagues = list;
    const several = new Set(list.map(({ centre }) => centre)).size > 1;
    const select = find<HTMLSelectElement>(this.#place, "#others-colleague");
    select.replaceChildren(
      ...list.map(({ id, name, centre }) => {
        const option = document.createElement("option");
        option.value = id;
        option.textContent = several ? `${name}, ${centre}` : name;
        return option;
      }),
    );
    this.#state("");
    this.#show("handover");
    select.focus();
  }

  #ask(form: HTMLFormElement): void {
    const talk = this.#around.talk();
    if (!talk || this.#asking) return;
    const what: What = form.dataset["othersPart"] === "guest" ? "guest" : "handover";
    const field = find<HTMLInputElement>(this.#place, "#others-name");
    const colleague = find<HTMLSelectElement>(this.#place, "#others-colleague").value;
    const typed = what === "guest" ? field.value : this.#colleagues.find(({ id }) => id === colleague)?.name;
    const name = plainName([...(typed ?? "").trim()].slice(0, LONGEST_NAME).join(""));
    if (!name) {
      field.focus();
      return;
    }
    if (talk.snapshot.stage !== "inside" || !seekers(talk.snapshot.inside).length) {
      this.#state("others-nobody");
      return;
    }
    const asking = new Asking({ id: newId(), what, name });
    asking.tells(talk.snapshot.inside);
    this.#asking = { asking, colleague };
    talk.others(written({ type: "ask", question: asking.question }));
    field.value = "";
    this.#state("others-asked", name);
    this.#show("asked");
    find(this.#place, '[data-do="others-drop"]').focus();
  }

  #drop(): void {
    const asking = this.#asking?.asking;
    if (!asking) return;
    this.#asking = undefined;
    this.#around.talk()?.others(written({ type: "drop", id: asking.question.id }));
    this.#back("others-dropped");
  }

  /** All have answered, or one has said no. */
  async #decide(talk: Talking | undefined): Promise<void> {
    const asked = this.#asking;
    if (!asked || !talk || this.#isBusy) return;
    const { question } = asked.asking;
    const outcome = asked.asking.outcome(talk.snapshot.inside);
    if (outcome === "open") return;
    this.#asking = undefined;
    if (outcome === "no") {
      this.#back("others-refused", question.name);
      return;
    }
    this.#isBusy = true;
    const before = new Set(this.#there(talk, question.what));
    const link = question.what === "guest" ? await this.#desk.invite() : undefined;
    const done = link !== undefined || (question.what === "handover" && (await this.#desk.handOver(asked.colleague)));
    this.#isBusy = false;
    if (!done) {
      this.#back("others-failed");
      return;
    }
    this.#expected = { what: question.what, name: question.name, link: "", before };
    this.#state(question.what === "guest" ? "others-agreed" : "others-named", question.name);
    if (link === undefined) {
      this.#show("named");
      return;
    }
    // What she is called travels behind the # as well: she finds it in the field.
    this.#expected.link = `${link}~${encodeURIComponent(question.name)}`;
    find<HTMLInputElement>(this.#place, "#others-link").value = this.#expected.link;
    this.#show("link");
  }

  /** The one who was expected is there: the link is not needed on this page any more. */
  #arrived(talk: Talking | undefined): void {
    const expected = this.#expected;
    if (!expected || !talk) return;
    if (!this.#there(talk, expected.what).some((member) => !expected.before.has(member))) return;
    this.#expected = undefined;
    this.#back(expected.what === "guest" ? "others-opened" : "others-taken", expected.name);
  }

  /** Who is there, inside or before the door, and may be the one. */
  #there({ snapshot }: Talking, what: What): Member[] {
    const role = COMES[what];
    return [...snapshot.inside, ...snapshot.waiting]
      .filter((one) => one.role === role && one.member !== snapshot.me?.member)
      .map(({ member }) => member);
  }

  async #withdraw(): Promise<void> {
    const expected = this.#expected;
    if (!expected || this.#isBusy) return;
    this.#isBusy = true;
    const done = expected.what === "guest" ? await this.#desk.withdraw(expected.link) : await this.#desk.keep();
    this.#isBusy = false;
    if (!done) {
      this.#state("others-failed");
      return;
    }
    this.#expected = undefined;
    this.#back(expected.what === "guest" ? "others-withdrawn" : "others-kept", expected.name);
  }

  async #copy(): Promise<void> {
    const field = find<HTMLInputElement>(this.#place, "#others-link");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      this.#state("others-copied");
    } catch {
      // Marked: it is copied by hand.
      field.focus();
    }
  }

  #back(word: string, name = ""): void {
    find<HTMLInputElement>(this.#place, "#others-link").value = "";
    this.#state(word, name);
    const held = this.#place.contains(document.activeElement);
    this.#show("begin");
    if (held) find(this.#place, '[data-do="others-guest"]').focus();
  }

  #state(word: string, name = ""): void {
    setText(find(this.#around.root, "[data-others-state]"), word && this.#around.says(word, { name }));
  }

  #show(part: Part): void {
    for (const one of this.#place.querySelectorAll<HTMLElement>("[data-others-part]"))
      one.hidden = one.dataset["othersPart"] !== part;
  }
}
