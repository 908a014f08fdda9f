// A counsellor and a seeker in a conversation, with cameras and microphones that only pretend. On a server of its own, whose clock
// says that it is the next eight o'clock, so that a walk never meets midnight.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./server.mjs";

/** Starts the server; call it before any other part of the harness is loaded. */
export async function serverAtEight() {
  const folder = mkdtempSync(join(tmpdir(), "anlaufstelle-clock-"));
  const clock = join(folder, "clock");
  const now = Math.floor(Date.now() / 1000);
  const eight = Math.ceil((now + 1) / 86_400) * 86_400 + 8 * 3_600;
  writeFileSync(clock, `+${eight - now}\n`);
  const server = await startServer({ clock });
  Object.assign(process.env, { E2E_ADDRESS: server.address, E2E_MAILS: server.mails, E2E_SETUP: server.setup });
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  /** So many minutes after eight. */
  const turn = (minutes) => writeFileSync(clock, `+${eight + minutes * 60 - Math.floor(Date.now() / 1000)}\n`);
  return { ...server, eight, stop, turn };
}

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

/** A chat that was booked with a counsellor: her browser, where her appointments are, and code and PIN of it; `book` books the next. */
export async function bookedChat(browser, eight, { mode = "chat", length = 30, ...options } = {}) {
  const { ADDRESS } = await import("./browser.mjs");
  const { firstAdministrator, invited, visit } = await import("./staff.mjs");
  const { hits } = await (await fetch(`${ADDRESS}/api/v1/search?words=Schulden&place=79100`)).json();
  const [hit] = hits;
  const base = `/arbeitsplatz/termine/${hit.centre_id}`;
  const staffApi = `/api/v1/staff/centres/${hit.centre_id}`;
  const admin = await firstAdministrator(browser, "Ada Anfang", "ada@beispiel.example");
  const counsellor = await invited(browser, admin, {
    ...{ name: "Berta Beratung", mail: "berta@beispiel.example", role: "counsellor" },
    ...{ words: hit.centre_name, centre: hit.centre_id },
    options,
  });
  await visit(counsellor, `${base}/zeiten`);
  await Promise.all([
    counsellor.page.waitForEvent("load"),
    counsellor.page.locator(`form[action="${base}/zeiten"] button`).click(),
  ]);
  const own = (await ask(counsellor, "GET", `${staffApi}/resources`)).body.find(({ own }) => own);
  const date = new Date(eight * 1000);
  const weekday = date.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" }).toLowerCase();
  const rule = {
    ...{ id: "talk", modes: [mode], pattern: { weekly: { every: 1, weekday } } },
    ...{ from: "06:00", to: "20:00", valid_from: date.toISOString().slice(0, 10) },
  };
  await put(counsellor, `${staffApi}/resources/${own.id}/hours`, () => ({ rules: [rule] }));
  await put(admin, `${staffApi}/offers/${hit.offer_id}/settings`, ({ setting }) => ({
    bookable: true,
    setting: {
      ...setting,
      times: { length, step: 15, notice_minutes: 0, horizon_days: 3, modes: [mode] },
      agreement: "instant",
    },
  }));
  const book = async () => {
    const { slots } = await (await fetch(`${ADDRESS}/api/v1/offers/${hit.offer_id}/slots`)).json();
    const appointment = { offer: hit.offer_id, start: slots[0].start, mode };
    const booked = await ask(counsellor, "POST", `${staffApi}/appointments`, appointment);
    assert.equal(booked.status, 201, JSON.stringify(booked.body));
    return booked.body;
  };
  return { admin, counsellor, base, book, receipt: await book() };
}

/** The seeker on her way from her appointment to the page of the conversation. */
export async function fromAppointment(page, { code, pin }) {
  const { ADDRESS } = await import("./browser.mjs");
  await page.goto(`${ADDRESS}/mein-termin`);
  await page.fill("#code", code);
  await page.fill("#pin", pin);
  await page.locator("#pin").press("Enter");
  await page.waitForSelector('form[action="/mein-termin/gespraech"]');
  await page.locator('form[action="/mein-termin/gespraech"] button').click();
  await page.waitForSelector('[data-part="start"]:not([hidden])');
}

/** The counsellor opens a conversation from her list, in a window of its own: the first, or the one with this number. */
export async function fromDesk(counsellor, base, number = 0) {
  const { visit } = await import("./staff.mjs");
  await visit(counsellor, `${base}/gespraeche`);
  const [page] = await Promise.all([
    counsellor.context.waitForEvent("page"),
    counsellor.page.locator(`form[action^="${base}/gespraeche/"] button`).nth(number).click(),
  ]);
  return { ...counsellor, page };
}
