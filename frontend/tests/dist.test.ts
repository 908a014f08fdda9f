// @vitest-environment node
// What the build must keep: the budget, and the repairs that make KERN fit for old phones and right-to-left pages.
import { readdirSync, readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";

const DIST = new URL("../dist/", import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, DIST));

let manifest: Record<string, string>;

beforeAll(() => {
  manifest = JSON.parse(read("manifest.json").toString());
});

describe("files", () => {
  test("every entry has a hashed file and its brotli form, and nothing else is there", () => {
    const styles = ["call.css", "site.css", "staff.css", "talk.css"];
    const scripts = ["call.js", "document.js", "door.js", "frames.js", "others.js", "site.js", "staff.js", "talk.js"];
    expect(Object.keys(manifest).sort()).toEqual([...styles, ...scripts, "favicon.svg"].sort());
    const expected = Object.values(manifest).flatMap((file) => [file, `${file}.br`]);
    expect(readdirSync(DIST).sort()).toEqual([...expected, "manifest.json"].sort());
    for (const file of Object.values(manifest)) {
      expect(file).toMatch(/^[a-z]+\.[0-9a-f]{10}\.(css|js|svg)$/);
      expect(brotliDecompressSync(read(`${file}.br`)).equals(read(file))).toBe(true);
    }
  });

  test.each([
    ["site.css", 18_000],
    ["site.js", 5_000],
    ["favicon.svg", 1_000],
  ])("%s stays within its budget of %d bytes with brotli", (entry, budget) => {
    expect(read(`${manifest[entry]}.br`).length).toBeLessThanOrEqual(budget);
  });

  test("the page of a conversation stays within 60 kB, 8 of them its text", () => {
    const loaded = ["site.css", "site.js", "talk.css", "talk.js", "favicon.svg"];
    const sizes = loaded.map((entry) => read(`${manifest[entry]}.br`).length);
    expect(sizes.reduce((sum, size) => sum + size, 8_000)).toBeLessThanOrEqual(60_000);
  });

  test("with a call it stays within 110 kB", () => {
    const loaded = ["site.css", "site.js", "talk.css", "talk.js", "call.css", "call.js", "frames.js", "favicon.svg"];
    const sizes = loaded.map((entry) => read(`${manifest[entry]}.br`).length);
    expect(sizes.reduce((sum, size) => sum + size, 8_000)).toBeLessThanOrEqual(110_000);
  });

  test("what makes a document anew stays within 125 kB", () => {
    expect(read(`${manifest["document.js"]}.br`).length).toBeLessThanOrEqual(125_000);
  });

  test("style sheet and script of the staff pages together stay within 30 kB with brotli", () => {
    const sizes = ["staff.css", "staff.js"].map((entry) => read(`${manifest[entry]}.br`).length);
    expect(sizes[0] ?? 0).toBeLessThanOrEqual(18_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(30_000);
  });

  test.each(["site.js", "staff.js", "talk.js", "call.js", "document.js", "door.js", "frames.js", "others.js"])(
    "%s stores nothing and writes no styles",
    (entry) => {
      const script = read(manifest[entry] ?? "").toString();
      expect(script).not.toMatch(/localStorage|sessionStorage|indexedDB|\.cookie|\.style\b|innerHTML/);
    },
  );
});

describe.each(["site.css", "staff.css"])("style sheet %s", (entry) => {
  let css: string;
  beforeAll(() => {
    css = read(manifest[entry] ?? "").toString();
  });

  test.each([
    "oklch(",
    "oklab(",
    "lab(",
    "color-mix(",
    ":has(",
    "@layer",
    "@supports",
    "@import",
    "@font-face",
    ":is(",
    ":where(",
  ])("holds no %s, which old phones would drop", (feature) => {
    expect(css.includes(feature)).toBe(false);
  });

  test("loads nothing from elsewhere: every url() is a data: image", () => {
    const addresses = [...css.matchAll(/url\((["']?)(.*?)\1\)/g)].map((match) => match[2] ?? "");
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(address).toMatch(/^data:image\/svg\+xml/);
  });

  test("ships at most twenty icons", () => {
    const icons = new Set([...css.matchAll(/\.kern-icon--([a-z-]+)/g)].map((match) => match[1]));
    expect(icons.size).toBeLessThanOrEqual(20);
  });

  test("every custom property that is used is defined, for light without asking", () => {
    const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]));
    const outsideMedia = css.replace(/@media[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g, "");
    const defined = new Set([...outsideMedia.matchAll(/(--[\w-]+):/g)].map((match) => match[1]));
    expect([...used].filter((name) => !defined.has(name))).toEqual([]);
  });

  test("the dark colours name the same properties as the light ones and stay off paper", () => {
    expect(css.match(/@media screen and \(prefers-color-scheme:\s?dark\)/)).not.toBeNull();
    expect(css.match(/@media \(prefers-color-scheme/)).toBeNull();
  });

  test("directions are logical, apart from rules that say both or are symmetric", () => {
    const physical = [...css.matchAll(/(?:^|[{;])((?:margin|padding|border)-(?:left|right)(?:-[a-z]+)?):/g)].map(
      (match) => match[1],
    );
    expect(physical).toEqual([]);
    expect(css.match(/text-align:\s?(left|right)|float:\s?(left|right)/)).toBeNull();
  });

  test("motion only where it is welcome, and contrast themes and print are provided for", () => {
    expect(css.includes("prefers-reduced-motion:no-preference")).toBe(true);
    expect(css.includes("forced-colors:active")).toBe(true);
    expect(css.includes("@media print")).toBe(true);
    const outside = css.replace(/@media[^{]*prefers-reduced-motion[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g, "");
    expect(outside.match(/transition|animation/)).toBeNull();
  });
});
