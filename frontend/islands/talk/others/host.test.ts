// The panels of a host and of a seeker, on pages as small as they can be.
import { beforeEach, expect, test, vi } from "vitest";
import type { Snapshot, TalkEvent } from "../events.ts";
import type { Leaf } from "../leaf.ts";
import { Answering } from "./answer.ts";
import { read, type Said } from "./consent.ts";
import type { Desk } from "./desk.ts";
import { Hands } from "./hands.ts";
import { Host } from "./host.ts";
import type { Around } from "./open.ts";

const host: Leaf = { member: 1, role: "host", name: "Berta" };
const seeker: Leaf = { member: 2, role: "seeker", name: "Erle" };
const guest: Leaf = { member: 3, role: "guest", name: "Dolmetscherin" };
const LINK = "https://hilfe.example/gespraech#eyJ9.mac~secret";

let inside: Leaf[];
let said: Said[];
let notes: string[];
let hands: boolean[];
let raised: Set<number>;
let desk: { [deed in keyof Desk]: ReturnType<typeof vi.fn<Desk[deed]>> };

const one = <E extends HTMLElement = HTMLElement>(selector: string): E => document.querySelector(selector) as E;
const press = (deed: string): void => one(`[data-do="${deed}"]`).click();
const state = (): string => one("[data-others-state]").textContent ?? "";
const part = (): string =>
  [...document.querySelectorAll<HTMLElement>("[data-others-part]")]
    .filter(({ hidden }) => !hidden)
    .map(({ dataset }) => dataset["othersPart"])
    .join();
const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
const changed: TalkEvent = { type: "changed" };

function around(me: Leaf): Around {
  const snapshot = (): Snapshot =>
    ({
      stage: "inside",
      me,
      inside: inside.map((leaf) => ({ ...leaf, connected: true, hand: raised.has(leaf.member) })),
      waiting: [],
    }) as unknown as Snapshot;
  return {
    root: document.body,
    says: (word, values) => [word, ...Object.values(values ?? {})].join(" ").trim(),
    entry: "eyJ9.mac",
    note: (words) => notes.push(words),
    talk: () => ({
      get snapshot() {
        return snapshot();
      },
      hand: (up) => hands.push(up),
      others: (body) => said.push(read(body) as Said),
    }),
  };
}

function asked(what = "Dolmetscherin"): Said & { type: "ask" } {
  one<HTMLInputElement>("#others-name").value = what;
  one('[data-others-part="guest"]').dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  return said.at(-1) as Said & { type: "ask" };
}

const answers = (ask: Said & { type: "ask" }, yes: boolean, from = seeker): TalkEvent => ({
  type: "others",
  from,
  body: JSON.stringify({ type: "answer", id: ask.question.id, yes }),
});

beforeEach(() => {
  inside = [host, seeker];
  [said, notes, hands, raised] = [[], [], [], new Set()];
  desk = {
    invite: vi.fn(async () => LINK),
    withdraw: vi.fn(async () => true),
    colleagues: vi.fn(async () => [{ id: "r2", name: "Carl", centre: "Rat und Tat" }]),
    handOver: vi.fn(async () => true),
    keep: vi.fn(async () => true),
  };
  document.body.innerHTML = `<p data-others-state></p><div data-others-panel hidden>
    <div data-others-part="begin"><button data-do="others-guest"></button><button data-do="others-handover"></button></div>
    <form data-others-part="guest"><input id="others-name"><button data-do="others-back" type="button"></button></form>
    <form data-others-part="handover"><select id="others-colleague"></select></form>
    <div data-others-part="asked"><button data-do="others-drop"></button></div>
    <div data-others-part="link"><input id="others-link"><button data-do="others-withdraw"></button></div>
    <div data-others-part="named"></div></div>
    <section data-question hidden><h3 data-question-words></h3><p data-question-more></p>
    <button data-do="others-yes"></button><button data-do="others-no"></button></section>
    <section data-hands hidden><p data-hands-up></p><button data-do="others-hand"><span class="kern-label"></span></button></section>
    <textarea id="talk-text"></textarea>`;
});

test("a no makes no link, and nothing is asked of the workplace", async () => {
  const panel = new Host(around(host), desk);
  const ask = asked();
  expect([part(), ask.question.name]).toEqual(["asked", "Dolmetscherin"]);
  panel.heard(answers(ask, false));
  await settle();
  expect(state()).toBe("others-refused Dolmetscherin");
  expect([part(), desk.invite.mock.calls.length]).toEqual(["begin", 0]);
  panel.heard(answers(ask, true));
  await settle();
  expect(desk.invite).not.toHaveBeenCalled();
});

