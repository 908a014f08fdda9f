// How long it takes from "admit" to the first picture of the other, on both sides, over the program's own relay. The counsellor is in
// the call already; the seeker's one tap is pressed by the program as soon as there is something to press. `make bench` runs it.
import { loadavg } from "node:os";
import { bookedChat, fromAppointment, fromDesk, serverAtEight } from "./harness/conversation.mjs";
import { anotherSeat, fragmentOf } from "./harness/seats.mjs";

const ROUNDS = Number(process.env.FIRST_FRAME_ROUNDS ?? 40);
const server = await serverAtEight();
const { ADDRESS, launch, OUTPUT, open } = await import("./harness/browser.mjs");
const { flow, PRETENDING, prepare } = await import("./harness/calls.mjs");
const browser = await launch(PRETENDING);
const load = loadavg()[0].toFixed(1);

/** When the first picture of the other is shown in this page, in milliseconds since 1970. */
const firstPicture = ({ page }) =>
  page
    .waitForFunction(
      () => {
        const [video] = document.querySelectorAll(".call__tile:not(.call__tile--me) video");
        return video?.videoWidth > 0 && video.readyState >= 2 && performance.timeOrigin + performance.now();
      },
      undefined,
      { polling: "raf" },
    )
    .then((handle) => handle.jsonValue());

try {
  const { counsellor, base, receipt } = await bookedChat(browser, server.eight);
  const seeker = await open(browser, { permissions: ["camera", "microphone"] });
  await counsellor.context.grantPermissions(["camera", "microphone"]);
  for (const { context } of [counsellor, seeker]) await prepare(context);
  await fromAppointment(seeker.page, receipt);
  const fragment = await fragmentOf(seeker.page);
  const host = await fromDesk(counsellor, base);
  const waits = [];
  let relayed = true;
  for (let round = 0; round <= ROUNDS; round += 1) {
    // A seat of her own for each round: whoever was let in once is let in again without asking.
    await seeker.page.goto("about:blank");
    await seeker.page.goto(`${ADDRESS}/gespraech#${anotherSeat(server.data, fragment)}`);
    await seeker.page.waitForSelector('[data-part="start"]:not([hidden])');
    await seeker.page.locator('[data-part="start"] [data-do="call-check"]').click();
    await seeker.page.locator('[data-do="call-try-video"]').first().click();
    await seeker.page.waitForFunction(() => document.querySelector("[data-call-check] video").videoWidth > 0);
    await seeker.page.locator('[data-do="call-checked"]').click();
    await seeker.page.fill("#talk-name", "Kim");
    await seeker.page.locator("#talk-name").press("Enter");
    await seeker.page.waitForSelector('[data-part="wait"]:not([hidden])');
    await host.page.locator('[data-do="admit"]').waitFor();
    await host.page.waitForFunction(() => !document.querySelector(".call__tile:not(.call__tile--me)"));
    const pictures = Promise.all([host, seeker].map(firstPicture));
    const pressed = Date.now();
    await host.page.locator('[data-do="admit"]').click();
    if (round === 0) {
      await host.page.locator('[data-do="call-video"]').click();
      await host.page.waitForFunction(() => document.querySelector("[data-call-check] video").videoWidth > 0);
      await host.page.locator('[data-do="call-go"]').click();
    }
    await seeker.page.locator('[data-part="room"] [data-do="call-video"]').click();
    const shown = await pictures;
    // In the first round the counsellor came into the call after she had let her in.
    if (round > 0) waits.push(...shown.map((at) => at - pressed));
    relayed &&= (await flow(seeker)).relayed;
    await seeker.page.locator('[data-part="room"] summary', { hasText: "Gespräch verlassen" }).click();
    await seeker.page.locator('[data-part="room"] [data-do="leave"]').click();
    await seeker.page.waitForSelector('[data-part="over"]:not([hidden])');
  }
  waits.sort((a, b) => a - b);
  const at = (share) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]);
  console.log(
    `admit to first picture, ${ROUNDS} rounds, both sides, Chromium on the same machine, load ${load}, ` +
      `${relayed ? "over the relay" : "NOT over the relay"}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
} catch (error) {
  for (const [at, context] of browser.contexts().entries())
    for (const page of context.pages())
      await page.screenshot({ path: `${OUTPUT}first-frame-${at}.png`, fullPage: true });
  throw error;
} finally {
  await browser.close();
  await server.stop();
}
