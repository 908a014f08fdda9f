// A call of two: pictures and sound both ways over a relay, what can be switched off and on, a network that goes and comes back, a
// page that is loaded anew, and text that is read while it is typed. Devices pretend; everything else is real.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bookedChat, fromAppointment, fromDesk, serverAtEight } from "./harness/conversation.mjs";

const server = await serverAtEight();
const { ADDRESS, DESK, launch, OUTPUT, open, PHONE } = await import("./harness/browser.mjs");
const { flow, grows, PRETENDING, prepare, startRelay } = await import("./harness/calls.mjs");
const { assertAccessible } = await import("./harness/staff.mjs");
const relay = await startRelay();
const browser = await launch(PRETENDING);
const SMALL = { width: 360, height: 300 };

let broken;
let counsellor;
let host;
let seeker;
let base;
let receipt;
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
  relay.stop();
  await server.stop();
});

/** A page on a wide and on a narrow screen. */
async function picture({ page }, name, sizes = [DESK, PHONE]) {
  const size = page.viewportSize();
  for (const viewport of sizes) {
    await page.setViewportSize(viewport);
    await page.screenshot({
      path: `${OUTPUT}call-${name}-${viewport.width}x${viewport.height}.png`,
      fullPage: viewport.height > 400,
    });
  }
  await page.setViewportSize(size);
}

const deed = ({ page }, what) => page.locator(`:is([data-call-bar], [data-call-live]) [data-do="call-${what}"]`);
const state = ({ page }, words) => page.locator("[data-call-state]", { hasText: words });
const noted = ({ page }, words) => page.locator("[data-call-log] p", { hasText: words });
const tile = ({ page }, words) => page.locator(".call__tile", { hasText: words });
const more = async ({ page }) => {
  if (!(await page.locator(".call-more").evaluate(({ open }) => open)))
    await page.locator(".call-more summary").click();
};

/** Waits until a condition holds in the page. */
async function until({ page }, what, condition, argument) {
  await page.waitForFunction(condition, argument, { timeout: 60_000 }).catch((error) => {
    throw new Error(`${what}: ${error.message}`);
  });
}

/** Every camera and microphone was let go. */
const letGo = (person) =>
  until(person, "let go", () => globalThis.given.every(({ readyState }) => readyState === "ended"));

step("a conversation of two begins as ever, and nothing asked for a camera or loaded a call", async () => {
  ({ counsellor, base, receipt } = await bookedChat(browser, server.eight));
  await prepare(counsellor.context, relay.servers);
  seeker = await open(browser, { permissions: ["camera", "microphone"] });
  await counsellor.context.grantPermissions(["camera", "microphone"]);
  await prepare(seeker.context, relay.servers);
  await fromAppointment(seeker.page, receipt);
  assert.ok(!seeker.requests.some((address) => /call\.\w+\.(js|css)/.test(address)), "calls are loaded when wanted");
});

step("she looks at herself first, hears a tone, and lets the camera go again", async () => {
  await seeker.page.locator('[data-part="start"] [data-do="call-check"]').click();
  await seeker.page.locator("[data-check-title]").waitFor();
  assert.equal(await seeker.page.locator("[data-call-check] video").isVisible(), false, "no camera without a tap");
  await seeker.page.locator('[data-do="call-try-video"]').first().click();
  await until(seeker, "a preview", () => document.querySelector("[data-call-check] video").videoWidth > 0);
  await until(seeker, "a level", () => document.querySelector("[data-call-check] meter").value > 0.05);
  await seeker.page.locator('[data-do="call-sound"]').click();
  await assertAccessible(seeker, "check");
  await picture(seeker, "check");
  await seeker.page.setViewportSize(PHONE);
  await seeker.page.locator('[data-do="call-checked"]').click();
  assert.equal(await seeker.page.locator("[data-call-check]").isVisible(), false);
  assert.equal(await seeker.page.evaluate(() => document.querySelector("[data-call-check] video").srcObject), null);
  await letGo(seeker);
});

