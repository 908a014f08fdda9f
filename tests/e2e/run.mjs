// Starts the program once with a fictional directory, runs the browser tests against it, and stops it.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startServer } from "./harness/server.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const asked = process.argv.slice(2);
const files =
  asked.length > 0
    ? asked
    : readdirSync(HERE).filter(
        (name) => name.endsWith(".test.mjs") && (process.env.E2E_MEDIA || !name.startsWith("firefox")),
      );

const server = await startServer();
let code = 1;
try {
  const env = { ...process.env, E2E_ADDRESS: server.address, E2E_MAILS: server.mails, E2E_SETUP: server.setup };
  // One file at a time: the measurements of weight and speed need the machine for themselves.
  const tests = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files.sort()], {
    cwd: HERE,
    env,
    stdio: "inherit",
  });
  code = await new Promise((resolve) => tests.on("close", resolve));
} finally {
  await server.stop();
}
process.exitCode = code ?? 1;
