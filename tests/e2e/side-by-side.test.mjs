// A counsellor with two conversations side by side: an appointment with picture and sound, and the next one, who came early. Each
// has its window, its people and its words; what happens in one is not heard in the other.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bookedChat, fromAppointment, fromDesk, serverAtEight } from "./harness/conversation.mjs";

const server = await serverAtEight();
const { DESK, launch, OUTPUT, open, PHONE } = await import("./harness/browser.mjs");
const { flow, grows, PRETENDING, prepare } = await import("./harness/calls.mjs");
const { assertAccessible, visit } = await import("./harness/staff.mjs");
const browser = await launch(PRETENDING);

let base;
let broken;
let counsellor;
let early;
let other;
let receipts;
let seeker;
let window;
const step = (name, run) =>
  test(name, async (context) => {
    if (broken) return context.skip(`after: ${broken}`);
    broken = name;
    try {
      await run();
    } catch (error) {
      for (const [who, person] of Object.entries({ window, other, seeker, early }))
        if (person) await picture(person, `failed-${who}`).catch(() => undefined);
      throw error;
    }
    broken = undefined;
  });
after(async () => {
  await browser.close();
  await server.stop();
});

/** A page on a wide and on a narrow screen. */
async function picture({ page }, name) {
  const size = page.viewportSize();
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `${OUTPUT}side-by-side-${name}-${viewport.width}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

const said = ({ page }, words) => page.locator(".talk__message", { hasText: words });
const state = ({ page }, words) => page.locator("[data-call-state]", { hasText: words });

async function write({ page }, words) {
  await page.fill("#talk-text", words);
  await page.locator("#talk-text").press("Enter");
}

async function wait({ page }, name) {
  await page.fill("#talk-name", name);
  await page.locator("#talk-name").press("Enter");
  await page.waitForSelector('[data-part="wait"]:not([hidden])');
}

step("two appointments with picture and sound follow each other; both seekers may come in already", async () => {
  const booked = await bookedChat(browser, server.eight, { mode: "video", length: 15 });
  ({ base, counsellor } = booked);
  receipts = [booked.receipt, await booked.book()];
  server.turn(16);
  await prepare(counsellor.context);
  await counsellor.context.grantPermissions(["camera", "microphone"]);
});

step("her appointment begins with her devices, and nothing is switched on before she taps", async () => {
  seeker = await open(browser, { permissions: ["camera", "microphone"] });
  await prepare(seeker.context);
  await fromAppointment(seeker.page, receipts[0]);
  await seeker.page.locator("[data-check-title]:visible").waitFor();
  assert.deepEqual(await seeker.page.evaluate(() => globalThis.given.length), 0);
  await picture(seeker, "check");
  await seeker.page.locator('[data-do="call-try-video"]:visible').first().click();
  await seeker.page.waitForFunction(() => document.querySelector("[data-call-check] video").videoWidth > 0);
  await seeker.page.locator('[data-do="call-checked"]').click();
  await wait(seeker, "Kim");
  early = await open(browser);
  await fromAppointment(early.page, receipts[1]);
  await wait(early, "Robin");
});

step("the list of the counsellor shows both who wait, and each opens in a window of its own", async () => {
  await visit(counsellor, `${base}/gespraeche`);
  assert.equal(await counsellor.page.locator(`form[action^="${base}/gespraeche/"] button`).count(), 2);
  await assertAccessible(counsellor, "list of two");
  await picture(counsellor, "list");
  window = await fromDesk(counsellor, base, 0);
  await window.page.locator(".talk-door li", { hasText: "Kim" }).waitFor();
  other = await fromDesk(counsellor, base, 1);
  await other.page.locator(".talk-door li", { hasText: "Robin" }).waitFor();
  assert.equal(
    await window.page.locator(".talk-door li", { hasText: "Robin" }).count(),
    0,
    "the other is not at this door",
  );
  await window.page.locator('[data-do="admit"]').click();
  await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
  assert.ok(await early.page.locator('[data-part="wait"]').isVisible(), "who came early still waits");
});

step("they see and hear each other over the relay of the program", async () => {
  await window.page.locator('[data-do="call-video"]').click();
  await window.page.locator('[data-do="call-go"]').click();
  await state(seeker, /Berta Beratung.? wartet/).waitFor();
  await seeker.page.locator('[data-do="call-video"]').click();
  for (const person of [window, seeker]) await state(person, "verbunden").waitFor({ timeout: 60_000 });
  for (const person of [window, seeker]) {
    await grows(person, "frames", 20);
    await grows(person, "heard", 48_000);
    assert.ok((await flow(person)).relayed);
  }
});

step("she writes to the other one meanwhile: the call goes on, and no word reaches the wrong window", async () => {
  await other.page.locator('[data-do="admit"]').click();
  await early.page.waitForSelector('[data-part="room"]:not([hidden])');
  await write(other, "Ich bin gleich bei Ihnen, Robin.");
  await said(early, "gleich bei Ihnen").waitFor();
  await window.page.bringToFront();
  await write(early, "Ich warte gern.");
  await said(other, "Ich warte gern.").waitFor();
  await write(seeker, "Hören Sie mich?");
  await said(window, "Hören Sie mich?").waitFor();
  for (const person of [window, seeker]) {
    assert.equal(await said(person, "Ich warte gern.").count(), 0);
    await grows(person, "frames", 20);
  }
  assert.equal(await said(other, "Hören Sie mich?").count(), 0);
  assert.equal(await said(early, "Hören Sie mich?").count(), 0);
  await picture(window, "call");
  await picture(other, "chat");
});

step("one ends, the other goes on", async () => {
  await window.page.locator("summary", { hasText: "beenden" }).click();
  await window.page.locator('[data-do="end"]').click();
  await seeker.page.locator('[data-why="ended"]').waitFor();
  await write(early, "Sind Sie noch da?");
  await said(other, "Sind Sie noch da?").waitFor();
  await write(other, "Ja.");
  await said(early, "Ja.").waitFor();
  await seeker.page.waitForFunction(() => globalThis.given.every(({ readyState }) => readyState === "ended"));
  for (const person of [window, other, seeker, early]) assert.deepEqual(person.offences, []);
});
