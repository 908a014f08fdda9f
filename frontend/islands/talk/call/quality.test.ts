// @vitest-environment node
import { expect, test } from "vitest";
import { type Quality, Watch } from "./quality.ts";

interface Counted {
  received?: number;
  lost?: number;
  frozen?: number;
  rtt?: number;
  there?: number;
}

function report({ received = 0, lost = 0, frozen = 0, rtt = 0, there = 0 }: Counted): RTCStatsReport {
  return new Map<string, unknown>([
    ["in", { type: "inbound-rtp", packetsReceived: received, packetsLost: lost, totalFreezesDuration: frozen }],
    ["out", { type: "remote-inbound-rtp", fractionLost: there }],
    ["pair", { type: "candidate-pair", nominated: true, state: "succeeded", currentRoundTripTime: rtt }],
    ["other", { type: "candidate-pair", nominated: false, state: "waiting", currentRoundTripTime: 9 }],
  ]) as unknown as RTCStatsReport;
}

/** What is said after the same thing was seen for a while. */
function after(step: Counted, looks = 4): Quality {
  const watch = new Watch();
  let said: Quality = "good";
  for (let look = 0; look < looks; look++) {
    const { received = 0, lost = 0, frozen = 0 } = step;
    const sums = { ...step, received: received * look, lost: lost * look, frozen: frozen * look };
    said = watch.look([report(sums)], look * 3_000);
  }
  return said;
}

test.each<[string, Counted, Quality]>([
  ["nothing lost", { received: 300 }, "good"],
  ["a few lost", { received: 300, lost: 5 }, "good"],
  ["some lost", { received: 300, lost: 15 }, "weak"],
  ["many lost", { received: 300, lost: 60 }, "very-weak"],
  ["lost on the way there", { received: 300, there: 0.2 }, "very-weak"],
  ["slow", { received: 300, rtt: 0.5 }, "weak"],
  ["very slow", { received: 300, rtt: 1.4 }, "very-weak"],
  ["pictures stand still", { received: 300, frozen: 1 }, "very-weak"],
  ["nothing comes at all", {}, "good"],
])("%s is %s", (_, step, quality) => {
  expect(after(step)).toBe(quality);
});

test("one bad moment is not told, and the word does not flicker", () => {
  const watch = new Watch();
  watch.look([report({ received: 100 })], 0);
  expect(watch.look([report({ received: 200, lost: 50 })], 3_000)).toBe("good");
  expect(watch.look([report({ received: 300, lost: 50 })], 6_000)).toBe("good");
  expect(watch.look([report({ received: 400, lost: 100 })], 9_000)).toBe("good");
  expect(watch.look([report({ received: 500, lost: 150 })], 12_000)).toBe("very-weak");
  expect(watch.look([report({ received: 600, lost: 150 })], 15_000)).toBe("very-weak");
  expect(watch.look([report({ received: 700, lost: 150 })], 18_000)).toBe("good");
});

test("only what does not arrive there is a reason to send less", () => {
  const watch = new Watch();
  for (let look = 1; look < 5; look++) {
    watch.look([report({ received: 100 * look, lost: 60 * look, frozen: 3 * look })], look * 3_000);
    expect(watch.starves).toBe(false);
  }
  watch.look([report({ received: 500, there: 0.3 })], 15_000);
  expect(watch.starves).toBe(false);
  watch.look([report({ received: 600, there: 0.3 })], 18_000);
  expect(watch.starves).toBe(true);
  watch.look([report({ received: 700 })], 21_000);
  expect(watch.starves).toBe(false);
});

test("a connection that is another one counts from nothing", () => {
  const watch = new Watch();
  watch.look([report({ received: 5_000, lost: 10 })], 0);
  watch.look([report({ received: 10, lost: 9 })], 3_000);
  expect(watch.look([report({ received: 300, lost: 9 })], 6_000)).toBe("good");
});
