// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { saysOf } from "./says.ts";

const says = (): ReturnType<typeof saysOf> => {
  document.body.innerHTML = `<template data-say="gone">{name} ist gegangen.</template>
    <template data-say="hands">Es melden sich: \u2068{name}\u2069.</template>
    <template data-say="count">{count} von {all}.</template>`;
  return saysOf(document);
};

test("names and numbers are filled in, isolated from the direction around them", () => {
  expect(says()("gone", { name: "نور" })).toBe("\u2068نور\u2069 ist gegangen.");
  expect(says()("count", { count: 2, all: 3 })).toBe("\u20682\u2069 von \u20683\u2069.");
});

test("a sentence that ends with a name has one dot at its end", () => {
  expect(says()("hands", { name: "Blau, Ö." })).toBe("Es melden sich: \u2068Blau, Ö.\u2069");
  expect(says()("hands", { name: "Blau" })).toBe("Es melden sich: \u2068Blau\u2069.");
});

test("what is not known stands as it is, and a word nobody wrote says nothing", () => {
  expect(says()("gone")).toBe("{name} ist gegangen.");
  expect(says()("nonsense", { name: "Blau" })).toBe("");
});
