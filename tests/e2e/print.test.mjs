// A centre on paper: somebody may have to carry it along.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DESK, go, launch, OUTPUT, open } from "./harness/browser.mjs";
import { someSlug } from "./harness/pages.mjs";

const browser = await launch();
after(() => browser.close());

test("the print view of a centre is black on white and leaves out what only works on a screen", async () => {
  const { context, page } = await open(browser, { viewport: DESK, colorScheme: "dark" });
  await go(page, `/stelle/${await someSlug()}`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const shown = (selector) => page.locator(`${selector}:visible`).count();
  for (const gone of [".exit-link", ".language-menu", ".site-footer", ".skip-link", ".no-print"])
    assert.equal(await shown(gone), 0, gone);
  for (const stays of ["h1", ".contact-block", ".address"]) assert.ok((await shown(stays)) >= 1, stays);
  const colours = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return { color, backgroundColor, dark: getComputedStyle(document.querySelector("h1")).color };
  });
  assert.equal(colours.backgroundColor, "rgb(255, 255, 255)");
  assert.equal(colours.color, "rgb(0, 0, 0)");
  assert.match(
    colours.dark,
    /rgb\((\d|1\d|2\d), (\d|1\d|2\d), (\d|[1-4]\d)\)/,
    "headings are dark on paper also where the screen is dark",
  );
  const pdf = await page.pdf({ path: `${OUTPUT}centre.pdf`, format: "A4" });
  const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  assert.ok(sheets >= 1 && sheets <= 3, `${sheets} sheets`);
  await page.screenshot({ path: `${OUTPUT}centre-print.png`, fullPage: true });
  await context.close();
});
