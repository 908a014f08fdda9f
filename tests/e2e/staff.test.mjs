// The workplace: set-up link → invitation → acceptance → passkey → edit a centre → seen in the finder; import → differences →
// apply → roll back. In this order, because people and the directory grow along the way.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { go, launch, OUTPUT, open } from "./harness/browser.mjs";
import { assertAccessible, linkInMail, PASSWORD, STAFF_ADDRESS, send, staff, visit } from "./harness/staff.mjs";

const browser = await launch();
after(() => browser.close());

let admin;
let manager;
let centre;

const picture = ({ page }, name) => page.screenshot({ path: `${OUTPUT}staff-${name}.png`, fullPage: true });

test("the first administrator gets in by the link of the first start and makes a passkey", async () => {
  admin = await staff(browser);
  const { page } = admin;
  await page.goto(process.env.E2E_SETUP);
  // The island takes the secret out of the address and sends it.
  await page.waitForSelector("#new-password");
  assert.ok(!page.url().includes("#"), "the secret is gone from the address");
  await assertAccessible(admin, "first administrator");
  await picture(admin, "first");
  await page.fill("#name", "Ada Anfang");
  await page.fill("#mail", "ada@beispiel.example");
  await page.fill("#new-password", PASSWORD);
  await send(admin);
  assert.match(page.url(), /\/anmelden\/einrichten/, "a second factor is demanded");
  await assertAccessible(admin, "second factor");
  await picture(admin, "second-factor");
  await Promise.all([page.waitForEvent("load"), page.locator("[data-passkey-button] button").click()]);
  await page.waitForURL(/\/(arbeitsplatz|mein-konto)/);
  await visit(admin, "/arbeitsplatz");
  await assertAccessible(admin, "workplace");
  await picture(admin, "workplace");
  assert.deepEqual(admin.offences, []);
});

test("the session is kept from scripts and other sites", async () => {
  const cookies = await admin.context.cookies();
  const session = cookies.find(({ name }) => name === "__Host-session");
  assert.ok(session?.httpOnly && session.secure && session.sameSite === "Lax" && session.path === "/");
});

test("a manager is invited, accepts in a browser of her own, and sees her centre only", async () => {
  await visit(admin, "/arbeitsplatz/personen/einladen");
  const { page } = admin;
  await page.fill("#name", "Mia Manager");
  await page.fill("#mail", "mia@beispiel.example");
  await page.check('input[name="rolle"][value="centre_manager"]');
  await page.fill("#centre-search", "Beratung");
  await Promise.all([page.waitForEvent("load"), page.locator('button[name="aktion"][value="suchen"]').click()]);
  const choice = page.locator('input[name="stelle"]').first();
  centre = await choice.getAttribute("value");
  await choice.check();
  await assertAccessible(admin, "invitation form");
  await send(admin);
  assert.match(page.url(), /\/arbeitsplatz\/personen/);

  manager = await staff(browser);
  await manager.page.goto(await linkInMail("mia@beispiel.example", "/einladung#"));
  await manager.page.waitForSelector("#passkey-name");
  await assertAccessible(manager, "invitation");
  await picture(manager, "invitation");
  await Promise.all([
    manager.page.waitForEvent("load"),
    manager.page.locator("#invitation-passkey [data-passkey-button] button").click(),
  ]);
  await manager.page.waitForURL(/\/(arbeitsplatz|mein-konto|anmelden)/);
  await visit(manager, "/arbeitsplatz/personen");
  await visit(manager, "/arbeitsplatz/protokoll", 404);
  await visit(manager, "/arbeitsplatz/import", 404);
  await visit(manager, `/arbeitsplatz/stellen/${centre}`);
  await assertAccessible(manager, "a centre");
  await picture(manager, "centre");
});

test("what the manager changes is found by everybody a moment later", async () => {
  await visit(manager, `/arbeitsplatz/stellen/${centre}/stammdaten`);
  const { page } = manager;
  await assertAccessible(manager, "centre's name");
  await page.fill('input[name="name"]', "Zum Regenbogenfisch");
  await send(manager);
  assert.equal((await page.locator('[role="status"], .notice--success').count()) > 0, true, "success is said");
  const until = Date.now() + 30_000;
  let hits = [];
  while (hits.length === 0 && Date.now() < until) {
    const answer = await fetch(`${STAFF_ADDRESS}/api/v1/search?words=Regenbogenfisch`);
    hits = (await answer.json()).hits.filter((hit) => hit.centre_name === "Zum Regenbogenfisch");
    await new Promise((later) => setTimeout(later, 100));
  }
  assert.equal(hits.length, 1);
  const seeker = await open(browser);
  await go(seeker.page, `/stelle/${hits[0].slug}`);
  assert.match(await seeker.page.locator("h1").textContent(), /Zum Regenbogenfisch/);
  assert.equal((await seeker.context.cookies()).length, 0);
  await seeker.context.close();
});

