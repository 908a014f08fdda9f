// Somebody without script and without account: find → book → move → cancel. And the link, which a script takes out of the address.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import axe from "axe-core";
import { ADDRESS, DESK, go, kept, launch, NOTHING_KEPT, OUTPUT, open, PHONE } from "./harness/browser.mjs";
import { smallTargets, widerThanWindow } from "./harness/checks.mjs";
import { linkInMail } from "./harness/staff.mjs";

const browser = await launch();
after(() => browser.close());

const MARK = "Markierung Kim";
const picture = (page, name) => page.screenshot({ path: `${OUTPUT}booking-${name}.png`, fullPage: true });

/** Offers of the demonstration directory that can be booked; the list of hits leads to them. */
async function bookableOffer() {
  for (const words of ["Schulden", "Sucht", "Wohnung"]) {
    const { hits } = await (await fetch(`${ADDRESS}/api/v1/search?words=${words}&place=79100`)).json();
    for (const { offer_id: offer } of hits ?? []) {
      const answer = await fetch(`${ADDRESS}/api/v1/offers/${offer}/slots`);
      if (answer.status !== 200) continue;
      const { slots } = await answer.json();
      if (slots.length > 20) return { words, offer, way: slots[0].modes[0] };
    }
  }
  throw new Error("no offer of the demonstration directory can be booked");
}

const { words, offer, way } = await bookableOffer();

/** Presses a button and waits for the page that follows. */
async function press(page, button) {
  await Promise.all([page.waitForEvent("load"), button.click()]);
}

/** From the start page through the list of hits to the free times. */
async function find(page) {
  await go(page, "/");
  await page.fill("#search-words", words);
  await page.fill("#search-place", "79100");
  await press(page, page.locator(".search-form button").first());
  await press(page, page.locator(`.result__appointment a[href="/termin/${offer}"]`));
  const ways = page.locator(`main a[href*="/zeiten?art=${way}"], main form[action$="/zeiten"] button[value="${way}"]`);
  if (await ways.count()) await press(page, ways.first());
}

/** From the times to the receipt. */
async function book(page, place, found = false) {
  if (!found) await go(page, `/termin/${offer}/zeiten?art=${way}`);
  assert.ok((await page.locator(".slot-picker__day").count()) >= 10, "ten days that have free times");
  await press(page, page.locator(".slot-picker__times button").nth(place));
  assert.match(new URL(page.url()).pathname, /\/halten$/);
  if (await page.locator("#name").count()) await page.fill("#name", MARK);
  await press(page, page.locator('form[action$="/pruefen"] button').first());
  assert.match(new URL(page.url()).pathname, /\/pruefen$/);
  await press(page, page.locator('form[action$="/buchen"] button'));
  const codes = await page.locator(".code-panel__code").allTextContents();
  assert.match(codes[0], /^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}$/);
  assert.match(codes[1], /^\d{4}$/);
  const link = await page.locator('main a[href*="/mein-termin#"]').getAttribute("href");
  return { code: codes[0], pin: codes[1], link };
}

/** The receipt on paper: what one has to know, and nothing that only works on a screen. */
async function onPaper(page, code) {
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".code-panel__code", { hasText: code }).isVisible());
  assert.ok(await page.locator("dl.facts dd").first().isVisible(), "when it is");
  for (const gone of [".exit-link", ".language-menu", ".site-footer", ".no-print"])
    assert.equal(await page.locator(`${gone}:visible`).count(), 0, gone);
  await picture(page, "receipt-print");
  await page.emulateMedia({ media: "screen" });
}

test("without script: find, book, see, move, cancel, and nothing is left on the device or in an address", async () => {
  const { context, page, offences, requests } = await open(browser, { javaScriptEnabled: false });
  await go(page, `/termin/${offer}`);
  await picture(page, "ways");
  await find(page);
  const { code, pin, link } = await book(page, 0, true);
  await picture(page, "receipt");
  await onPaper(page, code);

  await go(page, "/mein-termin");
  await page.fill("#code", code.toLowerCase().replaceAll("-", " "));
  await page.fill("#pin", pin);
  await press(page, page.locator('form[action="/mein-termin"] button').first());
  const before = await page.locator("dl.facts dd").first().textContent();
  await picture(page, "own");

  await press(page, page.locator('form[action="/mein-termin/verschieben"] button'));
  await press(page, page.locator(".slot-picker__times button").nth(5));
  await picture(page, "move");
  await press(page, page.locator('form:has(input[name="sicher"]) button'));
  assert.notEqual(await page.locator("dl.facts dd").first().textContent(), before, "it is at another time");

  await press(page, page.locator('form[action="/mein-termin/absagen"] button'));
  await press(page, page.locator('form:has(input[name="sicher"]) button'));
  assert.equal(await page.locator('form[action^="/mein-termin/"]').count(), 0);
  await picture(page, "cancelled");

  for (const address of requests) {
    for (const secret of [code, pin, link.split("#")[1], "Markierung"])
      assert.ok(!address.includes(secret), `${new URL(address).pathname} tells a secret`);
  }
  assert.equal((await context.cookies()).length, 0);
  assert.deepEqual(offences, []);
  await context.close();
});