step(
  "both are in the room; one calls, the other is told and comes in, and pictures flow both ways over the relay",
  async () => {
    await seeker.page.fill("#talk-name", "Kim");
    await seeker.page.locator("#talk-name").press("Enter");
    await seeker.page.waitForSelector('[data-part="wait"]:not([hidden])');
    // She looks again while she waits, and is let in meanwhile: nothing goes on behind what is shown.
    await seeker.page.locator('[data-part="wait"] [data-do="call-check"]').click();
    await seeker.page.locator('[data-do="call-try-video"]').first().click();
    await until(seeker, "a preview", () => document.querySelector("[data-call-check] video").videoWidth > 0);
    await assertAccessible(seeker, "check while waiting");
    host = await fromDesk(counsellor, base);
    await host.page.locator(".talk-door li", { hasText: "mit Bild und Ton" }).waitFor();
    await host.page.setViewportSize(DESK);
    await host.page.locator('[data-do="admit"]').click();
    await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
    await letGo(seeker);

    await host.page.locator('[data-do="call-video"]').click();
    await until(host, "a preview", () => document.querySelector("[data-call-check] video").videoWidth > 0);
    await picture(host, "joining");
    await host.page.locator('[data-do="call-go"]').click();
    await state(host, "Noch ist niemand").waitFor();
    await state(seeker, /Berta Beratung.? wartet/).waitFor();
    await picture(seeker, "invited");
    // She has checked her devices: one tap is enough.
    await seeker.page.locator('[data-do="call-video"]').click();
    for (const person of [host, seeker]) await state(person, "verbunden").waitFor();
    for (const person of [host, seeker]) {
      await grows(person, "frames", 20);
      await grows(person, "heard", 48_000);
      const { relayed, open } = await flow(person);
      assert.ok(relayed, "nobody learns the other's address");
      assert.equal(open, 1);
    }
    await tile(seeker, "Berta Beratung").waitFor();
    await tile(host, "Kim").waitFor();
    await assertAccessible(host, "call of the host");
    await assertAccessible(seeker, "call");
    await picture(host, "host");
    await picture(seeker, "seeker");
  },
);

step("muted, without camera, with her screen: each side sees what the other shows", async () => {
  await seeker.page.setViewportSize(PHONE);
  await deed(seeker, "mute").click();
  await tile(host, "Kim").locator("text=Mikrofon aus").waitFor();
  await deed(seeker, "mute").click();
  await tile(host, "Kim").locator("text=Mikrofon aus").waitFor({ state: "detached" });

  await deed(seeker, "camera").click();
  await until(
    host,
    "no picture",
    () => document.querySelectorAll(".call__tile:not(.call__tile--me) video:not([hidden])").length === 0,
  );
  await deed(seeker, "camera").click();
  await until(
    host,
    "a picture",
    () => document.querySelectorAll(".call__tile:not(.call__tile--me) video:not([hidden])").length === 1,
  );
  await grows(host, "frames", 10);

  await more(seeker);
  await deed(seeker, "screen").click();
  await tile(host, "Bildschirm von").waitFor();
  await until(host, "the screen", () => document.querySelector(".call__tile--screen video")?.videoWidth > 0);
  await picture(host, "screen");
  await deed(seeker, "screen").click();
  await tile(host, "Bildschirm von").waitFor({ state: "detached" });
  await grows(host, "frames", 10);
});

step("a raised hand is seen; the host asks for quiet, and her page says so", async () => {
  await more(seeker);
  await deed(seeker, "hand").click();
  await tile(host, "hebt die Hand").waitFor();
  await deed(seeker, "hand").click();
  await tile(host, "hebt die Hand").waitFor({ state: "detached" });
  await host.page.locator('[data-do="call-hush"]').click();
  await noted(seeker, "hat Ihr Mikrofon ausgeschaltet").waitFor();
  await tile(host, "Kim").locator("text=Mikrofon aus").waitFor();
  await deed(seeker, "mute").click();
});

step("another camera while talking", async () => {
  await more(seeker);
  await deed(seeker, "devices").click();
  const select = seeker.page.locator('[data-call-check] [name="microphone"]');
  await select.waitFor();
  const values = await select.locator("option").evaluateAll((options) => options.map(({ value }) => value));
  const before = await select.inputValue();
  const other = values.find((value) => value !== before);
  await select.selectOption(other);
  await until(
    seeker,
    "the other one",
    (id) => document.querySelector('[data-call-check] [name="microphone"]').value === id,
    other,
  );
  await grows(host, "heard", 48_000);
  await picture(seeker, "devices");
  await seeker.page.locator('[data-stage-only="talking"] [data-do="call-check-close"]').click();
});

step("text is read while it is typed, also backwards, and stands in a log when the line is whole", async () => {
  await more(seeker);
  await deed(seeker, "text").click();
  await seeker.page.locator("[data-rtt-state]", { hasText: "Berta Beratung" }).waitFor();
  await host.page.locator("[data-rtt]").waitFor();
  await seeker.page.locator("#rtt-text").pressSequentially("Ich komme am Montog", { delay: 20 });
  await host.page.locator("[data-rtt-lines]", { hasText: "Ich komme am Montog" }).waitFor();
  for (const key of ["Backspace", "Backspace", "a", "g"]) await seeker.page.keyboard.press(key);
  await host.page.locator("[data-rtt-lines]", { hasText: "Ich komme am Montag" }).waitFor();
  await seeker.page.keyboard.press("Enter");
  await host.page.locator("[data-rtt-log] p", { hasText: "Ich komme am Montag" }).waitFor();
  await host.page
    .locator("[data-rtt-lines]", { hasText: "Montag" })
    .waitFor({ state: "detached" })
    .catch(() => undefined);
  await host.page.locator("#rtt-text").pressSequentially("Gern 😀");
  await seeker.page.locator("[data-rtt-lines]", { hasText: "Gern 😀" }).waitFor();
  await assertAccessible(seeker, "live text");
  await picture(seeker, "text");
  await picture(host, "text-host");
});

