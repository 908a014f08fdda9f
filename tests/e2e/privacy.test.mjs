// A whole visit under watch: nothing leaves for elsewhere, nothing stays, and the policy is never even asked to block.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ADDRESS, go, kept, launch, NOTHING_KEPT, open } from "./harness/browser.mjs";
import { publicPages } from "./harness/pages.mjs";

const browser = await launch();
after(() => browser.close());

test("a visit through all pages stays within the origin and leaves nothing on the device", async () => {
  const visit = await open(browser);
  const { page, context, offences, requests } = visit;
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      globalThis.violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  for (const { path, status } of await publicPages()) {
    await go(page, path, status);
    assert.deepEqual(await page.evaluate(() => globalThis.violations), [], path);
    assert.deepEqual(await kept(visit), NOTHING_KEPT, path);
  }
  assert.deepEqual(offences, []);
  assert.deepEqual(
    [...new Set(requests.filter((url) => !url.startsWith("data:")).map((url) => new URL(url).origin))],
    [ADDRESS],
  );
  await context.close();
});

test("every page carries the headers that keep it to itself", async () => {
  for (const { path } of await publicPages()) {
    const { headers } = await fetch(ADDRESS + path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, path);
    assert.doesNotMatch(policy, /unsafe|\*|https?:/, path);
    assert.equal(headers.get("referrer-policy"), "no-referrer", path);
    assert.equal(headers.get("cache-control"), "no-store", path);
    assert.equal(headers.get("set-cookie"), null, path);
  }
});

test("static files never change under their name and come compressed", async () => {
  const html = await (await fetch(ADDRESS)).text();
  const files = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((match) => match[1]);
  assert.ok(files.length >= 3);
  for (const file of files) {
    const { headers, status } = await fetch(ADDRESS + file, { headers: { "accept-encoding": "br" } });
    assert.equal(status, 200);
    assert.match(headers.get("cache-control") ?? "", /immutable/);
    assert.equal(headers.get("content-encoding"), "br");
  }
});
