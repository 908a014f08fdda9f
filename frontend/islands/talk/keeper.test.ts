// @vitest-environment node
import { expect, test } from "vitest";
import { due, type Known } from "./keeper.ts";
import type { KeyPackage } from "./mls.ts";

const keyPackage = {} as KeyPackage;
const known = (member: number, more: Partial<Known> = {}): Known => ({
  member,
  standing: "waiting",
  welcome: true,
  keyPackage,
  ...more,
});
const group = { generation: 1, epoch: 3 };

test("nobody comes in without a yes and a letter that holds", () => {
  expect(
    due(undefined, undefined, [known(2, { welcome: false }), known(3, { keyPackage: undefined })]),
  ).toBeUndefined();
  expect(due(group, [], [known(2, { welcome: false }), known(3, { keyPackage: undefined })])).toBeUndefined();
});

test("the first who is welcome begins the group", () => {
  expect(due(undefined, undefined, [known(2)])).toEqual({
    begin: true,
    admit: [{ member: 2, keyPackage }],
    remove: [],
  });
});

test("while others are still in a group whose keys are gone, a new one begins, and their used letters are left alone", () => {
  const others = [known(2, { standing: "inside" }), known(3, { welcome: false })];
  expect(due(group, undefined, others)).toEqual({ begin: true, admit: [], remove: [] });
});

test("a room that had a group but holds nobody of it begins a new one only for somebody", () => {
  expect(due(group, undefined, [])).toBeUndefined();
  expect(due(group, undefined, [known(2)])).toMatchObject({ begin: true });
});

test("who is gone or before the door is taken out, and may come in again by the same commit", () => {
  expect(due(group, [2, 3], [known(3, { standing: "inside" })])).toEqual({ begin: false, admit: [], remove: [2] });
  expect(due(group, [2], [known(2)])).toEqual({ begin: false, admit: [{ member: 2, keyPackage }], remove: [2] });
  expect(due(group, [2], [known(2, { standing: "inside" })])).toBeUndefined();
});