test("without script a password and a code from an app are enough to get in", async () => {
  const person = await open(browser, { javaScriptEnabled: false, address: STAFF_ADDRESS });
  await visit(person, "/anmelden");
  await person.page.fill("#sign-in-mail", "ada@beispiel.example");
  await person.page.fill('input[type="password"]', "falsch falsch falsch");
  await send(person);
  const wrong = await person.page.locator(".error-summary").textContent();
  await person.page.fill("#sign-in-mail", "niemand@beispiel.example");
  await person.page.fill('input[type="password"]', "falsch falsch falsch");
  await send(person);
  assert.equal(await person.page.locator(".error-summary").textContent(), wrong, "nobody learns who has an account");
  await person.page.fill("#sign-in-mail", "ada@beispiel.example");
  await person.page.fill('input[type="password"]', PASSWORD);
  await send(person);
  assert.match(person.page.url(), /\/anmelden\/code/, "the password alone does not let her in");
  await visit(person, "/arbeitsplatz/personen", 200).catch(() => {});
  assert.match(person.page.url(), /\/anmelden/, "nor any page behind it");
  await person.context.close();
});

test("signing out ends the session everywhere in this browser", async () => {
  await visit(manager, "/arbeitsplatz");
  const { page } = manager;
  await Promise.all([page.waitForEvent("load"), page.locator('form[action$="/abmelden"] button').first().click()]);
  await page.goto(`${STAFF_ADDRESS}/arbeitsplatz`);
  assert.match(page.url(), /\/anmelden\?weiter=/);
});

test("a list is imported in plain steps, seen in the finder, and rolled back", async () => {
  const { page } = admin;
  const row = (number, name) =>
    `N-${number};${name};Deichweg ${number};26721;Emden;04921 9900${number};Schuldnerberatung`;
  const list = [
    "Nummer;Einrichtung;Straße;PLZ;Ort;Telefon;Angebot",
    ...["Ankerplatz", "Leuchtfeuer", "Fährhaus", "Seezeichen", "Wattblick", "Deichkrone"].map((name, at) =>
      row(at + 1, name),
    ),
    "N-7;Haus ohne Ort;Deichweg 7;;;;Schuldnerberatung",
  ].join("\n");
  await visit(admin, "/arbeitsplatz/import");
  await page.fill('input[name="neue_quelle"]', "nordliste");
  await page.setInputFiles('input[name="dateien"]', {
    name: "liste.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(list),
  });
  await assertAccessible(admin, "upload");
  await clickTo(page, "Hochladen", /\/zuordnung/);
  await assertAccessible(admin, "mapping");
  await picture(admin, "import-mapping");
  await clickTo(page, "Weiter zur Prüfung", /\/pruefung/);
  const next = page.getByRole("link", { name: "Weiter zu den Unterschieden" });
  await next.waitFor({ timeout: 60_000 });
  await assertAccessible(admin, "check");
  await picture(admin, "import-check");
  await Promise.all([page.waitForURL(/\/unterschiede/), next.click()]);
  const compare = page.getByRole("button", { name: "Mit dem Verzeichnis vergleichen" });
  const onward = page.getByRole("link", { name: "Weiter zur Übernahme" });
  await compare.or(onward).first().waitFor();
  if (await compare.isVisible()) await compare.click();
  await onward.waitFor({ timeout: 20_000 });
  await assertAccessible(admin, "differences");
  await picture(admin, "import-differences");
  await Promise.all([page.waitForURL(/\/anwendung/), onward.click()]);
  await assertAccessible(admin, "application");
  await page.getByRole("button", { name: "Jetzt übernehmen" }).click();
  const run = page.locator('a[href*="/arbeitsplatz/import/verlauf/"]').first();
  await run.waitFor({ timeout: 60_000 });
  await picture(admin, "import-applied");
  await found("Ankerplatz", true);

  await Promise.all([page.waitForURL(/\/verlauf\//), run.click()]);
  await assertAccessible(admin, "a run");
  await Promise.all([page.waitForURL(/\/ruecknahme/), page.locator('a[href$="/ruecknahme"]').first().click()]);
  await assertAccessible(admin, "roll back");
  await picture(admin, "import-rollback");
  await page.getByRole("button", { name: "Jetzt zurücknehmen" }).click();
  await found("Ankerplatz", false);
  for (const path of ["/arbeitsplatz/import/verlauf", "/arbeitsplatz/dubletten", "/arbeitsplatz/pruefbericht"]) {
    await visit(admin, path);
    await assertAccessible(admin, path);
    await picture(admin, path.split("/").pop());
  }
  assert.deepEqual(admin.offences, []);
});

async function clickTo(page, name, address) {
  await Promise.all([page.waitForURL(address), page.getByRole("button", { name, exact: true }).click()]);
}

/** Waits until the finder knows a centre by this name, or knows it no more. */
async function found(name, expected) {
  const until = Date.now() + 30_000;
  for (;;) {
    const answer = await (await fetch(`${STAFF_ADDRESS}/api/v1/search?words=${name}`)).json();
    if (answer.hits.some((hit) => hit.centre_name.includes(name)) === expected) return;
    assert.ok(Date.now() < until, `${name} is ${expected ? "not " : "still "}found`);
    await new Promise((later) => setTimeout(later, 100));
  }
}
