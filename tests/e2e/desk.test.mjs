// The counsellor's side: hours → a seeker books → confirm, move, cancel with a word → over, and forgotten. On a server of its
// own, whose clock can be turned.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startServer } from "./harness/server.mjs";

const MINUTE = 60;
const folder = mkdtempSync(join(tmpdir(), "anlaufstelle-clock-"));
const clock = join(folder, "clock");
// The server believes that it is the next eight o'clock, so that the walk never meets midnight.
const now = Math.floor(Date.now() / 1000);
const eight = Math.ceil((now + 1) / 86_400) * 86_400 + 8 * 3_600;
let ahead = eight - now;
const turn = () => writeFileSync(clock, `+${ahead}\n`);
turn();

const server = await startServer({ clock });
Object.assign(process.env, { E2E_ADDRESS: server.address, E2E_MAILS: server.mails, E2E_SETUP: server.setup });
const { ADDRESS, DESK, go, launch, OUTPUT, open, PHONE } = await import("./harness/browser.mjs");
const { assertAccessible, firstAdministrator, invited, send, visit } = await import("./harness/staff.mjs");
const browser = await launch();
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A centre of the demonstration directory with an offer that nobody has set yet. */
async function centreWithOffer() {
  const { hits } = await (await fetch(`${ADDRESS}/api/v1/search?words=Schulden&place=79100`)).json();
  for (const hit of hits) {
    const slots = await fetch(`${ADDRESS}/api/v1/offers/${hit.offer_id}/slots`);
    if (slots.status === 404) return hit;
  }
  throw new Error("every offer can be booked already");
}

const hit = await centreWithOffer();
const base = `/arbeitsplatz/termine/${hit.centre_id}`;
const day = new Date(eight * 1000).toISOString().slice(0, 10);
const MARK = "Markierung Kim";
const NOTE = "Wir sind leider krank.\nBitte rufen Sie uns an.";
let admin;
let counsellor;
/** Where the confirmed appointment of the first of them is, for staff. */
let confirmed;
const people = [];

