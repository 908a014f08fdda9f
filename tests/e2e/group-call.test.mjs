// A call of five through the engine: from two to three without a gap, everybody sees and hears everybody, a screen, somebody who
// leaves, a break of the network, and what the engine itself could see of it. Devices pretend; everything else is real.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { bookedChat, fromAppointment, fromDesk, serverAtEight } from "./harness/conversation.mjs";

const server = await serverAtEight();
const { ADDRESS, DESK, launch, OUTPUT, open } = await import("./harness/browser.mjs");
const { flow, grows, PRETENDING, prepare } = await import("./harness/calls.mjs");
const { hues, paint } = await import("./harness/colours.mjs");
const { anotherSeat, fragmentOf } = await import("./harness/seats.mjs");
const { assertAccessible } = await import("./harness/staff.mjs");
const browser = await launch(PRETENDING);
const PERMITTED = { permissions: ["camera", "microphone"] };
const PATIENCE = 150_000;

let broken;
let counsellor;
let host;
let fragment;
/** Who is in the call, by name, with the colour of her camera. */
const people = new Map();
const step = (name, run) =>
  test(name, async (context) => {
    if (broken) return context.skip(`after: ${broken}`);
    broken = name;
    try {
      await run();
    } catch (error) {
      for (const [who, { page }] of people)
        await page.screenshot({ path: `${OUTPUT}group-failed-${who}.png` }).catch(() => undefined);
      throw error;
    }
    broken = undefined;
  });
after(async () => {
  await browser.close();
  await server.stop();
});

/** Waits until a question has this answer. */
async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let answer;
  do {
    answer = await ask();
    if (answer === true) return;
    await new Promise((later) => setTimeout(later, 300));
  } while (Date.now() < end);
  throw new Error(`${what}: ${JSON.stringify(answer)}`);
}

const state = ({ page }, words) => page.locator("[data-call-state]", { hasText: words });
const deed = ({ page }, what) => page.locator(`:is([data-call-bar], [data-call-live]) [data-do="call-${what}"]`);
const member = ({ page }) => page.evaluate(() => document.querySelector(".call__tile--me").dataset.tile.split(" ")[0]);

/** Everybody in the call sees the colour of everybody else. */
async function allSeeAll() {
  const colours = new Map();
  for (const person of people.values()) colours.set(`${await member(person)} camera`, person.hue);
  for (const [name, person] of people) {
    await until(`${name} sees everybody`, async () => {
      const seen = await hues(person.page);
      const missing = [...colours].filter(([tile, hue]) => seen[tile] !== hue);
      return missing.length === 0 || { missing, seen };
    });
  }
}

async function call(person) {
  await person.page.locator('[data-call-invite] [data-do="call-video"]').click();
  await person.page.locator('[data-do="call-go"]').click();
}

/** Another person comes with a right of her own, and is let in. */
async function comes(name, hue, ready = async () => undefined) {
  const person = { ...(await open(browser, PERMITTED)), hue };
  await prepare(person.context);
  await paint(person.context, hue);
  await ready(person);
  await person.page.goto(`${ADDRESS}/gespraech#${anotherSeat(server.data, fragment)}`);
  await person.page.waitForSelector('[data-part="start"]:not([hidden])');
  await letIn(person, name);
  return person;
}

async function letIn(person, name) {
  await person.page.fill("#talk-name", name);
  await person.page.locator("#talk-name").press("Enter");
  await person.page.waitForSelector('[data-part="wait"]:not([hidden])');
  await host.page.locator(".talk-door li", { hasText: name }).locator('[data-do="admit"]').click();
  await person.page.waitForSelector('[data-part="room"]:not([hidden])');
}

step("two talk directly", async () => {
  let base;
  let receipt;
  ({ counsellor, base, receipt } = await bookedChat(browser, server.eight));
  await counsellor.context.grantPermissions(PERMITTED.permissions);
  await prepare(counsellor.context);
  await paint(counsellor.context, 0);
  const kim = { ...(await open(browser, PERMITTED)), hue: 120 };
  await prepare(kim.context);
  await paint(kim.context, kim.hue);
  await fromAppointment(kim.page, receipt);
  host = { ...(await fromDesk(counsellor, base)), hue: 0 };
  await host.page.setViewportSize(DESK);
  fragment = await fragmentOf(kim.page);
  await letIn(kim, "Kim");
  for (const [name, person] of [
    ["Berta", host],
    ["Kim", kim],
  ]) {
    await call(person);
    people.set(name, person);
  }
  for (const person of people.values()) await state(person, "verbunden").waitFor({ timeout: PATIENCE });
  await allSeeAll();
});

