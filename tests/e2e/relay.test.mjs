// Two browsers that may use nothing but our relay: sound, pictures and data get through over UDP and over TCP.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { launch } from "./harness/browser.mjs";

const PROGRAM = join(dirname(process.env.ANLAUFSTELLE_BIN), "examples", "relay");

const relay = spawn(PROGRAM, { stdio: ["pipe", "pipe", "inherit"] });
const people = await new Promise((resolve, reject) => {
  relay.on("error", reject);
  relay.on("exit", (code) => reject(new Error(`the relay ended with ${code}`)));
  createInterface({ input: relay.stdout }).once("line", (line) => resolve(JSON.parse(line)));
});
const browser = await launch();
after(async () => {
  await browser.close();
  relay.stdin.end();
});

/** The servers of one person, with the addresses of one transport only. */
function over(servers, transport) {
  return servers.map((server) => ({ ...server, urls: server.urls.filter((url) => url.endsWith(transport)) }));
}

for (const transport of ["udp", "tcp"])
  test(`two people see, hear and write to each other through the relay over ${transport}`, async () => {
    const page = await browser.newPage();
    const seen = await page.evaluate(talk, { servers: people.map((servers) => over(servers, transport)), transport });
    assert.deepEqual(seen.ways, ["relay", "relay"]);
    assert.equal(seen.transport, transport);
    assert.equal(seen.echoed, 1_048_576, "all that was written came back");
    assert.ok(seen.frames > 10, `${seen.frames} pictures were decoded`);
    assert.ok(seen.sound > 50, `${seen.sound} packets of sound came`);
    await page.close();
  });

/** Runs in the page. */
async function talk({ servers }) {
  const [one, other] = servers.map((iceServers) => new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" }));
  one.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
  other.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);

  const canvas = document.createElement("canvas");
  const paint = canvas.getContext("2d");
  setInterval(() => {
    paint.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
    paint.fillRect(Math.random() * 200, Math.random() * 100, 80, 80);
  }, 40);
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const heard = sound.createMediaStreamDestination();
  tone.connect(heard);
  tone.start();
  for (const track of [...canvas.captureStream(25).getTracks(), ...heard.stream.getTracks()]) one.addTrack(track);
  other.ontrack = ({ track }) => {
    const player = document.createElement(track.kind);
    player.muted = true;
    player.srcObject = new MediaStream([track]);
    document.body.append(player);
    player.play();
  };

  const channel = one.createDataChannel("text");
  other.ondatachannel = ({ channel: back }) => {
    back.onmessage = ({ data }) => back.send(data);
  };
  let echoed = 0;
  const isEchoed = new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      echoed += data.length;
      if (echoed >= 64 * 16_384) resolve();
    };
  });
  channel.onopen = () => {
    for (let n = 0; n < 64; n++) channel.send("x".repeat(16_384));
  };

  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription);
  await isEchoed;

  for (;;) {
    const stats = [...(await other.getStats()).values()];
    const received = (kind) => stats.find((entry) => entry.type === "inbound-rtp" && entry.kind === kind);
    const frames = received("video")?.framesDecoded ?? 0;
    const packets = received("audio")?.packetsReceived ?? 0;
    if (frames > 10 && packets > 50) {
      const { selectedCandidatePairId } = stats.find((entry) => entry.type === "transport");
      const pair = stats.find((entry) => entry.id === selectedCandidatePairId);
      const [here, there] = [pair.localCandidateId, pair.remoteCandidateId].map((id) =>
        stats.find((entry) => entry.id === id),
      );
      return {
        ways: [here.candidateType, there.candidateType],
        transport: here.relayProtocol,
        echoed,
        frames,
        sound: packets,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
