// The main job without script: find, narrow down, open a centre, change the language, leave.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ADDRESS, go, launch, OUTPUT, open } from "./harness/browser.mjs";
import { EXIT_ADDRESS } from "./harness/server.mjs";

const browser = await launch();
after(() => browser.close());

const withoutScript = { javaScriptEnabled: false };

test("from the start page to the phone number of a centre", async () => {
  const { context, page, offences } = await open(browser, withoutScript);
  await go(page, "/");
  await page.fill("#search-words", "Schulden");
  await page.fill("#search-place", "79100");
  await page.click(".search-form button");
  assert.equal(new URL(page.url()).pathname, "/suche");
  assert.equal(await page.inputValue("#search-words"), "Schulden");
  const results = page.locator(".result");
  assert.ok((await results.count()) >= 1);
  const name = await results.first().locator(".result__name a").textContent();
  await page.screenshot({ path: `${OUTPUT}no-script-hits.png`, fullPage: true });
  await results.first().locator(".result__name a").click();
  assert.match(new URL(page.url()).pathname, /^\/stelle\//);
  assert.equal(await page.locator("h1").textContent(), name);
  const phones = page.locator('main a[href^="tel:"]');
  assert.ok((await phones.count()) >= 1, "the phone number is a link");
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, "/suche");
  assert.deepEqual(offences, []);
  assert.equal((await context.cookies()).length, 0);
  await context.close();
});

test("a topic leads to centres", async () => {
  const { context, page } = await open(browser, withoutScript);
  await go(page, "/");
  await page.locator(".topic-list__link").first().click();
  assert.equal(await page.locator("h1").count(), 1);
  assert.ok((await page.locator(".search-form, .result").count()) >= 1);
  await context.close();
});

test("filters are a form of their own and keep words and place", async () => {
  const { context, page } = await open(browser, withoutScript);
  await go(page, "/suche?words=Schulden&place=79100");
  await page.click(".filters summary");
  await page.check("#filter-wheelchair");
  await page.click(".filters__form button");
  const query = new URL(page.url()).searchParams;
  assert.equal(query.get("words"), "Schulden");
  assert.equal(query.get("place"), "79100");
  assert.equal(query.get("wheelchair"), "true");
  await context.close();
});

test("pages of ten neither overlap nor drop", async () => {
  const { context, page } = await open(browser, withoutScript);
  await go(page, "/suche?words=Schulden&place=79100");
  const slugs = () =>
    page.locator("ol.result-list .result__name a").evaluateAll((links) => links.map((link) => link.pathname));
  const first = await slugs();
  assert.equal(first.length, 10);
  await page.locator(".pagination a[rel=next]").click();
  const second = await slugs();
  assert.ok(second.length > 0);
  assert.deepEqual(
    first.filter((slug) => second.includes(slug)),
    [],
  );
  await context.close();
});

test("an ambiguous town leads to a choice, and the choice to centres", async () => {
  const { context, page } = await open(browser, withoutScript);
  await go(page, "/suche?words=Schulden&place=Neustadt");
  const choices = page.locator(".place-chooser__link");
  assert.ok((await choices.count()) >= 2);
  await choices.first().click();
  assert.ok((await page.locator(".result").count()) >= 1);
  await context.close();
});

test("the language changes in place", async () => {
  const { context, page } = await open(browser, withoutScript);
  await go(page, "/suche?words=Schulden&place=79100");
  await page.click('.language-menu a[hreflang="en"]');
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.inputValue("#search-place"), "79100");
  await context.close();
});

test("the quick exit is a link that clears the site's data and leads to the neutral page", async () => {
  const { context, page } = await open(browser, withoutScript);
  await go(page, "/");
  assert.equal(await page.getAttribute(".exit-link", "href"), "/weg");
  await context.close();
  const answer = await fetch(`${ADDRESS}/weg`, { redirect: "manual" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), EXIT_ADDRESS);
  assert.match(answer.headers.get("clear-site-data") ?? "", /"cache"/);
});