step("a third comes: all three go over to the engine, and nobody loses a picture for long", async () => {
  const dana = await comes("Dana", 240);
  await call(dana);
  people.set("Dana", dana);
  for (const person of people.values()) await state(person, "verbunden").waitFor({ timeout: PATIENCE });
  await allSeeAll();
  for (const [name, person] of people) {
    await grows(person, "frames", 20);
    await grows(person, "heard", 96_000);
    await until(`${name} has left the direct way`, async () => (await flow(person)).open === 2);
  }
});

step("a fourth and a fifth come, and everybody sees and hears everybody", async () => {
  for (const [name, hue] of [
    ["Eli", 60],
    ["Fynn", 300],
  ]) {
    const person = await comes(name, hue);
    await call(person);
    people.set(name, person);
  }
  await allSeeAll();
  for (const person of people.values()) {
    await grows(person, "frames", 40);
    await grows(person, "heard", 4 * 48_000);
    // Nobody had to be told of anything that cannot be read.
    assert.equal(await person.page.getByText("nicht entschlüsseln").count(), 0);
  }
  await assertAccessible(host, "call of five");
  await host.page.screenshot({ path: `${OUTPUT}group-five.png` });
});

step("a screen is seen by all, and gone when it ends", async () => {
  const dana = people.get("Dana");
  const tile = `${await member(dana)} screen`;
  await dana.page.locator(".call-more summary").click();
  await deed(dana, "screen").click();
  for (const [name, { page }] of people) {
    if (name === "Dana") continue;
    await until(`${name} sees the screen`, async () => (await hues(page))[tile] === 240 || hues(page));
  }
  await deed(dana, "screen").click();
  for (const [name, { page }] of people) {
    if (name !== "Dana") await page.locator(`[data-tile="${tile}"]`).waitFor({ state: "detached" });
  }
  await allSeeAll();
});

step("a camera that was off comes back", async () => {
  const { page } = people.get("Kim");
  const tile = `${await member({ page })} camera`;
  await deed({ page }, "camera").click();
  await until("no picture", async () => (await hues(host.page))[tile] === undefined);
  await deed({ page }, "camera").click();
  await allSeeAll();
});

step("her line to the room breaks: the call goes on, and finds its way anew when it is back", async () => {
  const eli = people.get("Eli");
  await eli.context.setOffline(true);
  await grows(eli, "frames", 20);
  await eli.context.setOffline(false);
  await allSeeAll();
  await grows(eli, "frames", 20);
});

step("one loads her page anew and is in the call again when she calls", async () => {
  const fynn = people.get("Fynn");
  await fynn.page.reload();
  await fynn.page.waitForSelector('[data-part="room"]:not([hidden])');
  await call(fynn);
  await allSeeAll();
});

step("who hands on frames without keys sees nothing, and is not taken for somebody who can be seen", async () => {
  // What the engine itself could do: it has all packets and no keys. It sends what it likes, too.
  const stranger = await comes("Gast", 180, ({ context }) =>
    context.route(/\/frames\.\w+\.js$/, (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: "onrtctransform = ({ transformer }) => transformer.readable.pipeTo(transformer.writable);",
      }),
    ),
  );
  await call(stranger);
  const tile = `${await member(stranger)} camera`;
  await stranger.page.waitForFunction(() => document.querySelectorAll("[data-tile]").length === 6);
  await until("packets come", async () => (await flow(stranger)).open === 2);
  for (let look = 0; look < 20; look += 1) {
    const seen = Object.entries(await hues(stranger.page)).filter(([of]) => of !== tile);
    for (const person of people.values()) {
      const theirs = `${await member(person)} camera`;
      assert.notEqual(Object.fromEntries(seen)[theirs], person.hue, "a picture was read without its key");
    }
    await new Promise((later) => setTimeout(later, 250));
  }
  for (const person of people.values()) {
    await person.page
      .locator(`[data-tile="${tile}"]`, { hasText: "nicht entschlüsseln" })
      .waitFor({ timeout: PATIENCE });
    assert.equal((await hues(person.page))[tile], undefined);
  }
  await host.page.screenshot({ path: `${OUTPUT}group-unreadable.png` });
  await deed(stranger, "leave").click();
  for (const { page } of people.values()) await page.locator(`[data-tile="${tile}"]`).waitFor({ state: "detached" });
  await stranger.context.close();
});

step("they leave one after the other: the rest sees each other, in the end directly again", async () => {
  for (const name of ["Fynn", "Eli", "Dana"]) {
    const person = people.get(name);
    const tile = `${await member(person)} camera`;
    people.delete(name);
    await deed(person, "leave").click();
    for (const other of people.values())
      await other.page.locator(`[data-tile="${tile}"]`).waitFor({ state: "detached" });
    await allSeeAll();
  }
  for (const [name, person] of people) {
    await until(`${name} talks directly`, async () => {
      const { open, relayed } = await flow(person);
      return (open === 1 && relayed) || { open, relayed };
    });
    await grows(person, "frames", 20);
  }
  for (const { offences } of people.values()) assert.deepEqual(offences, []);
});
