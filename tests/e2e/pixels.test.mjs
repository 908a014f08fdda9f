// What is really painted: edges of controls, and chosen against not chosen, in every mode of colours.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { go, launch, open } from "./harness/browser.mjs";
import { eye, picture } from "./harness/pixels.mjs";

const MARGIN = 4;
const MODES = [
  { name: "light" },
  { name: "dark", colorScheme: "dark" },
  { name: "contrast theme", forcedColors: "active" },
  { name: "dark contrast theme", forcedColors: "active", colorScheme: "dark" },
];

const browser = await launch();
const eyes = await eye(browser);
after(() => browser.close());

for (const { name, ...options } of MODES) {
  test(`${name}: every control has an edge of at least 3:1 that is really painted`, async () => {
    const { context, page } = await open(browser, options);
    const found = [];
    for (const path of ["/", "/gallery"]) {
      await go(page, path);
      const controls = await page
        .locator(
          "input:not([type=hidden]):visible, .kern-form-input__select-wrapper:visible, .kern-btn:not(.kern-btn--tertiary):visible, .exit-link:visible",
        )
        .all();
      assert.ok(controls.length >= 4);
      for (const control of controls) {
        const contrast = await eyes.weakestEdge(await picture(page, control, MARGIN), MARGIN);
        if (contrast < 3)
          found.push(`${contrast.toFixed(2)}: ${await control.evaluate((element) => element.outerHTML.slice(0, 120))}`);
      }
    }
    await context.close();
    assert.deepEqual(found, []);
  });

  for (const dir of ["ltr", "rtl"]) {
    test(`${name}, ${dir}: chosen looks different from not chosen, and the mark stays inside its box`, async () => {
      const { context, page } = await open(browser, options);
      await go(page, dir === "rtl" ? "/ar-x-pseudo/gallery" : "/gallery");
      for (const type of ["checkbox", "radio"]) {
        const box = page.locator(`[data-example=choice] input[type=${type}]`).last();
        const around = async (margin) => picture(page, box, margin);
        await box.evaluate((element) => (element.checked = false));
        const [off, offAround] = [await around(0), await around(12)];
        await box.evaluate((element) => (element.checked = true));
        const [on, onAround] = [await around(0), await around(12)];
        const inside = await eyes.difference(off, on);
        assert.ok(inside > 0.08, `${type}: ${(inside * 100).toFixed(1)} % of the box changes`);
        // The wider picture has more pixels; if the mark stays inside, the number of changed pixels is the same.
        const { width, height } = await box.boundingBox();
        const changedInside = inside * width * height;
        const changedAround =
          (await eyes.difference(offAround, onAround)) * (Math.ceil(width) + 24) * (Math.ceil(height) + 24);
        assert.ok(changedAround <= changedInside * 1.05 + 4, `${type}: the mark leaves its box`);
      }
      await context.close();
    });
  }
}
