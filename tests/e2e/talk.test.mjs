// A conversation: the seeker comes from her appointment, waits, is let in, both write, the connection breaks and comes back,
// it ends, and nothing is left. On a server of its own, whose clock can be turned.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startServer } from "./harness/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "anlaufstelle-clock-"));
const clock = join(folder, "clock");
// The server believes that it is the next eight o'clock, so that the walk never meets midnight.
const now = Math.floor(Date.now() / 1000);
const eight = Math.ceil((now + 1) / 86_400) * 86_400 + 8 * 3_600;
writeFileSync(clock, `+${eight - now}\n`);

const server = await startServer({ clock });
Object.assign(process.env, { E2E_ADDRESS: server.address, E2E_MAILS: server.mails, E2E_SETUP: server.setup });
const { ADDRESS, DESK, kept, launch, NOTHING_KEPT, OUTPUT, open, PHONE } = await import("./harness/browser.mjs");
const { inMemory, onDisk } = await import("./harness/traces.mjs");
const { assertAccessible, firstAdministrator, invited, send, STAFF_ADDRESS, visit } = await import(
  "./harness/staff.mjs"
);
const browser = await launch();
// Each step stands on the one before it.
let broken;
const step = (name, run) =>
  test(name, async (context) => {
    if (broken) return context.skip(`after: ${broken}`);
    broken = name;
    try {
      await run();
    } catch (error) {
      for (const [who, person] of Object.entries({ host, seeker })) if (person) await picture(person, `failed-${who}`);
      throw error;
    }
    broken = undefined;
  });
