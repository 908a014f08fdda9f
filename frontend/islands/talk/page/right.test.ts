import { beforeEach, expect, test } from "vitest";
import { dropRight, keepName, keptFragment, keptName, type Right, readRight, takeRight } from "./right.ts";

const base64url = (text: string): string => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const said = { room: "Zq3xV8nLQ0a1B2c3D4e5Fg", seat: "s", role: "seeker", opens: 100, closes: 200, issued: 100 };
const fragment = (change: object = {}, secret = "s".repeat(32)): string =>
  `${base64url(JSON.stringify({ ...said, ...change }))}.mac~${base64url(secret)}`;

function come(hash: string): void {
  history.replaceState(null, "", `/gespraech${hash && `#${hash}`}`);
}

beforeEach(() => come(""));

test("the right leaves the address at once and is there again after a reload", () => {
  come(fragment());
  const right = takeRight();
  expect(right).toMatchObject({ room: said.room, role: "seeker" });
  expect(location.href).not.toContain("~");
  keepName("Erle");
  expect(takeRight()).toMatchObject({ entry: fragment().split("~")[0] });
  expect(keptName()).toBe("Erle");
});

test("in another language it is the same, with the name", () => {
  come(fragment());
  takeRight();
  keepName("Zaunkönig ~ 3");
  const taken = keptFragment();
  come(taken);
  expect(takeRight()).toMatchObject({ room: said.room });
  expect(keptName()).toBe("Zaunkönig ~ 3");
});

test("who agreed on video finds that again after a reload, and in another language", () => {
  come(`v~${fragment()}`);
  expect(takeRight()).toMatchObject({ room: said.room, video: true });
  keepName("Erle");
  expect(takeRight()).toMatchObject({ video: true });
  come(keptFragment());
  expect(takeRight()).toMatchObject({ entry: fragment().split("~")[0], video: true });
  expect(keptName()).toBe("Erle");
  come(fragment());
  expect(takeRight()).toMatchObject({ video: false });
});

test("when it is over nothing is kept", () => {
  come(fragment());
  takeRight();
  dropRight();
  expect([takeRight(), keptFragment(), keptName()]).toEqual([undefined, "", undefined]);
});

test("another right does not keep the name of the one before", () => {
  come(fragment());
  takeRight();
  keepName("Erle");
  location.hash = fragment({ seat: "another" });
  takeRight();
  expect(keptName()).toBeUndefined();
});

test.each([
  ["nonsense", "abc~def"],
  ["no secret", fragment().split("~")[0] ?? ""],
  ["a short secret", fragment({}, "short")],
  ["an unknown role", fragment({ role: "admin" })],
  ["no room", fragment({ room: 5 })],
])("%s is no right and is not kept", (_name, hash) => {
  expect(readRight(hash)).toBe("broken");
  come(hash);
  expect(takeRight()).toBe("broken");
  expect(keptFragment()).toBe("");
});

test("a guest's link is held by the tab that opens it, through reloads and languages, and another tab is another", () => {
  const link = `${fragment({ role: "guest" })}~Dolmetscherin`;
  const first = opened(link);
  expect(first).toMatchObject({ role: "guest", fresh: true, holder: expect.stringMatching(/^[\w-]{16}$/) });
  expect(keptName()).toBe("Dolmetscherin");
  expect(takeRight()).toMatchObject({ fresh: false, holder: first.holder });
  const taken = keptFragment();
  expect(opened(taken)).toMatchObject({ fresh: false, holder: first.holder });
  expect(keptName()).toBe("Dolmetscherin");
  expect(opened(link).holder).not.toBe(first.holder);
});

test("nobody else has something to be known by", () => {
  expect(opened(fragment())).toMatchObject({ role: "seeker", holder: undefined });
  expect(JSON.stringify(history.state)).not.toContain(".undefined");
  expect(keptFragment()).toBe(fragment());
});

function opened(hash: string): Right {
  come(hash);
  const right = takeRight();
  if (!right || right === "broken") throw new Error("no right");
  return right;
}

test.each([
  ["+4976112345", "+4976112345"],
  ["116117", "116117"],
  ["javascript:alert(1)", undefined],
  ["12", undefined],
  ["+49 761", undefined],
  [5, undefined],
])("of %s as the centre's number a phone gets %s", (phone, dialled) => {
  const right = readRight(fragment({ phone }));
  expect(right === "broken" || right.phone).toBe(dialled);
});
