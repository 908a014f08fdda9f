import { describe, expect, test } from "vitest";
import { origin, tuned } from "./sdp.ts";

const ANSWER = [
  "v=0",
  "o=- 4711 3 IN IP4 127.0.0.1",
  "a=fingerprint:sha-256 AA:BB",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "a=mid:0",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:4/recvonly urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10;useinbandfec=0",
  "m=audio 9 UDP/TLS/RTP/SAVPF 63 112",
  "a=mid:1",
  "a=rtpmap:112 OPUS/48000/2",
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "a=mid:2",
  "a=rtpmap:96 VP8/90000",
  "",
].join("\r\n");

describe("the engine's answer", () => {
  const sources = new Map([
    ["0", "microphone"],
    ["1", "screen_sound"],
    ["2", "camera"],
  ] as const);

  test("a voice is sent with repairs and pauses; the engine is not told how loud it is", () => {
    const made = tuned(ANSWER, sources);
    expect(made).toContain("a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1;maxaveragebitrate=32000\r\n");
    expect(made).not.toContain("audio-level");
    expect(made).toContain("a=extmap:4/recvonly urn:ietf:params:rtp-hdrext:sdes:mid\r\n");
  });

  test("what a screen plays is sent in stereo, without pauses", () => {
    const made = tuned(ANSWER, sources);
    expect(made).toContain(
      "a=rtpmap:112 OPUS/48000/2\r\na=fmtp:112 useinbandfec=1;stereo=1;maxaveragebitrate=96000\r\n",
    );
  });

  test("all the rest stays as it is", () => {
    expect(tuned(ANSWER, new Map())).toBe(ANSWER.replace(/^a=extmap:1 .*\r\n/m, ""));
    expect(tuned("", sources)).toBe("");
  });
});

test("another connection of the engine is known by its session or its key", () => {
  expect(origin(ANSWER)).toBe(origin(ANSWER.replace("4711 3", "4711 4")));
  expect(origin(ANSWER)).not.toBe(origin(ANSWER.replace("4711", "4712")));
  expect(origin(ANSWER)).not.toBe(origin(ANSWER.replace("AA:BB", "AA:BC")));
});
