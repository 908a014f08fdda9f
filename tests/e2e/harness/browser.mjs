// The browser, and a watch over what a page must never do.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ADDRESS = process.env.E2E_ADDRESS;
if (!ADDRESS) throw new Error("run the tests with `npm test`: it starts the server and names its address");

export const OUTPUT = fileURLToPath(new URL("../output/", import.meta.url));
mkdirSync(OUTPUT, { recursive: true });

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 900 };

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launch(more = []) {
  const executablePath = process.env.CHROMIUM || execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
  return chromium.launch({ executablePath, args: [...QUIET, ...more] });
}

/** Opens a page under watch; `offences` fills with what went wrong, and `assertClean` empties and checks it. */
export async function open(browser, { address = ADDRESS, ...options } = {}) {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const offences = [];
  const requests = [];
  page.on("console", (message) => {
    // What did not load is seen by its answer, below; a page that rightly answers 404 is no offence.
    if (message.text().startsWith("Failed to load resource")) return;
    if (["error", "warning"].includes(message.type())) offences.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => offences.push(`script: ${error.message}`));
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400 && !response.request().isNavigationRequest())
      offences.push(`${response.status()}: ${pathname}`);
  });
  page.on("request", (request) => {
    requests.push(request.url());
    const url = new URL(request.url());
    if (url.protocol !== "data:" && url.origin !== address) offences.push(`request to another origin: ${url.origin}`);
  });
  return { context, page, offences, requests };
}

/** Opens an address and insists on the status, lest an error page passes for the page that was meant. */
export async function go(page, path, status = 200) {
  const response = await page.goto(ADDRESS + path, { waitUntil: "load" });
  if (response.status() !== status) throw new Error(`${path} answers ${response.status()}, not ${status}`);
}

/** What the device keeps of a visit: nothing. */
export async function kept({ context, page }) {
  const cookies = await context.cookies();
  const storage = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches?.keys())?.length ?? 0,
    workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
  }));
  return { cookies: cookies.length, ...storage };
}

export const NOTHING_KEPT = { cookies: 0, local: 0, session: 0, databases: 0, caches: 0, workers: 0 };
