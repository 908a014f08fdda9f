// What scripts add: type-ahead by keyboard, and the quick exit that leaves nothing to go back to.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ADDRESS, go, kept, launch, NOTHING_KEPT, OUTPUT, open } from "./harness/browser.mjs";
import { EXIT_ADDRESS } from "./harness/server.mjs";

const browser = await launch();
after(() => browser.close());

test("islands mark themselves started", async () => {
  const { context, page, offences } = await open(browser);
  await go(page, "/");
  const islands = await page.locator("[data-island]").count();
  assert.ok(islands >= 3);
  assert.equal(await page.locator("[data-island][data-started]").count(), islands);
  assert.deepEqual(offences, []);
  await context.close();
});

test("a place is chosen with the keyboard alone", async () => {
  const visit = await open(browser);
  const { context, page, offences } = visit;
  await go(page, "/");
  await page.focus("#search-words");
  await page.keyboard.type("Schulden");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search-place");
  await page.keyboard.type("Freibu", { delay: 30 });
  await page.locator("#search-place[aria-expanded=true]").waitFor();
  const options = page.locator("#search-place-list [role=option]");
  assert.ok((await options.count()) >= 1);
  const heights = await options.evaluateAll((all) => all.map((option) => option.getBoundingClientRect().height));
  assert.ok(Math.min(...heights) >= 44, "options are high enough for a thumb");
  assert.notEqual(await page.locator("#search-place ~ [role=status]").textContent(), "");
  await page.keyboard.press("ArrowDown");
  const active = await page.getAttribute("#search-place", "aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.screenshot({ path: `${OUTPUT}type-ahead.png` });
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).pathname, "/", "Enter takes the option and does not send yet");
  assert.notEqual(await page.inputValue("#search-place"), "Freibu");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/suche\?/);
  assert.ok((await page.locator(".result").count()) >= 1);
  assert.deepEqual(offences, []);
  assert.deepEqual(await kept(visit), NOTHING_KEPT);
  await context.close();
});

test("words are suggested too, and Escape keeps what was typed", async () => {
  const { context, page } = await open(browser);
  await go(page, "/");
  await page.focus("#search-words");
  await page.keyboard.type("Schul", { delay: 30 });
  await page.locator("#search-words[aria-expanded=true]").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getAttribute("#search-words", "aria-expanded"), "false");
  assert.equal(await page.inputValue("#search-words"), "Schul");
  await context.close();
});

for (const [how, leave] of [
  ["a click", (page) => page.click(".exit-link")],
  [
    "Shift pressed three times",
    async (page) => {
      for (let press = 0; press < 3; press += 1) await page.keyboard.press("Shift");
    },
  ],
]) {
  test(`${how} replaces the page: going back does not lead here`, async () => {
    const { context, page } = await open(browser);
    await context.route(`${EXIT_ADDRESS}**`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<title>weather</title>" }),
    );
    await page.goto("about:blank");
    await go(page, "/krise");
    await leave(page);
    await page.waitForURL(EXIT_ADDRESS);
    await page.goBack();
    assert.ok(!page.url().startsWith(ADDRESS), `going back led to ${page.url()}`);
    await context.close();
  });
}