async function picture({ page }, name) {
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${OUTPUT}desk-${name}-${viewport.width}.png`, fullPage: true });
  }
  await page.setViewportSize(DESK);
}

/** Checks a page and keeps a picture of it. */
async function look(person, name) {
  await assertAccessible(person, name);
  await picture(person, name);
}

async function press({ page }, button) {
  await Promise.all([page.waitForEvent("load"), button.click()]);
}

test("a manager lets an offer be booked after her agreement", async () => {
  admin = await firstAdministrator(browser, "Ada Anfang", "ada@beispiel.example");
  counsellor = await invited(browser, admin, {
    ...{ name: "Berta Beratung", mail: "berta@beispiel.example", role: "counsellor" },
    ...{ words: hit.centre_name, centre: hit.centre_id },
  });
  await visit(admin, `${base}/einstellungen`);
  const { page } = admin;
  await page.fill("#raum", "Zimmer 1");
  await press(admin, page.locator('form[action$="/raum"] button'));
  await look(admin, "settings");
  await press(admin, page.locator('a[href*="/zeiten/"]').last());
  await press(admin, page.locator('main a[href$="/abwesenheit"]'));
  await page.fill("#von", day);
  await page.fill("#von_zeit", "20:00");
  await send(admin);
  await look(admin, "room-look");
  await press(admin, page.locator('button[name="speichern"]'));
  assert.match(await page.locator("main").textContent(), /20:00/);
  await look(admin, "room");

  await visit(admin, `${base}/angebote/${hit.offer_id}`);
  await page.check('input[name="buchbar"]');
  await page.check('input[name="zusage"][value="centre"]');
  const fields = { laenge: "5", puffer_vor: "0", puffer_nach: "0", schritt: "5", vorlauf: "0" };
  for (const [name, value] of Object.entries(fields)) await page.fill(`input[name="${name}"]`, value);
  await page.check('input[name="name"][value="pseudonym"]');
  await look(admin, "offer");
  await send(admin);
  assert.equal(await page.locator("#vorschau").count(), 1, "what it would do is looked at first");
  await look(admin, "offer-look");
  await press(admin, page.locator('button[name="speichern"]'));
  assert.match(page.url(), /getan=/);
  assert.deepEqual(admin.offences, []);
});

test("a counsellor enters herself and looks at her hours before she saves them", async () => {
  const { page } = counsellor;
  await visit(counsellor, `${base}/zeiten`);
  await press(counsellor, page.locator("main form button").last());
  await press(counsellor, page.locator('main a[href$="/regel"]'));
  await page.check('input[name="muster"][value="einmal"]');
  await page.fill("#tag", day);
  await page.fill("#von", "06:00");
  await page.fill("#bis", "16:00");
  await look(counsellor, "rule");
  await send(counsellor);
  assert.ok((await page.locator("#vorschau").count()) === 1, "a preview");
  await look(counsellor, "rule-look");

  await page.fill("#bis", "18:00");
  await press(counsellor, page.locator('button[name="speichern"]'));
  assert.equal(
    await page.locator('section[aria-labelledby="vorschau"] .notice--warning').count(),
    1,
    "what was not seen is not saved",
  );
  await press(counsellor, page.locator('button[name="speichern"]'));
  assert.match(await page.locator(".rule").textContent(), /18:00/);
  await look(counsellor, "hours");
  await visit(counsellor, `${base}/kalender`);
  await look(counsellor, "calendar");
  assert.deepEqual(counsellor.offences, []);
});

/** Somebody without script books a time; answers her code and PIN. */
async function book(place) {
  const seeker = await open(browser, { javaScriptEnabled: false });
  const { page } = seeker;
  const way = hit.modes?.[0] ?? "in_person";
  await go(page, `/termin/${hit.offer_id}/zeiten?art=${way}`);
  await press(seeker, page.locator(".slot-picker__times button").nth(place));
  await page.fill("#name", MARK);
  await press(seeker, page.locator('form[action$="/pruefen"] button').first());
  await press(seeker, page.locator('form[action$="/buchen"] button'));
  const [code, pin] = await page.locator(".code-panel__code").allTextContents();
  return { ...seeker, code, pin };
}

async function own({ page, code, pin }, status = 200) {
  await go(page, "/mein-termin");
  await page.fill("#code", code);
  await page.fill("#pin", pin);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.locator('form[action$="/mein-termin"] button').first().click(),
  ]);
  assert.equal(answer.status(), status);
  await page.waitForLoadState("load");
  return page.locator("main").textContent();
}

test("three requests come in, none of them with a name in a list, and every view shows them", async () => {
  for (const place of [3, 8, 12]) people.push(await book(place));
  const { page } = counsellor;
  await visit(counsellor, `${base}?ansicht=tag&ab=${day}`);
  assert.equal(await page.locator("#anfragen").count(), 1, "requests wait");
  for (const view of ["liste", "tag", "team", "woche", "monat"]) {
    await visit(counsellor, `${base}?ansicht=${view}&ab=${day}`);
    assert.ok(!(await page.content()).includes(MARK), `${view} names nobody`);
    await look(counsellor, `view-${view}`);
  }
  await visit(counsellor, `${base}?ansicht=woche&ab=${day}`);
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: `${OUTPUT}desk-week-print.png`, fullPage: true });
  assert.ok(await page.locator(".week").isVisible(), "the week can be printed");
  await page.emulateMedia({ media: "screen" });
  // every appointment in the table is reached and opened by the keyboard
  await page.locator(".week a").first().focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await look(counsellor, "one");
});

/** Opens the waiting requests' first appointment. */
async function openRequest() {
  await visit(counsellor, `${base}?ansicht=tag&ab=${day}`);
  await press(counsellor, counsellor.page.locator('section[aria-labelledby="anfragen"] th a').first());
}

test("one is confirmed, one is moved by less than its length would need, one is declined with a word", async () => {
  const { page } = counsellor;
  await openRequest();
  await press(counsellor, page.locator('form[action$="/angaben"] button'));
  assert.ok((await page.content()).includes(MARK), "what she said is shown on request");
  await look(counsellor, "said");
  await openRequest();
  await press(counsellor, page.locator('form[action$="/bestaetigung"] button'));
  assert.match(page.url(), /getan=bestaetigt/);
  confirmed = page.url().split("?")[0];

  await openRequest();
  await press(counsellor, page.locator('main .actions a[href$="/verschieben"]'));
  await look(counsellor, "move");
  await press(counsellor, page.locator('button[name="zeit"]').nth(20));
  assert.match(page.url(), /getan=verschoben/);

  await visit(counsellor, `${base}?ansicht=tag&ab=${day}`);
  const rows = counsellor.page.locator('section[aria-labelledby="anfragen"] th a');
  await press(counsellor, rows.first());
  await press(counsellor, page.locator('main .actions a[href$="/absage"]'));
  await page.fill("#nachricht", NOTE);
  await look(counsellor, "cancel");
  await press(counsellor, page.locator(".confirm-box button"));
  assert.match(page.url(), /getan=abgesagt/);
  await look(counsellor, "cancelled");

  const told = await Promise.all(people.map((person) => own(person)));
  const cancelled = told.findIndex((text) => text.includes("Bitte rufen Sie uns an."));
  assert.ok(cancelled > 0, "she reads what the centre told her");
  await picture(people[cancelled], "note");
  assert.deepEqual(counsellor.offences, []);
});

test("somebody on the phone is booked, and the numbers count without names", async () => {
  const { page } = counsellor;
  await visit(counsellor, `${base}/neu?angebot=${hit.offer_id}&art=${hit.modes?.[0] ?? "in_person"}`);
  await look(counsellor, "phone");
  await press(counsellor, page.locator(".times a").nth(30));
  await look(counsellor, "phone-details");
  await send(counsellor);
  await look(counsellor, "phone-receipt");
  await visit(counsellor, `${base}/zahlen?monat=${day.slice(0, 7)}`);
  assert.ok(!(await page.content()).includes(MARK));
  await look(counsellor, "numbers");
});

test("after its end the confirmed one is forgotten within a minute, and the trail knows what was done and not for whom", async () => {
  const { page } = counsellor;
  ahead += 26 * MINUTE;
  turn();
  const until = Date.now() + 70_000;
  let status = 200;
  while (status === 200 && Date.now() < until) {
    status = (await page.goto(confirmed)).status();
    await new Promise((later) => setTimeout(later, 1_000));
  }
  assert.equal(status, 404, "it is gone");
  await look(counsellor, "forgotten");
  // on the same day nobody can tell this code from a wrong one
  await own(people[0], 422);

  await visit(admin, "/arbeitsplatz/protokoll");
  const trail = await admin.page.locator("main").textContent();
  for (const done of ["Termin bestätigt", "Termin verschoben", "Anfrage abgelehnt", "Termin für jemanden gebucht"])
    assert.ok(trail.includes(done), done);
  for (const secret of [MARK, NOTE.split("\n")[0], people[0].code]) assert.ok(!trail.includes(secret), secret);
  await picture(admin, "trail");
});
