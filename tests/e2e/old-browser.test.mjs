// A phone of 2019: newer features of CSS are renamed in the style sheet, so that the browser does not know them.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ADDRESS, DESK, go, launch, OUTPUT, open, PHONE } from "./harness/browser.mjs";
import * as checks from "./harness/checks.mjs";
import { publicPages } from "./harness/pages.mjs";
import { eye, picture } from "./harness/pixels.mjs";

const TOO_NEW = [
  /oklch\(|oklab\(|\blab\(|\blch\(|color-mix\(|light-dark\(/g,
  /:has\(|:is\(|:where\(|:focus-visible/g,
  /@layer|@container|@property/g,
  // Gaps between flex items came later than grid gaps, which keep their old name here.
  /(?<=[{;])(row-|column-)?gap:/g,
  /inset(-inline|-block)?(-start|-end)?:|(margin|padding)-(inline|block):|aspect-ratio:|accent-color:/g,
];

const browser = await launch();
after(() => browser.close());

async function oldPhone(options = {}) {
  const visit = await open(browser, options);
  await visit.context.route(`${ADDRESS}/static/*.css`, async (route) => {
    const response = await route.fetch();
    const css = TOO_NEW.reduce(
      (text, feature) => text.replace(feature, (found) => found.replace(/[a-z]/, "x-$&")),
      await response.text(),
    );
    const headers = { ...response.headers() };
    delete headers["content-encoding"];
    delete headers["content-length"];
    await route.fulfill({ status: 200, headers, body: css });
  });
  return visit;
}

for (const colorScheme of ["light", "dark"]) {
  test(`${colorScheme}: pages stay usable`, async () => {
    const { context, page } = await oldPhone({ colorScheme });
    const found = [];
    for (const { name, path, status } of await publicPages()) {
      for (const viewport of [PHONE, DESK]) {
        await page.setViewportSize(viewport);
        await go(page, path, status);
        for (const check of [checks.faintControls, checks.labelsOverlap, checks.smallTargets, checks.widerThanWindow]) {
          found.push(
            ...(await page.evaluate(check)).map((finding) => `${name} ${viewport.width} ${check.name}: ${finding}`),
          );
        }
      }
      await page.screenshot({ path: `${OUTPUT}old-browser-${name}-${colorScheme}.png`, fullPage: true });
    }
    await context.close();
    assert.deepEqual(found, []);
  });
}

test("controls are really painted", async () => {
  const eyes = await eye(browser);
  const { context, page } = await oldPhone();
  await go(page, "/gallery");
  const found = [];
  for (const control of await page
    .locator(
      "main input:not([type=hidden]):visible, .kern-form-input__select-wrapper:visible, .kern-btn--primary:visible",
    )
    .all()) {
    const contrast = await eyes.weakestEdge(await picture(page, control, 4), 4);
    if (contrast < 3)
      found.push(`${contrast.toFixed(2)}: ${await control.evaluate((element) => element.outerHTML.slice(0, 120))}`);
  }
  await context.close();
  assert.deepEqual(found, []);
});
