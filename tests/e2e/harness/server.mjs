// The program under test. Everything about its command line is in this file.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const READY_WITHIN_MS = 120_000;
/** Where the quick exit leads in the tests; the browser never really goes there. */
export const EXIT_ADDRESS = "https://weather.example/";

const CONFIG = `[site]
exit_url = "${EXIT_ADDRESS}"

[limits]
per_second = 1000000
`;

/** Debian puts the library that tells a program another time there, by machine. */
const FAKETIME = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/faketime/libfaketime.so.1`;

/** Where sound and pictures go: another address than the loopback for browsers that refuse it. */
const MEDIA = process.env.E2E_MEDIA ?? "127.0.0.1";

/**
 * Fills a temporary folder with the fictional directory and serves it on a free port. `clock` is a file with the seconds by
 * which the server's clock is ahead ("+3600"); it can be changed while the server runs.
 */
export async function startServer({ clock } = {}) {
  const binary = process.env.ANLAUFSTELLE_BIN;
  if (!binary) throw new Error("ANLAUFSTELLE_BIN must name the program to test");
  const data = mkdtempSync(join(tmpdir(), "anlaufstelle-e2e-"));
  writeFileSync(join(data, "anlaufstelle.toml"), CONFIG);
  await finished(run(binary, ["--data", data, "demo"]), "demo");

  const serve = (listen) =>
    run(
      binary,
      [
        ...["--data", data, "serve", "--developer", "--listen", listen, "--metrics-listen", "127.0.0.1:0"],
        ...["--engine-listen", `${MEDIA}:0`, "--relay-listen", `${MEDIA}:0`],
      ],
      clock ? told(clock) : {},
    );
  let server = serve("127.0.0.1:0");
  const { address, mails, setup } = await listening(server);
  await ready(address);
  const end = async () => {
    server.kill("SIGTERM");
    if (server.exitCode === null) await new Promise((gone) => server.once("close", gone));
  };
  return {
    address,
    /** Where mails that stay on this machine are listed as JSON. */
    mails,
    /** The link that sets up the first administrator. */
    setup,
    /** Everything it keeps. */
    data,
    /** The running process. */
    pid: () => server.pid,
    /** Ends it and starts it again at the same address. */
    async restart() {
      await end();
      server = serve(address.replace("http://", ""));
      server.stdout.resume();
      gather(server);
      await ready(address);
    },
    async stop() {
      await end();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function run(binary, args, more = {}) {
  return spawn(resolve(binary), args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...more } });
}

/** The program reads its time from this file. How long it has been running stays true. */
function told(clock) {
  if (!existsSync(FAKETIME)) throw new Error(`${FAKETIME} is missing: apt-get install faketime`);
  return {
    LD_PRELOAD: FAKETIME,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}

async function finished(child, what) {
  const said = gather(child);
  child.stdout.resume();
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`${what} ended with ${code}:\n${said()}`);
}

function listening(server) {
  const said = gather(server);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${said()}`)), READY_WITHIN_MS);
    let output = "";
    server.stdout.on("data", (chunk) => {
      output += chunk;
      const address = output.match(/listening on (http:\/\/[\d.:]+)/)?.[1];
      const mails = output.match(/(http:\/\/\S+\/mails)\s/)?.[1];
      const setup = output.match(/(http:\S+\/einrichten#\S+)\s/)?.[1];
      if (address && mails && setup) {
        clearTimeout(timer);
        resolve({ address, mails: `${mails}.json`, setup });
      }
    });
    server.on("close", (code) => reject(new Error(`the server ended with ${code}:\n${said()}`)));
  });
}

/** Listening comes before the index is loaded; until then pages say that the service is starting. */
async function ready(address) {
  const until = Date.now() + READY_WITHIN_MS;
  const isReady = () =>
    fetch(`${address}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isReady())) {
    if (Date.now() > until) throw new Error("the server listens but does not get ready");
    await new Promise((later) => setTimeout(later, 50));
  }
}

function gather(child) {
  let text = "";
  child.stderr.on("data", (chunk) => {
    text = (text + chunk).slice(-8_000);
  });
  return () => text;
}
