import { expect, test } from "vitest";
import type { Leaf } from "../leaf.ts";
import { Asked, Asking, read, written } from "./consent.ts";

const host: Leaf = { member: 1, role: "host", name: "Berta" };
const seeker: Leaf = { member: 2, role: "seeker", name: "Erle" };
const other: Leaf = { member: 3, role: "seeker", name: "Ulme" };
const guest: Leaf = { member: 4, role: "guest", name: "Dolmetscherin" };
const question = { id: "a".repeat(16), what: "guest" as const, name: "Dolmetscherin" };

test("what is said is read as it was meant, and what breaks a rule is nothing", () => {
  for (const said of [
    { type: "ask" as const, question },
    { type: "ask" as const, question: { ...question, what: "handover" as const } },
    { type: "drop" as const, id: question.id },
    { type: "answer" as const, id: question.id, yes: false },
  ])
    expect(read(written(said))).toEqual(said);
  const ask = { type: "ask", ...question };
  for (const wrong of [
    "",
    "[]",
    "null",
    JSON.stringify({ ...ask, what: "host" }),
    JSON.stringify({ ...ask, name: " " }),
    JSON.stringify({ ...ask, name: "x".repeat(41) }),
    JSON.stringify({ ...ask, name: "Berta\u202e" }),
    JSON.stringify({ ...ask, id: "short" }),
    JSON.stringify({ type: "answer", id: question.id, yes: "yes" }),
    JSON.stringify({ type: "other", id: question.id }),
  ])
    expect(read(wrong)).toBeUndefined();
});

test("it is a yes only when every seeker inside has said it", () => {
  const asking = new Asking(question);
  expect(asking.tells([host, seeker, other])).toBe(true);
  expect(asking.tells([host, seeker, other])).toBe(false);
  asking.answered(seeker, question.id, true);
  expect(asking.outcome([host, seeker, other])).toBe("open");
  expect(asking.outcome([host, seeker])).toBe("yes");
  asking.answered(other, question.id, true);
  expect(asking.outcome([host, seeker, other])).toBe("yes");
});

test("a no stays a no, also when another says yes", () => {
  const asking = new Asking(question);
  asking.tells([host, seeker, other]);
  asking.answered(seeker, question.id, false);
  asking.answered(seeker, question.id, true);
  asking.answered(other, question.id, true);
  expect(asking.outcome([host, seeker, other])).toBe("no");
});

test("what hosts and guests say, and answers to something else, do not count; nor does nobody", () => {
  const asking = new Asking(question);
  asking.tells([host, seeker, guest]);
  asking.answered(guest, question.id, true);
  asking.answered(host, question.id, true);
  asking.answered(seeker, "b".repeat(16), true);
  asking.answered(other, question.id, true);
  expect(asking.outcome([host, seeker, guest])).toBe("open");
  expect(asking.outcome([host, guest])).toBe("open");
});

test("who loads the page anew is somebody new and is asked again", () => {
  const asking = new Asking(question);
  asking.tells([host, seeker]);
  asking.answered(seeker, question.id, true);
  const again = { ...seeker, member: 9 };
  expect(asking.tells([host, again])).toBe(true);
  expect(asking.outcome([host, again])).toBe("open");
});

test("only hosts ask, the same question once, and only who asked takes it back", () => {
  const asked = new Asked();
  asked.ask(guest, question);
  expect(asked.next).toBeUndefined();
  asked.ask(host, question);
  asked.ask(host, question);
  expect(asked.next).toEqual({ question, from: host });
  expect(asked.drop({ ...host, member: 7 }, question.id)).toBe(false);
  expect(asked.drop(host, question.id)).toBe(true);
  expect(asked.next).toBeUndefined();
  asked.ask(host, question);
  expect(asked.next).toBeUndefined();
});

test("questions are answered one after the other, and those of who is gone are not asked any more", () => {
  const asked = new Asked();
  const colleague = { ...host, member: 8 };
  const second = { ...question, id: "c".repeat(16) };
  asked.ask(host, question);
  asked.ask(colleague, second);
  asked.answer();
  expect(asked.next?.question).toEqual(second);
  asked.only([host, seeker]);
  expect(asked.next).toBeUndefined();
});
