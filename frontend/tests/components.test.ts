// @vitest-environment node
// Every component is complete, every message exists in every language with the same variables, and no template or
// script says anything by itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const FRONTEND = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, FRONTEND), "utf8");
const folders = readdirSync(new URL("components/", FRONTEND), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const components = folders.filter((name) => name !== "page");

/** Message ids with the variables they use. */
function messages(lang: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of read(`locales/${lang}/components.ftl`).split("\n")) {
    const id = line.match(/^([a-z][\w-]*) =/)?.[1];
    if (id) {
      current = [];
      found.set(id, current);
    }
    for (const variable of line.matchAll(/\$([a-z]+)/g)) {
      if (variable[1] && !current.includes(variable[1])) current.push(variable[1]);
    }
  }
  return found;
}

const german = messages("de");
const templates = [
  ...folders.flatMap((name) => templatesIn(`components/${name}`)),
  ...["gallery", "staff", "plain"].map((name) => `gallery/${name}.html`),
];

function templatesIn(folder: string): string[] {
  const files = readdirSync(new URL(folder, FRONTEND)).filter((file) => file.endsWith(".html"));
  return files.map((file) => `${folder}/${file}`);
}

describe.each(components)("%s", (name) => {
  test("has a template, named examples and a line in the README", () => {
    expect(existsSync(new URL(`components/${name}/macro.html`, FRONTEND))).toBe(true);
    const examples = JSON.parse(read(`components/${name}/examples.json`)) as {
      title: string;
      template: string;
      context: object;
    }[];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(Object.keys(example).sort()).toEqual(["context", "template", "title"]);
    expect(read("components/README.md")).toContain(`\`${name}\``);
  });

  test("its style, if it has one, is part of a style sheet", () => {
    const styled = existsSync(new URL(`components/${name}/style.scss`, FRONTEND));
    const sheets = ["site", "staff"].map((sheet) => read(`styles/${sheet}.scss`));
    expect(sheets.some((sheet) => sheet.includes(`components/${name}/style"`))).toBe(styled);
  });

  test("its script, if it has one, is started by a script of the pages", () => {
    const moves = existsSync(new URL(`components/${name}/island.ts`, FRONTEND));
    const scripts = ["site", "staff"].map((script) => read(`islands/${script}.ts`));
    expect(scripts.some((script) => script.includes(`components/${name}/island.ts"`))).toBe(moves);
  });
});

describe("messages", () => {
  test("English has the same messages with the same variables as German", () => {
    const sorted = (all: Map<string, string[]>) => [...all].map(([id, names]) => [id, [...names].sort()]).sort();
    expect(sorted(messages("en"))).toEqual(sorted(german));
  });

  test("every message a template says exists, and none is left over", () => {
    const said = templates.flatMap((path) => [...read(path).matchAll(/\bt\("([\w-]+)"/g)].map((match) => match[1]));
    const examples = components.flatMap((name) => [
      // `text` of a navigation's entry is a message id, too.
      ...read(`components/${name}/examples.json`).matchAll(/"(?:id|text)": "(c-[\w-]+)"/g),
    ]);
    const kinds = [
      ...["info", "success", "warning", "danger"].map((kind) => `c-notice-${kind}`),
      ...["done", "current", "open"].map((state) => `c-step-${state}`),
    ];
    // Said by pages: the beginning of <title> when a form has errors.
    const used = new Set([
      ...said.filter((id) => !id?.endsWith("-")),
      ...examples.map((match) => match[1]),
      ...kinds,
      "c-error-prefix",
    ]);
    expect([...used].filter((id) => !german.has(id ?? ""))).toEqual([]);
    expect([...german.keys()].filter((id) => !used.has(id))).toEqual([]);
  });
});

describe.each(templates)("%s", (path) => {
  const template = read(path);

  test("has no visible text of its own", () => {
    const text = template
      .replace(/\{#[\s\S]*?#\}|\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g, "")
      .replace(/<[^>]*>/g, "")
      // A macro may write nothing but attributes.
      .replace(/ (?:aria-[a-z]+|lang)="[^"]*"/g, "");
    expect(text).not.toMatch(/\p{Letter}/u);
    for (const [, value] of template.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"{]*)"/g))
      expect(value).toBe("");
  });

  test("carries no inline style or script", () => {
    expect(template).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/);
    expect(template).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });
});

test("islands say nothing by themselves", () => {
  for (const name of components) {
    const path = `components/${name}/island.ts`;
    if (!existsSync(new URL(path, FRONTEND))) continue;
    const code = read(path).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "");
    expect(code.match(/textContent = "[^"]+"|append\("[^" ]+"/g)).toBeNull();
  }
});