after(async () => {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const MARK = "Markierung Kim";
const WORDS = "Ich habe Angst vor dem Brief";
/** A document that says who wrote it. */
const LETTER = Buffer.from(
  `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >> endobj
4 0 obj << /Author (Kim Wirklich) >> endobj
trailer << /Root 1 0 R /Info 4 0 R >>
%%EOF
`,
);
const { hits } = await (await fetch(`${ADDRESS}/api/v1/search?words=Schulden&place=79100`)).json();
const hit = hits[0];
const base = `/arbeitsplatz/termine/${hit.centre_id}`;
const staffApi = `/api/v1/staff/centres/${hit.centre_id}`;
let admin;
let counsellor;
let host;
let seeker;
let receipt;

/** Asks the staff side of the API with the session of the page. */
async function ask({ page }, method, path, body, tag) {
  return page.evaluate(
    async ([method, path, body, tag]) => {
      const key = crypto.randomUUID();
      const headers = { "content-type": "application/json", "idempotency-key": key, ...(tag && { "if-match": tag }) };
      const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
      const text = await answer.text();
      return { status: answer.status, tag: answer.headers.get("etag"), body: text && JSON.parse(text) };
    },
    [method, path, body, tag],
  );
}

async function put(person, path, change) {
  const before = await ask(person, "GET", path);
  assert.equal(before.status, 200, path);
  const after = await ask(person, "PUT", path, change(before.body), before.tag);
  assert.ok(after.status < 300, `${path}: ${JSON.stringify(after.body)}`);
}

/** Her appointment, by code and PIN. */
async function ownAppointment(page) {
  await page.goto(`${ADDRESS}/mein-termin`);
  await page.fill("#code", receipt.code);
  await page.fill("#pin", receipt.pin);
  await page.locator("#pin").press("Enter");
  await page.waitForSelector('form[action="/mein-termin/gespraech"]');
}

/** A page on a wide and on a narrow screen. */
async function picture({ page }, name) {
  const size = page.viewportSize();
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${OUTPUT}talk-${name}-${viewport.width}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

const said = ({ page }, words) => page.locator(".talk__message", { hasText: words });
const state = ({ page }) => page.locator('[data-part="room"] [data-state]');

async function write({ page }, words) {
  await page.fill("#talk-text", words);
  await page.keyboard.press("Enter");
}

step("a chat is booked with a counsellor", async () => {
  admin = await firstAdministrator(browser, "Ada Anfang", "ada@beispiel.example");
  counsellor = await invited(browser, admin, {
    ...{ name: "Berta Beratung", mail: "berta@beispiel.example", role: "counsellor" },
    ...{ words: hit.centre_name, centre: hit.centre_id },
  });
  await visit(counsellor, `${base}/zeiten`);
  await Promise.all([
    counsellor.page.waitForEvent("load"),
    counsellor.page.locator(`form[action="${base}/zeiten"] button`).click(),
  ]);
  const resources = await ask(counsellor, "GET", `${staffApi}/resources`);
  const own = resources.body.find(({ own }) => own);
  const day = new Date(eight * 1000).toISOString().slice(0, 10);
  const weekday = new Date(eight * 1000).toLocaleDateString("en", { weekday: "long", timeZone: "UTC" }).toLowerCase();
  await put(counsellor, `${staffApi}/resources/${own.id}/hours`, () => ({
    rules: [
      {
        id: "chat",
        modes: ["chat"],
        pattern: { weekly: { every: 1, weekday } },
        from: "06:00",
        to: "20:00",
        valid_from: day,
      },
    ],
  }));
  await put(admin, `${staffApi}/offers/${hit.offer_id}/settings`, ({ setting }) => ({
    bookable: true,
    setting: {
      ...setting,
      times: { length: 30, step: 15, notice_minutes: 0, horizon_days: 3, modes: ["chat"] },
      agreement: "instant",
    },
  }));
  const { slots } = await (await fetch(`${ADDRESS}/api/v1/offers/${hit.offer_id}/slots`)).json();
  const booked = await ask(counsellor, "POST", `${staffApi}/appointments`, {
    ...{ offer: hit.offer_id, start: slots[0].start, mode: "chat" },
  });
  assert.equal(booked.status, 201, JSON.stringify(booked.body));
  receipt = booked.body;
});

step("she comes from her appointment and waits, and nothing of it stands in an address", async () => {
  seeker = await open(browser);
  await ownAppointment(seeker.page);
  await picture(seeker, "own");
  await Promise.all([
    seeker.page.waitForURL(`${ADDRESS}/gespraech`),
    seeker.page.locator('form[action="/mein-termin/gespraech"] button').click(),
  ]);
  await seeker.page.waitForSelector('[data-part="start"]:not([hidden])');
  assert.notEqual(await seeker.page.inputValue("#talk-name"), "", "a name is proposed");
  await assertAccessible(seeker, "start");
  await picture(seeker, "start");
  await seeker.page.setViewportSize(PHONE);
  await seeker.page.fill("#talk-name", MARK);
  await seeker.page.keyboard.press("Enter");
  await seeker.page.waitForSelector('[data-part="wait"]:not([hidden])');
  await seeker.page.locator("[data-wait]", { hasText: "noch niemand" }).waitFor();
  const phone = seeker.page.locator('[data-part="wait"] [data-phone] a');
  await phone.waitFor();
  assert.match(await phone.getAttribute("href"), /^tel:\+?\d+$/, "who would rather phone is one tap away from it");
  await assertAccessible(seeker, "wait");
  await picture(seeker, "wait");
});

step("the counsellor sees that somebody waits, and lets her in", async () => {
  await visit(counsellor, `${base}/gespraeche`);
  await counsellor.page.locator("#gespraeche", { hasText: "Eine Person wartet" }).waitFor();
  await assertAccessible(counsellor, "conversations");
  await picture(counsellor, "list");
  const [page] = await Promise.all([
    counsellor.context.waitForEvent("page"),
    counsellor.page.locator(`form[action^="${base}/gespraeche/"] button`).first().click(),
  ]);
  host = { ...counsellor, page };
  await page.setViewportSize(DESK);
  await page.locator(".talk-door li", { hasText: MARK }).waitFor();
  assert.equal(page.url(), `${STAFF_ADDRESS}/arbeitsplatz/gespraech`);
  await seeker.page.locator("[data-wait]", { hasText: "ist da" }).waitFor();
  await assertAccessible(host, "host");
  await picture(host, "door");
  await page.locator('[data-do="hold"]').click();
  await seeker.page.locator("[data-note]", { hasText: "Geduld" }).waitFor();
  await page.locator('[data-do="admit"]').click();
  await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
});

step("both write, compare words, send a photo; a break loses nothing", async () => {
  await write(seeker, WORDS);
  await said(host, WORDS).waitFor();
  await said(seeker, "gesendet").first().waitFor();
  await write(host, "Ich bin da. Wir sehen ihn uns zusammen an.");
  await said(seeker, "zusammen an").waitFor();
  const words = ({ page }) => page.locator("[data-compare]").textContent();
  await host.page.waitForFunction(() => document.querySelector("[data-compare]").textContent.includes("·"));
  assert.equal(await words(seeker), await words(host));
  assert.match(await words(host), /^\S+ · \S+ · \S+ · \S+$/);

  const photo = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  await seeker.page.setInputFiles("[data-file]", { name: "brief.png", mimeType: "image/png", buffer: photo });
  await host.page.locator(".talk__message img").waitFor();
  await seeker.page.setInputFiles("[data-file]", { name: "bescheid.pdf", mimeType: "application/pdf", buffer: LETTER });
  const [saved] = await Promise.all([
    host.page.waitForEvent("download"),
    host.page.locator('.talk__message a[download="bescheid.pdf"]').click(),
  ]);
  const document = readFileSync(await saved.path(), "latin1");
  assert.match(document, /\/Type \/Page\b/);
  assert.doesNotMatch(document, /Kim Wirklich|\/Info/);
  const damaged = { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7") };
  await seeker.page.setInputFiles("[data-file]", damaged);
  await seeker.page.getByText("Schicken Sie stattdessen ein Foto davon.").waitFor();

  await assertAccessible(seeker, "room");
  await assertAccessible(host, "room of the host");
  await picture(seeker, "room");
  await picture(host, "room-host");
  await seeker.page.setViewportSize(PHONE);

  await seeker.context.setOffline(true);
  await write(seeker, "Das geht später hinaus.");
  await write(host, "Sind Sie noch da?");
  await said(seeker, "wird gesendet").waitFor();
  await picture(seeker, "offline");
  await seeker.context.setOffline(false);
  await said(host, "Das geht später hinaus.").waitFor();
  await said(seeker, "Sind Sie noch da?").waitFor();
  assert.equal(await said(host, "Das geht später hinaus.").count(), 1);
  assert.equal(await said(seeker, "Sind Sie noch da?").count(), 1);
  assert.match(await state(seeker).textContent(), /verschlüsselt/);
});

step("she loads the page anew and is back without asking; so is the counsellor", async () => {
  await seeker.page.reload();
  await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
  await write(seeker, "Ich bin zurück.");
  await said(host, "Ich bin zurück.").waitFor();
  await host.page.reload();
  await host.page.waitForSelector('[data-part="room"]:not([hidden])');
  await seeker.page.locator("[data-people] li").nth(1).waitFor();
  await write(seeker, "Nach dem Neuladen.");
  await said(host, "Nach dem Neuladen.").waitFor();
});

step("the server is started anew: both are back by themselves, and nothing that was written is lost", async () => {
  const restarted = server.restart();
  await seeker.page.locator('[data-part="room"] .talk__state--bad').waitFor();
  await write(seeker, "Während des Neustarts.");
  await restarted;
  await said(host, "Während des Neustarts.").waitFor();
  await write(host, "Wir sind beide wieder da.");
  await said(seeker, "Wir sind beide wieder da.").waitFor();
  assert.equal(await said(host, "Während des Neustarts.").count(), 1);
});

step("the server knows nothing of it: not in its memory, not on its disk", async () => {
  const secrets = [MARK, WORDS, "Wir sind beide wieder da."];
  // What the server must know is found, so that not finding means something.
  assert.deepEqual(inMemory(server.pid(), ["Berta Beratung"]), ["Berta Beratung"]);
  assert.deepEqual(inMemory(server.pid(), secrets), []);
  assert.ok(onDisk(server.data, ["Berta Beratung"]).length > 0);
  assert.deepEqual(onDisk(server.data, secrets), []);
});

step("in another language it is the same conversation", async () => {
  await seeker.page.locator('a[hreflang="en"]').click();
  await seeker.page.waitForURL(`${ADDRESS}/en/gespraech`);
  await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
  assert.match(await state(seeker).textContent(), /Connected and encrypted/);
  await write(seeker, "The same in English.");
  await said(host, "The same in English.").waitFor();
});

step("a second window takes over, and the first says so", async () => {
  const second = await seeker.context.newPage();
  await ownAppointment(second);
  await second.locator('form[action="/mein-termin/gespraech"] button').click();
  await second.waitForSelector('[data-part="start"]:not([hidden])');
  await second.locator("#talk-name").press("Enter");
  await second.waitForSelector('[data-part="room"]:not([hidden])');
  await seeker.page.locator('[data-why="elsewhere"]', { hasText: "elsewhere" }).waitFor();
  await picture(seeker, "elsewhere");
  await seeker.page.close();
  seeker.page = second;
  await second.setViewportSize(PHONE);
  await write(seeker, "Vom zweiten Fenster.");
  await said(host, "Vom zweiten Fenster.").waitFor();
});

step("the counsellor ends it, and nothing is left", async () => {
  await host.page.locator("summary", { hasText: "beenden" }).click();
  await host.page.locator('[data-do="end"]').click();
  await seeker.page.locator('[data-why="ended"]').waitFor();
  await picture(seeker, "over");
  await assertAccessible(seeker, "over");
  const text = await seeker.page.locator("body").textContent();
  assert.ok(!text.includes(WORDS) && !text.includes("Fenster."), "no message is left on the page");
  assert.deepEqual(await kept(seeker), NOTHING_KEPT);
  assert.equal(await seeker.page.evaluate(() => history.state), null);
  for (const address of seeker.requests) {
    for (const tell of [receipt.code, receipt.pin, "Markierung", "~"])
      assert.ok(!address.includes(tell), "an address tells something");
  }
  assert.deepEqual(seeker.offences, []);
  assert.deepEqual(host.offences, []);
});

step("somebody who cannot be talked to reads kind words", async () => {
  await ownAppointment(seeker.page);
  await seeker.page.locator('form[action="/mein-termin/gespraech"] button').click();
  await seeker.page.locator("#talk-name").press("Enter");
  await seeker.page.waitForSelector('[data-part="wait"]:not([hidden])');
  await visit(counsellor, `${base}/gespraeche`);
  const [page] = await Promise.all([
    counsellor.context.waitForEvent("page"),
    counsellor.page.locator(`form[action^="${base}/gespraeche/"] button`).first().click(),
  ]);
  await page.locator('[data-do="decline"]').click();
  await page.fill("#talk-decline", "Heute geht es nicht. Bitte rufen Sie an.");
  await page.locator("[data-decline] button[type=submit]").click();
  await seeker.page.locator('[data-why="declined"]').waitFor();
  assert.match(await seeker.page.locator("[data-letter]").textContent(), /Heute geht es nicht/);
  await picture(seeker, "declined");
  await page.close();
});

/** Sets the centre's only open hour. */
async function openHour(from, to) {
  await visit(admin, `${base}/einstellungen/sprechstunde`);
  await admin.page.selectOption("#tag-1", String(new Date(eight * 1000).getUTCDay() || 7));
  await admin.page.fill("#von-1", from);
  await admin.page.fill("#bis-1", to);
  await send(admin);
  await admin.page.waitForURL(/getan=sprechstunde/);
}

step("outside of the open hour the page says when it opens and whom to call", async () => {
  await openHour("22:00", "23:00");
  await seeker.page.goto(`${ADDRESS}/sprechen/${hit.centre_id}`);
  await seeker.page.locator("main", { hasText: /22:00\S* bis \S*23:00/ }).waitFor();
  assert.equal(await seeker.page.locator("main form").count(), 0);
  await assertAccessible(seeker, "open hour, closed");
  await picture(seeker, "walk-in-closed");
  await seeker.page.locator("main a", { hasText: "Zur Seite der Stelle" }).first().click();
  await seeker.page.waitForURL(/\/stelle\//);
  assert.equal(await seeker.page.locator('a[href^="/sprechen/"]').count(), 0);
});

step("in the open hour she comes without an appointment and sees her place, and that nobody looks", async () => {
  await openHour("00:05", "23:55");
  await seeker.page.reload();
  await seeker.page.locator(`a[href="/sprechen/${hit.centre_id}"]`, { hasText: "Jetzt chatten" }).click();
  await seeker.page.waitForURL(/\/sprechen\//);
  await assertAccessible(seeker, "open hour");
  await picture(seeker, "walk-in");
  await seeker.page.locator("main form button").click();
  await seeker.page.waitForSelector('[data-part="start"]:not([hidden])');
  assert.equal(seeker.page.url(), `${ADDRESS}/gespraech`);
  await seeker.page.locator("#talk-name").press("Enter");
  await seeker.page.locator("[data-queue]", { hasText: "Sie sind als Nächste dran." }).waitFor();
  await seeker.page.locator("[data-wait]", { hasText: "Gerade schaut niemand" }).waitFor();
  await picture(seeker, "queue");
});

step("a counsellor who looks is seen, takes her, and both talk", async () => {
  await visit(counsellor, `${base}/gespraeche`);
  await counsellor.page.locator("#gespraeche", { hasText: "Eine Person wartet" }).waitFor();
  await seeker.page.locator("[data-wait]", { hasText: "jemand da" }).waitFor();
  await assertAccessible(counsellor, "queue");
  await picture(counsellor, "queue-desk");
  const [page] = await Promise.all([
    counsellor.context.waitForEvent("page"),
    counsellor.page.locator(`form[action="${base}/gespraeche/annehmen"] button`).click(),
  ]);
  host = { ...counsellor, page };
  await page.setViewportSize(DESK);
  await page.locator('[data-do="admit"]').click();
  await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
  await write(seeker, "Ich bin ohne Termin da.");
  await said(host, "Ich bin ohne Termin da.").waitFor();
  await write(host, "Schön, dass Sie da sind.");
  await said(seeker, "Schön, dass Sie da sind.").waitFor();
  await visit(counsellor, `${base}/gespraeche`);
  await counsellor.page.locator("#gespraeche", { hasText: "Gerade wartet niemand" }).waitFor();
  await host.page.locator("summary", { hasText: "beenden" }).click();
  await host.page.locator('[data-do="end"]').click();
  await seeker.page.locator('[data-why="ended"]').waitFor();
  await page.close();
});

step("quick exit leaves at once and leads back to nothing", async () => {
  await ownAppointment(seeker.page);
  await seeker.page.locator('form[action="/mein-termin/gespraech"] button').click();
  await seeker.page.locator("#talk-name").press("Enter");
  await seeker.page.waitForSelector('[data-part="wait"]:not([hidden])');
  await seeker.context.route("https://weather.example/**", (route) => route.fulfill({ body: "Wetter" }));
  await seeker.page.locator("a.exit-link").first().click();
  await seeker.page.waitForURL("https://weather.example/");
  await seeker.page.goBack();
  assert.equal(await seeker.page.locator('[data-part="wait"]:not([hidden])').count(), 0);
});

test("without script the page says how to go on", async () => {
  const { page, context } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${ADDRESS}/gespraech`);
  assert.match(await page.locator("main").textContent(), /JavaScript/);
  await context.close();
});

test("an address without a right leads to the appointment; a broken one says so", async () => {
  const { page, context } = await open(browser);
  await page.goto(`${ADDRESS}/gespraech`);
  await page.waitForSelector('[data-part="none"]:not([hidden]) a[href="/mein-termin"]');
  await page.goto(`${ADDRESS}/en/gespraech#abc~def`);
  await page.locator('[data-why="forged"]', { hasText: "opens no conversation" }).waitFor();
  await context.close();
});
