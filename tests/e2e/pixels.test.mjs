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
    for (const path of ["/", "/gallery", "/gallery/staff"]) {
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

  test(`${name}: chosen looks different from not chosen, and the same in both directions of reading`, async () => {
    const { context, page } = await open(browser, options);
    const boxes = {};
    for (const [dir, path] of Object.entries({ ltr: "/gallery", rtl: "/ar-x-pseudo/gallery" })) {
      await go(page, path);
      assert.equal(await page.getAttribute("html", "dir"), dir);
      for (const type of ["checkbox", "radio"]) {
        const box = page.locator(`[data-example=choice] input[type=${type}]`).last();
        for (const checked of [false, true]) {
          await box.evaluate((element, value) => {
            element.checked = value;
          }, checked);
          boxes[`${type} ${dir} ${checked}`] = await picture(page, box, 0);
        }
      }
    }
    await context.close();
    const percent = async (one, other) => Math.round((await eyes.difference(boxes[one], boxes[other])) * 1000) / 10;
    for (const type of ["checkbox", "radio"]) {
      const change = await percent(`${type} ltr false`, `${type} ltr true`);
      assert.ok(change > 8, `${type}: choosing changes ${change} % of the box`);
      // A tick that is mirrored, or shoved out of its box, differs from the one in the other direction.
      const turned = await percent(`${type} ltr true`, `${type} rtl true`);
      assert.ok(turned < 4, `${type}: ${turned} % of the chosen box differ between the directions of reading`);
    }
  });
}