test("after a yes there is one link, with the name behind the #, until she comes", async () => {
  const panel = new Host(around(host), desk);
  panel.heard(answers(asked("Frau Ö."), true));
  panel.heard(changed);
  await settle();
  expect(desk.invite).toHaveBeenCalledTimes(1);
  expect(one<HTMLInputElement>("#others-link").value).toBe(`${LINK}~Frau%20%C3%96.`);
  inside = [host, seeker, guest];
  panel.heard(changed);
  expect([part(), state()]).toEqual(["begin", "others-opened Frau Ö."]);
  expect(one<HTMLInputElement>("#others-link").value).toBe("");
});

test("what a guest answers counts nothing, and without a seeker nobody is asked", async () => {
  inside = [host, seeker, guest];
  const panel = new Host(around(host), desk);
  panel.heard(answers(asked(), true, guest));
  await settle();
  expect(desk.invite).not.toHaveBeenCalled();
  press("others-drop");
  expect(said.at(-1)?.type).toBe("drop");
  inside = [host, guest];
  asked();
  expect([state(), said.length]).toEqual(["others-nobody", 2]);
});

test("the link can be withdrawn, and what fails is said", async () => {
  const panel = new Host(around(host), desk);
  panel.heard(answers(asked(), true));
  await settle();
  desk.withdraw.mockResolvedValueOnce(false);
  press("others-withdraw");
  await settle();
  expect([part(), state()]).toEqual(["link", "others-failed"]);
  press("others-withdraw");
  await settle();
  expect([part(), state()]).toEqual(["begin", "others-withdrawn Dolmetscherin"]);
  desk.invite.mockResolvedValueOnce(undefined);
  panel.heard(answers(asked(), true));
  await settle();
  expect(state()).toBe("others-failed");
});

test("a colleague is named in the question, and is told only after the yes", async () => {
  const panel = new Host(around(host), desk);
  press("others-handover");
  await settle();
  expect(part()).toBe("handover");
  one('[data-others-part="handover"]').dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  const ask = said.at(-1) as Said & { type: "ask" };
  expect(ask.question).toMatchObject({ what: "handover", name: "Carl" });
  expect(desk.handOver).not.toHaveBeenCalled();
  panel.heard(answers(ask, true));
  await settle();
  expect(desk.handOver).toHaveBeenCalledWith("r2");
  expect([part(), state()]).toEqual(["named", "others-named Carl"]);
  inside = [host, seeker, { member: 5, role: "host", name: "Carl" }];
  panel.heard(changed);
  expect([part(), state()]).toEqual(["begin", "others-taken Carl"]);
});

test("a seeker reads who asks for whom, and answers", () => {
  const panel = new Answering(around(seeker));
  const question = { id: "a".repeat(16), what: "guest" as const, name: "Dolmetscherin" };
  const ask = (from: Leaf): TalkEvent => ({ type: "others", from, body: JSON.stringify({ type: "ask", ...question }) });
  panel.heard(ask(guest));
  expect(one("[data-question]").hidden).toBe(true);
  panel.heard(ask(host));
  expect(one("[data-question-words]").textContent).toBe("asks-guest Berta Dolmetscherin");
  press("others-no");
  expect(said).toEqual([{ type: "answer", id: question.id, yes: false }]);
  expect([one("[data-question]").hidden, notes]).toEqual([true, ["answered-no"]]);
});

test("from three on a hand can be raised, and all see whose is up", () => {
  const panel = new Hands(around(seeker));
  expect(one("[data-hands]").hidden).toBe(true);
  inside = [host, seeker, guest];
  panel.heard();
  expect(one("[data-hands]").hidden).toBe(false);
  press("others-hand");
  expect(hands).toEqual([true]);
  raised = new Set([2, 3]);
  panel.heard();
  expect(one("[data-hands-up]").textContent).toBe("hands-up Erle, Dolmetscherin");
  press("others-hand");
  expect(hands).toEqual([true, false]);
});

test("when it is over nothing of it stays on the page", async () => {
  const panel = new Host(around(host), desk);
  panel.heard(answers(asked(), true));
  await settle();
  const over: TalkEvent = { type: "over", why: "ended", text: undefined };
  panel.heard(over);
  expect([state(), one<HTMLInputElement>("#others-link").value]).toEqual(["", ""]);
  const other = new Answering({ ...around(seeker), talk: () => undefined });
  other.heard(over);
  expect(one("[data-question]").textContent?.trim()).toBe("");
});
