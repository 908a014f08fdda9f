// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Channel, GATHER, RealTimeText, SPEED } from "./real-time-text.ts";
import { BOM, MISSING } from "./t140.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeChannel {
  readyState: RTCDataChannelState = "connecting";
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  open(): this {
    this.readyState = "open";
    this.onopen?.();
    return this;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  get channel(): Channel {
    return this as unknown as Channel;
  }
}

function text() {
  const events = { lines: new Map<number, string>(), finished: [] as string[], reaches: [] as readonly number[] };
  const rtt = new RealTimeText({
    typing: (from, line) => events.lines.set(from, line),
    finished: (from, line) => events.finished.push(`${from}: ${line}`),
    reaches: (members) => {
      events.reaches = members;
    },
  });
  return { rtt, events };
}

test("what is typed goes out together three times a second, to everybody who is there", () => {
  const { rtt, events } = text();
  const [one, other] = [new FakeChannel(), new FakeChannel()];
  rtt.channel(1, one.channel);
  rtt.channel(2, other.channel);
  one.open();
  expect(events.reaches).toEqual([1]);
  vi.advanceTimersByTime(GATHER);
  for (const line of ["H", "Ha", "Hal"]) rtt.type(line);
  expect(one.sent).toEqual([BOM]);
  vi.advanceTimersByTime(GATHER);
  expect(one.sent).toEqual([BOM, "Hal"]);
  expect(other.sent).toEqual([]);
  // Who comes later reads the line as it stands.
  other.open();
  rtt.type("Hallo");
  expect(rtt.finish()).toBe("Hallo");
  vi.advanceTimersByTime(GATHER);
  expect(other.sent.join("")).toBe(`${BOM}Hallo\u2028`);
  expect(one.sent.join("")).toBe(`${BOM}Hallo\u2028`);
});

test("it never sends faster than people are told to read, however much is put in at once", () => {
  const { rtt } = text();
  const one = new FakeChannel();
  rtt.channel(1, one.channel);
  one.open();
  const long = "x".repeat(900);
  rtt.type(long);
  let before = 0;
  for (let second = 10; second <= 50; second += 10) {
    vi.advanceTimersByTime(10_000);
    const sent = one.sent.join("").length;
    expect(sent - before).toBeLessThanOrEqual(SPEED * 10);
    before = sent;
  }
  expect(one.sent.join("")).toBe(BOM + long);
});

test("when a channel is another one, what may be missing is marked, and the line comes again as a whole", () => {
  const { rtt, events } = text();
  const first = new FakeChannel();
  rtt.channel(1, first.channel);
  first.open();
  first.onmessage?.({ data: `${BOM}Halb` });
  expect(events.lines.get(1)).toBe("Halb");
  rtt.type("Ich");
  vi.advanceTimersByTime(GATHER);
  const second = new FakeChannel();
  rtt.channel(1, second.channel);
  second.open();
  vi.advanceTimersByTime(GATHER);
  expect(events.finished).toEqual([`1: Halb${MISSING}`]);
  expect(second.sent.join("")).toBe(`${BOM}Ich`);
  // What still comes on the old one is past.
  first.onmessage?.({ data: "alt" });
  expect(events.lines.get(1)).toBe("");
});

test("bytes, and what comes after somebody left, are not text", () => {
  const { rtt, events } = text();
  const one = new FakeChannel();
  rtt.channel(1, one.channel);
  one.open();
  one.onmessage?.({ data: new ArrayBuffer(3) });
  rtt.drop(1);
  one.onmessage?.({ data: "spät" });
  expect(events.lines.get(1)).toBe("");
  expect(events.reaches).toEqual([]);
});
