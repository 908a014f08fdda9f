// axe on every public page in every language, at phone and desk width, light and dark; then the checks axe lacks.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { ADDRESS, DESK, go, kept, launch, NOTHING_KEPT, OUTPUT, open, PHONE } from "./harness/browser.mjs";
import * as checks from "./harness/checks.mjs";
import { inLanguage, LANGS, publicPages } from "./harness/pages.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = { phone: PHONE, desk: DESK };
const SCHEMES = ["light", "dark"];
/** Pictures for people; all four of each page would take longer than the checks. */
const LOOKED_AT = new Set(["phone light", "desk dark"]);

const pages = await publicPages();
const browser = await launch();
after(() => browser.close());

async function axe(page, name) {
  // The galleries show headers, navigation and search forms within a page that has them already; no real page does.
  const rules = name.startsWith("gallery") ? { "landmark-unique": { enabled: false } } : {};
  return page.evaluate(
    async ({ runOnly, rules }) => {
      const { violations } = await globalThis.axe.run(document, { runOnly, rules, resultTypes: ["violations"] });
      const told = (nodes) => nodes.map((node) => `${node.html.slice(0, 140)} ${node.failureSummary}`);
      return violations.map(({ id, nodes }) => `${id}: ${told(nodes).slice(0, 3).join(" | ")}`);
    },
    { runOnly: RULES, rules },
  );
}

for (const language of LANGS) {
  describe(`pages in ${language.lang}`, () => {
    let visit;
    before(async () => {
      visit = await open(browser);
    });
    after(() => visit.context.close());

    for (const { name, path, status } of pages) {
      test(name, async () => {
        const { page, offences } = visit;
        offences.length = 0;
        await go(page, inLanguage(language, path), status);
        assert.equal(await page.getAttribute("html", "lang"), language.lang);
        assert.equal(await page.getAttribute("html", "dir"), language.dir);

        const found = [];
        for (const [size, viewport] of Object.entries(SIZES)) {
          for (const colorScheme of SCHEMES) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            if (LOOKED_AT.has(`${size} ${colorScheme}`)) {
              await page.screenshot({ path: `${OUTPUT}${language.lang}-${name}-${size}.png`, fullPage: true });
            }
            for (const check of [checks.faintControls, checks.labelsOverlap, checks.smallTargets]) {
              found.push(
                ...(await page.evaluate(check)).map((finding) => `${size} ${colorScheme} ${check.name}: ${finding}`),
              );
            }
          }
        }
        for (const check of [checks.headingOutline, checks.undirectedNumbers]) {
          found.push(...(await page.evaluate(check)).map((finding) => `${check.name}: ${finding}`));
        }
        found.push(...(await narrowAndLarge(page)));
        assert.deepEqual(found, []);
        assert.deepEqual(offences, []);
        assert.deepEqual(await kept(visit), NOTHING_KEPT);
      });
    }
  });
}

async function narrowAndLarge(page) {
  const found = [];
  await page.emulateMedia({ colorScheme: "light" });
  for (const [width, text] of [
    [320, "100%"],
    [360, "100%"],
    [640, "200%"],
    [1280, "200%"],
  ]) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), text);
    found.push(
      ...(await page.evaluate(checks.widerThanWindow)).map((finding) => `at ${width} px, text ${text}: ${finding}`),
    );
  }
  return found;
}

// axe needs a script of its own in the page, which the pages' policy forbids: these visits bypass it.
for (const language of LANGS) {
  describe(`axe in ${language.lang}`, () => {
    let visit;
    before(async () => {
      visit = await open(browser, { bypassCSP: true });
    });
    after(() => visit.context.close());

    for (const { name, path, status } of pages) {
      test(name, async () => {
        const { page } = visit;
        await go(page, inLanguage(language, path), status);
        await page.addScriptTag({ path: AXE });
        const found = [];
        for (const [size, viewport] of Object.entries(SIZES)) {
          for (const colorScheme of SCHEMES) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            found.push(...(await axe(page, name)).map((violation) => `${size} ${colorScheme} ${violation}`));
          }
        }
        assert.deepEqual(found, []);
      });
    }
  });
}

test("the focused element is never covered, on the longest pages", async () => {
  const visit = await open(browser);
  for (const { name, path } of pages.filter(({ name }) => ["start", "hits", "centre"].includes(name))) {
    await go(visit.page, path);
    const covered = [];
    let stops = 0;
    for (; stops < 400; stops += 1) {
      await visit.page.keyboard.press("Tab");
      const state = await visit.page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return { over: true };
        const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const outline = getComputedStyle(element);
        return {
          covered: top !== element && !element.contains(top) && !top?.contains(element),
          marked: outline.outlineStyle !== "none" && parseFloat(outline.outlineWidth) >= 2,
          html: element.outerHTML.slice(0, 120),
        };
      });
      if (state.over) break;
      if (state.covered) covered.push(`covered: ${state.html}`);
      if (!state.marked) covered.push(`no visible focus: ${state.html}`);
    }
    assert.deepEqual(covered, [], name);
    assert.ok(stops > 5, `${name} has things to tab to`);
  }
  await visit.context.close();
});

test("the skip link is the first stop and leads to the content", async () => {
  const { context, page } = await open(browser);
  await go(page, "/");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip-link");
  const box = await page.locator(".skip-link").boundingBox();
  assert.ok(box.y >= 0, "it is shown when focused");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  await context.close();
});

test("an error is told at the top, at the field and in the title", async () => {
  const { context, page } = await open(browser);
  await page.goto(`${ADDRESS}/suche?words=Schulden&place=Qzxwvk`);
  assert.match(await page.title(), /^Fehler:/);
  assert.equal(await page.locator(".error-summary").count(), 1);
  const href = await page.locator(".error-summary a").first().getAttribute("href");
  const field = page.locator(href);
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  assert.match(await field.getAttribute("aria-describedby"), /-error/);
  assert.equal(await field.inputValue(), "Qzxwvk", "what was typed is kept");
  await context.close();
});