test("the link opens the appointment, its secret leaves the address, and the calendar file is neutral", async () => {
  const visit = await open(browser);
  const { page, offences } = visit;
  const { link } = await book(page, 3);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('form[action$="/mein-termin/kalender"] button').click(),
  ]);
  assert.equal(download.suggestedFilename(), "termin.ics");

  const { hash, pathname } = new URL(link);
  await page.goto(`${ADDRESS}${pathname}${hash}`);
  await page.waitForSelector('form[action="/mein-termin/absagen"]');
  assert.ok(!page.url().includes("#"), "the secret is gone from the address");
  assert.deepEqual(await kept(visit), NOTHING_KEPT);
  await press(page, page.locator('form[action="/mein-termin/absagen"] button'));
  await press(page, page.locator('form:has(input[name="sicher"]) button'));
  assert.deepEqual(offences, []);
  await visit.context.close();
});

test("without script: onto the waiting list by the link of a mail, and off it again", async () => {
  const { context, page, offences, requests } = await open(browser, { javaScriptEnabled: false });
  const address = "warteliste@beispiel.example";
  await go(page, `/termin/${offer}/zeiten?art=${way}`);
  await press(page, page.locator('main a[href$="/warteliste"]'));
  await page.fill("#mail", address);
  await picture(page, "waiting");
  await press(page, page.locator('form[action$="/warteliste"] button').first());
  await picture(page, "waiting-sent");
  const link = await linkInMail(address, "/warteliste#");
  await go(page, "/warteliste");
  await page.fill("#link", link);
  await press(page, page.locator('form[action$="/warteliste"] button').first());
  await picture(page, "waiting-entry");
  await press(page, page.locator('form[action$="/bestaetigen"] button'));
  assert.equal(await page.locator('form[action$="/bestaetigen"]').count(), 0, "she is on the list");
  await press(page, page.locator('form[action$="/austragen"] button'));
  await picture(page, "waiting-left");
  for (const asked of requests) assert.ok(!asked.includes(link.split("#")[1]), "the secret stands in no address");
  assert.deepEqual(offences, []);
  await context.close();
});

test("every page of the way is accessible, on a phone and on a wide screen", async () => {
  const { context, page } = await open(browser);
  const check = async (what) => {
    for (const viewport of [DESK, PHONE, { width: 320, height: 640 }]) {
      await page.setViewportSize(viewport);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const found = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
      assert.deepEqual(found, [], `${what} at ${viewport.width} px`);
      assert.deepEqual(await page.evaluate(widerThanWindow), [], `${what} at ${viewport.width} px`);
      assert.deepEqual(await page.evaluate(smallTargets), [], `${what} at ${viewport.width} px`);
    }
  };
  for (const prefix of ["", "/en", "/ar-x-pseudo"]) {
    await go(page, `${prefix}/termin/${offer}`);
    await check(`${prefix} ways`);
    await go(page, `${prefix}/termin/${offer}/zeiten?art=${way}`);
    await check(`${prefix} times`);
    await press(page, page.locator(".slot-picker__times button").nth(8));
    await check(`${prefix} contact`);
    if (await page.locator("#remind").count()) {
      await page.fill("#remind", "keine Adresse");
      await press(page, page.locator('form[action$="/pruefen"] button').first());
      assert.equal(await page.inputValue("#remind"), "keine Adresse", "input is kept");
      await check(`${prefix} contact with an error`);
      await page.fill("#remind", "");
    }
    await press(page, page.locator('form[action$="/pruefen"] button').first());
    await check(`${prefix} check`);
    await press(page, page.locator('form[action$="/buchen"] button'));
    await check(`${prefix} receipt`);
    const [code, pin] = await page.locator(".code-panel__code").allTextContents();
    await go(page, `${prefix}/termin/${offer}/warteliste`);
    await page.fill("#mail", "keine Adresse");
    await press(page, page.locator('form[action$="/warteliste"] button').first());
    assert.equal(await page.inputValue("#mail"), "keine Adresse", "input is kept");
    await check(`${prefix} waiting list with an error`);
    await go(page, `${prefix}/warteliste`);
    await check(`${prefix} waiting list, the link`);
    await go(page, `${prefix}/mein-termin`);
    await check(`${prefix} enter`);
    await page.fill("#code", code);
    await page.fill("#pin", pin);
    await press(page, page.locator('form[action$="/mein-termin"] button').first());
    await check(`${prefix} own`);
    await press(page, page.locator('form[action$="/verschieben"] button'));
    await check(`${prefix} move`);
    await press(page, page.locator(".slot-picker__times button").nth(2));
    await check(`${prefix} move check`);
    await press(page, page.locator('form[action$="/mein-termin"] button').last());
    await press(page, page.locator('form[action$="/absagen"] button'));
    await check(`${prefix} cancel`);
    await press(page, page.locator('form:has(input[name="sicher"]) button'));
    await check(`${prefix} cancelled`);
  }
  await context.close();
});
