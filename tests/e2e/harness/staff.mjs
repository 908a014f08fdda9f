// Members of staff in a browser: they get in by links and prove who they are with a passkey.
import assert from "node:assert/strict";
import axe from "axe-core";
import { DESK, open } from "./browser.mjs";
import { smallTargets, widerThanWindow } from "./checks.mjs";

/** Passkeys belong to a name: the program's own address is `localhost`, as people type it. */
export const STAFF_ADDRESS = process.env.E2E_ADDRESS.replace("127.0.0.1", "localhost");
export const PASSWORD = "drei rote Boote am Steg";

/** A browser with an authenticator of its own. */
export async function staff(browser, options = {}) {
  const person = await open(browser, { viewport: DESK, address: STAFF_ADDRESS, ...options });
  const devices = await person.context.newCDPSession(person.page);
  await devices.send("WebAuthn.enable");
  await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return person;
}

/** Opens an address of the workplace and insists on the status. */
export async function visit({ page }, path, status = 200) {
  const response = await page.goto(STAFF_ADDRESS + path, { waitUntil: "load" });
  assert.equal(response.status(), status, `${path} answers ${response.status()}`);
}

/** Sends the page's form with its last button and waits for the page that follows. */
export async function send({ page }) {
  const button = page.locator('main form:not([data-island="passkey"]) .actions button:not([name])').last();
  await Promise.all([page.waitForEvent("load"), button.click()]);
}

/** The first administrator, by the link of the first start. */
export async function firstAdministrator(browser, name, mail) {
  const admin = await staff(browser);
  const { page } = admin;
  await page.goto(process.env.E2E_SETUP);
  await page.waitForSelector("#new-password");
  await page.fill("#name", name);
  await page.fill("#mail", mail);
  await page.fill("#new-password", PASSWORD);
  await send(admin);
  await Promise.all([page.waitForEvent("load"), page.locator("[data-passkey-button] button").click()]);
  await page.waitForURL(/\/(arbeitsplatz|mein-konto)/);
  return admin;
}

/** Somebody who is invited to a centre that these words find, and accepts in a browser of her own. */
export async function invited(browser, admin, { name, mail, role, words, centre, options }) {
  await visit(admin, "/arbeitsplatz/personen/einladen");
  const { page } = admin;
  await page.fill("#name", name);
  await page.fill("#mail", mail);
  await page.check(`input[name="rolle"][value="${role}"]`);
  await page.fill("#centre-search", words);
  await Promise.all([page.waitForEvent("load"), page.locator('button[name="aktion"][value="suchen"]').click()]);
  await page.check(`input[name="stelle"][value="${centre}"]`);
  await send(admin);
  const person = await staff(browser, options);
  await person.page.goto(await linkInMail(mail, "/einladung#"));
  await person.page.waitForSelector("#passkey-name");
  await Promise.all([
    person.page.waitForEvent("load"),
    person.page.locator("#invitation-passkey [data-passkey-button] button").click(),
  ]);
  await person.page.waitForURL(/\/(arbeitsplatz|mein-konto|anmelden)/);
  return person;
}

/** The newest mail to somebody that holds a link of this kind. */
export async function linkInMail(to, kind) {
  for (let tries = 0; tries < 200; tries += 1) {
    const mails = await (await fetch(process.env.E2E_MAILS)).json();
    const body = mails.filter((mail) => mail.to === to).find((mail) => mail.body.includes(kind))?.body;
    if (body) return body.match(new RegExp(`https?://\\S*${kind}\\S+`))[0];
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`no mail to ${to} with ${kind}`);
}

/** What axe and our own checks find on the page, on a wide and on a narrow screen. */
export async function assertAccessible({ page }, what) {
  for (const viewport of [DESK, { width: 360, height: 740 }]) {
    await page.setViewportSize(viewport);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    const found = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
    assert.deepEqual(found, [], `${what} at ${viewport.width} px`);
    assert.deepEqual(await page.evaluate(widerThanWindow), [], `${what} at ${viewport.width} px`);
    assert.deepEqual(await page.evaluate(smallTargets), [], `${what} at ${viewport.width} px`);
  }
  await page.setViewportSize(DESK);
}
