// More than two in a conversation: a third person comes by a link that is good once, after the seeker has said yes; hands, taking
// somebody out; and handing the conversation over to a colleague.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bookedChat, fromAppointment, fromDesk, serverAtEight } from "./harness/conversation.mjs";

const server = await serverAtEight();
const { ADDRESS, DESK, kept, launch, NOTHING_KEPT, OUTPUT, open, PHONE } = await import("./harness/browser.mjs");
const { assertAccessible, invited, STAFF_ADDRESS, visit } = await import("./harness/staff.mjs");
const { onDisk } = await import("./harness/traces.mjs");
const browser = await launch();

let broken;
let admin;
let base;
let carl;
let counsellor;
let guest;
let heir;
let host;
let link;
let receipt;
let seeker;
const step = (name, run) =>
  test(name, async (context) => {
    if (broken) return context.skip(`after: ${broken}`);
    broken = name;
    try {
      await run();
    } catch (error) {
      for (const [who, person] of Object.entries({ host, seeker, guest, heir }))
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
    await page.screenshot({ path: `${OUTPUT}others-${name}-${viewport.width}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

const INTERPRETER = "Dolmetscherin Ö.";
const SECRET = "Das habe ich noch niemandem gesagt.";
const said = ({ page }, words) => page.locator(".talk__message", { hasText: words });
const question = ({ page }) => page.locator("[data-question]:not([hidden])");
const told = ({ page }, words) => page.locator("[data-others-state]", { hasText: words });
const deed = ({ page }, what) => page.locator(`[data-do="${what}"]:visible`);
const person = ({ page }, words) => page.locator("[data-people] li", { hasText: words });
const room = ({ page }) => page.waitForSelector('[data-part="room"]:not([hidden])');

async function write({ page }, words) {
  await page.fill("#talk-text", words);
  await page.locator("#talk-text").press("Enter");
}

/** The counsellor asks for a third person. */
async function askFor(name) {
  await deed(host, "others-guest").click();
  await host.page.fill("#others-name", name);
  await host.page.locator("#others-name").press("Enter");
  await question(seeker).waitFor();
}

step("a conversation of two; a colleague is at work, too", async () => {
  ({ admin, counsellor, base, receipt } = await bookedChat(browser, server.eight));
  const centre = base.split("/").at(-1);
  const { hits } = await (await fetch(`${ADDRESS}/api/v1/search?words=Schulden&place=79100`)).json();
  const { centre_name: words } = hits.find(({ centre_id }) => centre_id === centre);
  const who = { name: "Carl Kollege", mail: "carl@beispiel.example", role: "counsellor", words, centre };
  carl = await invited(browser, admin, who);
  await visit(carl, `${base}/zeiten`);
  await Promise.all([
    carl.page.waitForEvent("load"),
    carl.page.locator(`form[action="${base}/zeiten"] button`).click(),
  ]);
  seeker = await open(browser);
  await fromAppointment(seeker.page, receipt);
  await seeker.page.fill("#talk-name", "Erle");
  await seeker.page.locator("#talk-name").press("Enter");
  await seeker.page.waitForSelector('[data-part="wait"]:not([hidden])');
  host = await fromDesk(counsellor, base);
  await host.page.locator('[data-do="admit"]').click();
  await room(seeker);
  await write(seeker, SECRET);
  await said(host, SECRET).waitFor();
  assert.equal(await seeker.page.locator("[data-hands]:visible").count(), 0, "two need no hands");
  assert.ok(!seeker.requests.some((address) => /others\.\w+\.js/.test(address)), "it is loaded when it is needed");
});

step("she says no: there is no link, and nobody was asked for one", async () => {
  await askFor(INTERPRETER);
  assert.match(await question(seeker).textContent(), /Dolmetscherin Ö\./);
  assert.match(await question(seeker).textContent(), /Berta Beratung/);
  await assertAccessible(seeker, "question");
  await picture(seeker, "question");
  await assertAccessible(host, "asked");
  await picture(host, "asked");
  await deed(seeker, "others-no").click();
  await told(host, "Nicht einverstanden").waitFor();
  assert.equal(await host.page.inputValue("#others-link"), "");
  assert.ok(!host.requests.some((address) => address.endsWith("/talk/guests")), "no link was made");
});

step("the question can be taken back", async () => {
  await askFor(INTERPRETER);
  await deed(host, "others-drop").click();
  await said(seeker, "zurückgenommen").waitFor();
  assert.equal(await question(seeker).count(), 0);
});

step("she says yes, and the counsellor has a link to pass on", async () => {
  await askFor(INTERPRETER);
  await deed(seeker, "others-yes").click();
  await told(host, "Einverstanden").waitFor();
  link = await host.page.inputValue("#others-link");
  assert.match(link, /^http:\/\/[^/]+\/gespraech#[\w.~-]+~Dolmetscherin/);
  await assertAccessible(host, "link");
  await picture(host, "link");
  assert.equal(await person(seeker, INTERPRETER).count(), 0);
});

step("the invited one waits as everybody does, and is let in", async () => {
  guest = await open(browser);
  await guest.page.goto(link.replace(STAFF_ADDRESS, ADDRESS));
  await guest.page.waitForSelector('[data-part="start"]:not([hidden])');
  assert.equal(guest.page.url(), `${ADDRESS}/gespraech`);
  assert.equal(await guest.page.inputValue("#talk-name"), INTERPRETER);
  await guest.page.locator('[data-part="start"] p:visible', { hasText: "eingeladen" }).waitFor();
  await assertAccessible(guest, "invited");
  await picture(guest, "start");
  await guest.page.locator("#talk-name").press("Enter");
  await guest.page.waitForSelector('[data-part="wait"]:not([hidden])');
  assert.equal(await guest.page.locator('[data-part="wait"] p:visible', { hasText: "Termin" }).count(), 0);
  await told(host, "Der Link wurde geöffnet").waitFor();
  assert.equal(await host.page.inputValue("#others-link"), "", "the link stands there no longer");
  await host.page.locator(".talk-door li", { hasText: INTERPRETER }).locator('[data-do="admit"]').click();
  await room(guest);
  for (const one of [seeker, host]) await person(one, `${INTERPRETER} (eingeladen)`).waitFor();
  await said(seeker, "ist jetzt im Gespräch").last().waitFor();
  assert.equal(await said(seeker, "keine Verbindung").count(), 0, "who has just come is not away");
  await write(guest, "Merhaba.");
  for (const one of [seeker, host]) await said(one, "Merhaba.").waitFor();
  assert.equal(await said(guest, SECRET).count(), 0, "what was said before is not for her");
  assert.equal(await guest.page.locator("[data-others-panel], [data-door]").count(), 0, "nothing of a host");
  assert.equal(await guest.page.locator('[data-do="remove"], [data-do="ban"]').count(), 0);
});

step("a second browser with the same link is told so, and the first one stays", async () => {
  const second = await open(browser);
  await second.page.goto(link.replace(STAFF_ADDRESS, ADDRESS));
  await second.page.waitForSelector('[data-part="start"]:not([hidden])');
  await second.page.locator("#talk-name").press("Enter");
  await second.page.locator('[data-why="used"]', { hasText: "schon benutzt" }).waitFor();
  await assertAccessible(second, "used");
  await picture(second, "used");
  assert.deepEqual(await kept(second), NOTHING_KEPT);
  await second.context.close();
  await write(guest, "Ich bin noch da.");
  await said(seeker, "Ich bin noch da.").waitFor();
});

step("the first one loads the page anew, and reads in another language, and is back", async () => {
  await guest.page.reload();
  await room(guest);
  await guest.page.locator('a[hreflang="en"]').click();
  await guest.page.waitForURL(`${ADDRESS}/en/gespraech`);
  await room(guest);
  await write(guest, "Again.");
  await said(seeker, "Again.").waitFor();
  await person(seeker, INTERPRETER).waitFor();
});

step("she raises her hand without a call, and all see it", async () => {
  await guest.page.locator('[data-hands] [data-do="others-hand"]').click();
  for (const one of [seeker, host])
    await one.page.locator("[data-hands-up]", { hasText: `Hebt die Hand: ${"\u2068"}${INTERPRETER}` }).waitFor();
  await assertAccessible(guest, "room of three");
  await assertAccessible(seeker, "room of three, seeker");
  await assertAccessible(host, "room of three, host");
  await picture(seeker, "three");
  await picture(host, "three-host");
  await picture(guest, "three-guest");
  await guest.page.locator('[data-hands] [data-do="others-hand"]').click();
  await seeker.page.waitForFunction(() => document.querySelector("[data-hands-up]").textContent === "");
});

step("the room is locked, and the invited one is taken out for good; the seeker stays", async () => {
  await host.page.locator('[data-do="lock"]').click();
  await host.page.locator('[data-do="lock"]', { hasText: "aufschließen" }).waitFor();
  await person(host, INTERPRETER).locator('[data-do="ban"]').click();
  await guest.page.locator('[data-why="removed"]').waitFor();
  await picture(guest, "removed");
  assert.deepEqual(await kept(guest), NOTHING_KEPT);
  assert.equal(await guest.page.evaluate(() => history.state), null);
  await person(seeker, INTERPRETER).waitFor({ state: "detached" });
  await write(seeker, "Wir sind wieder zu zweit.");
  await said(host, "Wir sind wieder zu zweit.").waitFor();
  await host.page.locator('[data-do="lock"]').click();
  await guest.page.goto(link.replace(STAFF_ADDRESS, ADDRESS));
  await guest.page.waitForSelector('[data-part="start"]:not([hidden])');
  await guest.page.locator("#talk-name").press("Enter");
  await guest.page.locator('[data-why="used"]').waitFor();
});

step("a link that was withdrawn opens nothing", async () => {
  await askFor("Schwester");
  await deed(seeker, "others-yes").click();
  await told(host, "Einverstanden").waitFor();
  const withdrawn = await host.page.inputValue("#others-link");
  await deed(host, "others-withdraw").click();
  await told(host, "öffnet nichts mehr").waitFor();
  // Another document, so that the address is read anew.
  await guest.page.goto(`${ADDRESS}/en/gespraech`);
  await guest.page.goto(withdrawn.replace(STAFF_ADDRESS, ADDRESS));
  await guest.page.waitForSelector('[data-part="start"]:not([hidden])');
  await guest.page.locator("#talk-name").press("Enter");
  await guest.page.locator('[data-why="withdrawn"]').waitFor();
  guest.offences.length = 0;
});

step(
  "the conversation is handed over: the colleague goes on with the same seeker and reads nothing of before",
  async () => {
    await deed(host, "others-handover").click();
    await host.page.selectOption("#others-colleague", { label: "Carl Kollege" });
    await picture(host, "handover");
    await host.page.locator('[data-others-part="handover"] button[type="submit"]').click();
    await question(seeker).waitFor();
    assert.match(await question(seeker).textContent(), /Carl Kollege/);
    await picture(seeker, "handover-question");
    await visit(carl, `${base}/gespraeche`);
    assert.equal(await carl.page.locator("#gespraeche", { hasText: "Übergabe von" }).count(), 0, "not before the yes");
    await deed(seeker, "others-yes").click();
    await told(host, "findet das Gespräch").waitFor();
    await carl.page.locator("#gespraeche", { hasText: "Übergabe von" }).waitFor();
    assert.match(await carl.page.locator("#gespraeche").textContent(), /Berta Beratung/);
    await assertAccessible(carl, "handed over");
    await picture(carl, "handed-over");
    const [page] = await Promise.all([
      carl.context.waitForEvent("page"),
      carl.page.locator(`form[action^="${base}/gespraeche/uebergaben/"] button`).click(),
    ]);
    heir = { ...carl, page };
    await host.page.locator(".talk-door li", { hasText: "Carl Kollege" }).locator('[data-do="admit"]').click();
    await person(seeker, "Carl Kollege").waitFor();
    await host.page.locator("summary", { hasText: "beenden" }).click();
    await host.page.locator('[data-do="leave"]:visible').click();
    await host.page.locator('[data-why="left"]').waitFor();
    await person(seeker, "Berta Beratung").waitFor({ state: "detached" });
    await write(heir, "Guten Tag, ich führe das Gespräch weiter.");
    await said(seeker, "ich führe das Gespräch weiter").waitFor();
    await write(seeker, "Gut.");
    await said(heir, "Gut.").waitFor();
    assert.equal(await said(heir, SECRET).count(), 0);
    await picture(heir, "heir");
    await picture(seeker, "after");
  },
);

step("the one who took over ends it; nothing is left anywhere", async () => {
  await heir.page.locator("summary", { hasText: "beenden" }).click();
  await heir.page.locator('[data-do="end"]').click();
  await seeker.page.locator('[data-why="ended"]').waitFor();
  assert.deepEqual(await kept(seeker), NOTHING_KEPT);
  assert.deepEqual(onDisk(server.data, [SECRET, INTERPRETER, "Schwester"]), []);
  for (const one of [seeker, guest, host]) {
    for (const address of one.requests) {
      for (const tell of ["Dolmetscherin", "Schwester", "~"])
        assert.ok(!address.split("#")[0].includes(tell), "an address tells something");
    }
  }
  for (const one of [seeker, host, heir, guest]) assert.deepEqual(one.offences, []);
});