step("with a keyboard open the field and the microphone stay in reach", async () => {
  await seeker.page.setViewportSize(SMALL);
  await seeker.page.locator("#talk-text").focus();
  await seeker.page.locator("#talk-text").evaluate((field) => field.scrollIntoView({ block: "nearest" }));
  const inside = async (locator) => {
    const box = await locator.boundingBox();
    assert.ok(box && box.y >= -1 && box.y + Math.min(box.height, 40) <= SMALL.height + 1, JSON.stringify(box));
    return box;
  };
  await inside(deed(seeker, "mute"));
  await inside(seeker.page.locator("#talk-text"));
  const hidden = await seeker.page.evaluate(() => {
    const box = document.querySelector("#talk-text").getBoundingClientRect();
    return document.elementFromPoint(box.left + box.width / 2, box.top + 8)?.id;
  });
  assert.equal(hidden, "talk-text", "nothing lies over the field");
  await picture(seeker, "small", [SMALL]);
  await deed(seeker, "mute").click();
  await tile(host, "Kim").locator("text=Mikrofon aus").waitFor();
  await deed(seeker, "mute").click();
  await seeker.page.setViewportSize(PHONE);
});

step("the network goes and comes back: the page says so, and both see each other again", async () => {
  relay.hold();
  await state(seeker, "unterbrochen").waitFor({ timeout: 60_000 });
  await picture(seeker, "broken");
  await seeker.context.setOffline(true);
  await new Promise((later) => setTimeout(later, 2_000));
  await seeker.context.setOffline(false);
  relay.go();
  for (const person of [host, seeker]) await state(person, "sind verbunden").waitFor({ timeout: 90_000 });
  for (const person of [host, seeker]) await grows(person, "frames", 20);
});

step("she loads the page anew: she is asked back in, and it goes on", async () => {
  await seeker.page.reload();
  await seeker.page.waitForSelector('[data-part="room"]:not([hidden])');
  await state(seeker, /Berta Beratung.? wartet/).waitFor();
  await seeker.page.locator('[data-do="call-audio"]').click();
  await seeker.page.locator('[data-do="call-go"]').click();
  for (const person of [host, seeker]) await state(person, "sind verbunden").waitFor({ timeout: 60_000 });
  await grows(seeker, "frames", 20);
  await grows(host, "heard", 48_000);
  assert.equal(
    await seeker.page.evaluate(() => document.querySelectorAll(".call__tile--me video:not([hidden])").length),
    0,
  );
});

step("both hang up and call at the same moment", async () => {
  for (const person of [host, seeker]) await deed(person, "leave").click();
  await state(seeker, "wartet")
    .waitFor({ state: "detached" })
    .catch(() => undefined);
  await Promise.all([host, seeker].map(({ page }) => page.locator('[data-do="call-video"]').click()));
  for (const { page } of [host, seeker]) {
    const go = page.locator('[data-do="call-go"]');
    if (await go.isVisible()) await go.click();
  }
  for (const person of [host, seeker]) await state(person, "sind verbunden").waitFor({ timeout: 60_000 });
  for (const person of [host, seeker]) await grows(person, "frames", 20);
});

step("when it is over every device is let go and nothing went wrong on the way", async () => {
  await host.page.locator("summary", { hasText: "beenden" }).click();
  await host.page.locator('[data-do="end"]').click();
  await seeker.page.locator('[data-why="ended"]').waitFor();
  await until(seeker, "closed", () =>
    globalThis.connections.every(({ connectionState }) => connectionState === "closed"),
  );
  assert.equal(await seeker.page.locator(".call__tile").count(), 0);
  await letGo(seeker);
  assert.deepEqual(seeker.offences, []);
  assert.deepEqual(host.offences, []);
});

test("who may not use a camera is told what to do, and a browser without calls says so in one sentence", async () => {
  const { page, context } = await open(browser);
  await context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("", "NotAllowedError");
    };
  });
  await fromAppointment(page, receipt).catch(() => undefined);
  if (await page.locator('[data-part="start"] [data-do="call-check"]').isVisible()) {
    await page.locator('[data-part="start"] [data-do="call-check"]').click();
    await page.locator('[data-do="call-try-video"]').first().click();
    await page.locator('[data-problem="camera"]', { hasText: "Nicht erlaubt" }).waitFor();
  }
  await context.close();
  const other = await open(browser);
  await other.context.addInitScript(() => {
    delete globalThis.RTCPeerConnection;
  });
  await other.page.goto(`${ADDRESS}/mein-termin`);
  await fromAppointment(other.page, receipt).catch(() => undefined);
  await other.page.locator('[data-part="start"] [data-do="call-check"]').click();
  await other.page.locator('[data-part="start"] [data-call-unable]', { hasText: "nur schreiben" }).waitFor();
  await other.context.close();
});
