// Firefox as a peer of another make: with Chromium in a call of two, and in a call of three through the engine. It takes no media
// from the loopback interface, so all of this runs in a network of its own (`npm run firefox`).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, test } from "node:test";
import puppeteer from "puppeteer-core";
import { bookedChat, fromAppointment, fromDesk, serverAtEight } from "./harness/conversation.mjs";

const HOST = process.env.E2E_MEDIA;
if (!HOST) throw new Error("run this with `npm run firefox`: it makes a network in which Firefox sends media");
const server = await serverAtEight();
const { ADDRESS, DESK, launch, OUTPUT, open } = await import("./harness/browser.mjs");
const { flow, grows, PRETENDING, prepare } = await import("./harness/calls.mjs");
const { hues, paint } = await import("./harness/colours.mjs");
const { anotherSeat, fragmentOf } = await import("./harness/seats.mjs");
const browser = await launch(PRETENDING);
const firefox = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX || execFileSync("which", ["firefox-esr"], { encoding: "utf8" }).trim(),
  headless: true,
  extraPrefsFirefox: {
    "media.navigator.streams.fake": true,
    "media.navigator.permission.disabled": true,
    "media.peerconnection.ice.obfuscate_host_addresses": false,
    "media.autoplay.default": 0,
  },
});
const PERMITTED = { permissions: ["camera", "microphone"] };
const PATIENCE = 90_000;

let host;
let kim;
let fragment;
let fox;
after(async () => {
  await firefox.close();
  await browser.close();
  await server.stop();
});

async function call({ page }) {
  await page.locator('[data-call-invite] [data-do="call-video"]').click();
  await page.locator('[data-do="call-go"]').click();
}

async function admit(name) {
  await host.page.locator(".talk-door li", { hasText: name }).locator('[data-do="admit"]').click();
}

/** What a page of puppeteer has received, as `flow` says it of one of playwright. */
const inFirefox = (page) => ({ page: { evaluate: (ask) => page.evaluate(ask) } });

test("Firefox comes and is let in", async () => {
  const { counsellor, base, receipt } = await bookedChat(browser, server.eight);
  await counsellor.context.grantPermissions(PERMITTED.permissions);
  await prepare(counsellor.context);
  await paint(counsellor.context, 0);
  kim = await open(browser, PERMITTED);
  await prepare(kim.context);
  await paint(kim.context, 120);
  await fromAppointment(kim.page, receipt);
  fragment = await fragmentOf(kim.page);
  host = await fromDesk(counsellor, base);
  await host.page.setViewportSize(DESK);

  fox = await firefox.newPage();
  fox.setDefaultTimeout(PATIENCE);
  await fox.evaluateOnNewDocument(() => {
    const Real = globalThis.RTCPeerConnection;
    globalThis.connections = [];
    globalThis.RTCPeerConnection = class extends Real {
      constructor(...all) {
        super(...all);
        globalThis.connections.push(this);
      }
    };
  });
  await fox.goto(`${ADDRESS}/gespraech#${anotherSeat(server.data, fragment)}`);
  await fox.waitForSelector('[data-part="start"]:not([hidden])');
  await fox.$eval("#talk-name", (field) => {
    field.value = "Fox";
  });
  await fox.focus("#talk-name");
  await fox.keyboard.press("Enter");
  await admit("Fox");
  await fox.waitForSelector('[data-part="room"]:not([hidden])');
});

test("two: pictures and sound flow both ways between Chromium and Firefox", async () => {
  await call(host);
  await fox.waitForSelector('[data-call-invite] [data-do="call-video"]:not([disabled])');
  await fox.click('[data-call-invite] [data-do="call-video"]');
  await fox.waitForSelector('[data-do="call-go"]', { visible: true });
  await fox.click('[data-do="call-go"]');
  for (const person of [host, inFirefox(fox)]) {
    await grows(person, "frames", 20, PATIENCE);
    await grows(person, "heard", 96_000, PATIENCE);
  }
});

test("three: a frame that one make sealed the other opens, both ways", async () => {
  await kim.page.fill("#talk-name", "Kim");
  await kim.page.locator("#talk-name").press("Enter");
  await admit("Kim");
  await kim.page.waitForSelector('[data-part="room"]:not([hidden])');
  await call(kim);
  const opened = () =>
    host.page.evaluate(
      () => [...document.querySelectorAll(".call__tile video")].filter((one) => one.videoWidth).length,
    );
  const end = Date.now() + PATIENCE;
  while ((await opened()) < 3) {
    if (Date.now() > end) {
      await host.page.screenshot({ path: `${OUTPUT}firefox-failed-host.png` });
      throw new Error("not everybody is seen");
    }
    await new Promise((later) => setTimeout(later, 300));
  }
  for (const [name, person] of Object.entries({ host, kim, fox: inFirefox(fox) })) {
    // What came directly counts no more once that way is closed.
    while ((await flow(person)).open !== 2 && Date.now() < end) await new Promise((later) => setTimeout(later, 300));
    for (const [what, by] of Object.entries({ frames: 30, heard: 2 * 48_000 })) {
      await grows(person, what, by, PATIENCE).catch((error) => assert.fail(`${name}: ${error.message}`));
    }
  }
  for (const page of [host.page, kim.page, fox]) {
    assert.doesNotMatch(
      await page.evaluate(() => document.querySelector("[data-call-tiles]").textContent),
      /nicht entschlüsseln/,
    );
  }
  // Chromium's colours arrive in Firefox as they are.
  const seen = Object.values(await hues(fox));
  assert.ok(seen.includes(0) && seen.includes(120), JSON.stringify(seen));
});
