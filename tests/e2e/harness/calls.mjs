// Devices that pretend, a relay of another make, and what really flows in a call.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** What a browser needs to have a camera, a microphone and a screen without anybody at it. */
export const PRETENDING = [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
];

async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** A coturn on this machine, for a server that brings no relay. */
export async function startRelay(host = "127.0.0.1") {
  const port = await freePort();
  const args = ["-n", "-p", port, "-L", host, "-E", host, "--lt-cred-mech", "-u", "kim:geheim", "-r", "r"];
  const quiet = ["--no-cli", "--no-tls", "--no-dtls", "--allow-loopback-peers", "--log-file", "/dev/null"];
  const relay = spawn("turnserver", [...args, ...quiet].map(String), { stdio: "ignore" });
  await new Promise((ready, broken) => {
    relay.once("error", () => broken(new Error("turnserver is missing: apt-get install coturn")));
    setTimeout(ready, 1_000);
  });
  return {
    servers: [{ urls: [`turn:${host}:${port}`], username: "kim", credential: "geheim" }],
    /** The network is gone: nothing arrives, and nobody is told. */
    hold: () => relay.kill("SIGSTOP"),
    go: () => relay.kill("SIGCONT"),
    stop: () => relay.kill("SIGKILL"),
  };
}

/** Puts these servers in the place of those of the room, and keeps all connections of the page where the test finds them. */
export async function prepare(context, servers) {
  if (servers) {
    await context.routeWebSocket(/talk\/socket/, (socket) => {
      const room = socket.connectToServer();
      room.onMessage((text) => {
        const hear = JSON.parse(text);
        socket.send(hear.hear === "ways" ? JSON.stringify({ ...hear, servers, relay_only: true }) : text);
      });
    });
  }
  await context.addInitScript(() => {
    const Real = globalThis.RTCPeerConnection;
    globalThis.connections = [];
    // What a camera or a microphone gave, to see whether it was let go.
    globalThis.given = [];
    const ask = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
    if (ask)
      navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        globalThis.given.push(...stream.getTracks());
        return stream;
      };
    globalThis.RTCPeerConnection = class extends Real {
      constructor(...all) {
        super(...all);
        globalThis.connections.push(this);
      }
    };
  });
}

/** What a page has received and sent so far, over all its connections that are open. */
export async function flow({ page }) {
  return page.evaluate(async () => {
    const sum = { frames: 0, heard: 0, sent: 0, relayed: true, open: 0, largest: 0 };
    for (const connection of globalThis.connections.filter(({ connectionState }) => connectionState === "connected")) {
      sum.open += 1;
      const report = await connection.getStats();
      for (const stat of report.values()) {
        if (stat.type === "inbound-rtp" && stat.kind === "video") {
          sum.frames += stat.framesDecoded ?? 0;
          sum.largest = Math.max(sum.largest, stat.frameWidth ?? 0);
        }
        if (stat.type === "inbound-rtp" && stat.kind === "audio") sum.heard += stat.totalSamplesReceived ?? 0;
        if (stat.type === "outbound-rtp" && stat.kind === "video") sum.sent += stat.framesEncoded ?? 0;
        if (stat.type === "candidate-pair" && stat.nominated && stat.state === "succeeded")
          sum.relayed &&= report.get(stat.localCandidateId)?.candidateType === "relay";
      }
    }
    return sum;
  });
}

/** Waits until something of what flows has grown by so much. */
export async function grows(person, what, by, patience = 60_000) {
  const before = (await flow(person))[what];
  const until = Date.now() + patience;
  for (;;) {
    const now = (await flow(person))[what];
    if (now - before >= by) return now - before;
    if (Date.now() > until) throw new Error(`${what} grew by ${now - before} and not by ${by}`);
    await new Promise((later) => setTimeout(later, 250));
  }
}
