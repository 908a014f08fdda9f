// The budget of a visit, and how long it takes on a bad connection.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { go, launch, open } from "./harness/browser.mjs";
import { publicPages } from "./harness/pages.mjs";

const FIRST_VISIT = 35_000;
const NEXT_PAGE = 12_000;
/** A conversation, and one in which people see each other; what is said in headers is the connection's. */
const CONVERSATION = 60_000;
const CALL = 110_000;
const REQUESTS = 4;
/** 2G as DevTools knows it: 250 kbit/s, 300 ms. */
const SECOND_GENERATION = {
  offline: false,
  downloadThroughput: 250_000 / 8,
  uploadThroughput: 50_000 / 8,
  latency: 300,
};
const LCP_MS = 2_500;

const browser = await launch();
after(() => browser.close());

async function metered(options) {
  const visit = await open(browser, options);
  const session = await visit.context.newCDPSession(visit.page);
  await session.send("Network.enable");
  let received = [];
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    received.push({ requestId, encodedDataLength }),
  );
  return {
    ...visit,
    session,
    async load(path, status) {
      received = [];
      await go(visit.page, path, status);
      await visit.page.waitForLoadState("networkidle");
      return {
        bytes: received.reduce((sum, { encodedDataLength }) => sum + encodedDataLength, 0),
        requests: received.filter(({ encodedDataLength }) => encodedDataLength > 0).length,
      };
    },
  };
}

test(`a first visit weighs at most ${FIRST_VISIT / 1000} kB in ${REQUESTS} requests, on whatever page it begins`, async () => {
  const heavy = [];
  for (const { name, path, status } of (await publicPages()).filter(({ name }) => !name.startsWith("gallery"))) {
    const visit = await metered();
    const { bytes, requests } = await visit.load(path, status);
    console.log(`  ${name}: ${bytes} bytes, ${requests} requests`);
    if (bytes > FIRST_VISIT || requests > REQUESTS) heavy.push(`${name}: ${bytes} bytes, ${requests} requests`);
    await visit.context.close();
  }
  assert.deepEqual(heavy, []);
});

test(`a conversation weighs at most ${CONVERSATION / 1000} kB, and ${CALL / 1000} kB with a call`, async () => {
  const visit = await metered();
  const { bytes } = await visit.load("/gespraech");
  const { page, whole } = await visit.page.evaluate(async () => {
    // what is loaded when somebody wants a call
    const { call, callCss, callFrames } = document.querySelector("[data-call]").dataset;
    const more = [call, callCss, callFrames].map((file) => new URL(file, location.href).href);
    await Promise.all(more.map(async (file) => (await fetch(file)).arrayBuffer()));
    const loaded = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
    const sum = (some) => some.reduce((all, { encodedBodySize }) => all + encodedBodySize, 0);
    return { page: sum(loaded.filter(({ name }) => !more.includes(name))), whole: sum(loaded) };
  });
  console.log(`  conversation: ${page} bytes, ${bytes} with all headers; with a call ${whole}`);
  assert.ok(page > 30_000 && whole > page + 5_000, "both were measured");
  assert.ok(page <= CONVERSATION, `${page} bytes`);
  assert.ok(whole <= CALL, `${whole} bytes with a call`);
  await visit.context.close();
});

test("the next page brings only itself", async () => {
  const visit = await metered();
  await visit.load("/");
  const { bytes } = await visit.load("/suche?words=Schulden&place=79100");
  console.log(`  hits after the start page: ${bytes} bytes`);
  assert.ok(bytes <= NEXT_PAGE, `${bytes} bytes`);
  await visit.context.close();
});

for (const path of ["/", "/suche?words=Schulden&place=79100"]) {
  test(`on 2G ${path.split("?")[0]} shows its main content within ${LCP_MS} ms and does not jump`, async () => {
    const visit = await metered();
    await visit.session.send("Network.emulateNetworkConditions", SECOND_GENERATION);
    await visit.page.addInitScript(() => {
      globalThis.measured = { lcp: 0, shift: 0 };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.measured.lcp = entry.startTime;
      }).observe({ type: "largest-contentful-paint", buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.measured.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await visit.load(path);
    const { lcp, shift } = await visit.page.evaluate(() => globalThis.measured);
    console.log(`  ${path}: LCP ${Math.round(lcp)} ms, layout shift ${shift.toFixed(3)}`);
    assert.ok(lcp > 0 && lcp <= LCP_MS, `LCP ${lcp} ms`);
    assert.ok(shift <= 0.02, `layout shift ${shift}`);
    await visit.context.close();
  });
}
