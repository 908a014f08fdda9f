// @vitest-environment node
import { expect, test } from "vitest";
import { FakeTrack } from "./bench/peers.ts";
import { Devices } from "./devices.ts";

interface Plugged {
  id: string;
  kind: MediaDeviceKind;
}

/** The devices of a browser. */
class FakeMedia {
  plugged: Plugged[] = [
    { id: "built-in", kind: "audioinput" },
    { id: "headset", kind: "audioinput" },
    { id: "front", kind: "videoinput" },
  ];
  given: FakeTrack[] = [];
  asked: MediaStreamConstraints[] = [];
  refuses: string | undefined;
  waits: Promise<void> = Promise.resolve();
  shares = 2;
  #listener: () => void = () => undefined;

  addEventListener(_: string, listener: () => void): void {
    this.#listener = listener;
  }

  async enumerateDevices(): Promise<unknown[]> {
    return this.plugged.map(({ id, kind }) => ({ kind, deviceId: id, label: this.given.length ? id : "" }));
  }

  async getUserMedia(constraints: MediaStreamConstraints): Promise<unknown> {
    this.asked.push(constraints);
    await this.waits;
    if (this.refuses) throw new DOMException("", this.refuses);
    const [kind, wish] = constraints.audio
      ? (["audioinput", constraints.audio] as const)
      : (["videoinput", constraints.video] as const);
    const exact = (wish as { deviceId?: { exact: string } }).deviceId?.exact;
    const device = this.plugged.find(({ id, kind: listed }) => listed === kind && (!exact || id === exact));
    if (!device) throw new DOMException("", exact ? "OverconstrainedError" : "NotFoundError");
    return { getTracks: () => [this.#give(device.id)] };
  }

  async getDisplayMedia(): Promise<unknown> {
    await this.waits;
    if (this.refuses) throw new DOMException("", this.refuses);
    const tracks = [this.#give("screen"), this.#give("screen sound")].slice(0, this.shares);
    return { getTracks: () => tracks, getVideoTracks: () => tracks.slice(0, 1), getAudioTracks: () => tracks.slice(1) };
  }

  async unplug(id: string): Promise<void> {
    this.plugged = this.plugged.filter((device) => device.id !== id);
    this.#listener();
    for (const track of this.given.filter(({ name, readyState }) => name === id && readyState === "live")) {
      track.readyState = "ended";
      track.onended?.();
    }
    await new Promise((done) => setTimeout(done, 5));
  }

  #give(id: string): FakeTrack {
    const track = new FakeTrack(id);
    track.settings = { deviceId: id };
    this.given.push(track);
    return track;
  }

  get live(): string[] {
    return this.given.flatMap(({ name, readyState }) => (readyState === "live" ? [name] : []));
  }
}

function make(): { media: FakeMedia; devices: Devices } {
  const media = new FakeMedia();
  return { media, devices: new Devices(media as unknown as MediaDevices, () => undefined) };
}

test("nothing is asked for before somebody wants it", async () => {
  const { media, devices } = make();
  await devices.list();
  expect(media.asked).toEqual([]);
  expect(devices.choices("microphone")).toEqual([]);
  expect(devices.state("camera")).toBe("off");
});

test("muted is silent and at hand; a camera that is off is let go", async () => {
  const { media, devices } = make();
  await devices.on("microphone");
  await devices.on("camera");
  expect(devices.sources).toEqual(["microphone", "camera"]);
  devices.mute(true);
  expect([devices.state("microphone"), devices.sources, media.live]).toEqual([
    "muted",
    ["camera"],
    ["built-in", "front"],
  ]);
  devices.off("camera");
  expect([devices.state("camera"), media.live]).toEqual(["off", ["built-in"]]);
  await devices.on("microphone");
  expect([devices.state("microphone"), media.asked.length]).toEqual(["on", 2]);
});

test.each([
  ["NotAllowedError", "refused"],
  ["NotFoundError", "missing"],
  ["NotReadableError", "busy"],
  ["TypeError", "broken"],
])("%s is %s, and another try is possible", async (error, state) => {
  const { media, devices } = make();
  media.refuses = error;
  expect(await devices.on("camera")).toBe(false);
  expect(devices.state("camera")).toBe(state);
  media.refuses = undefined;
  expect(await devices.on("camera")).toBe(true);
  expect(devices.state("camera")).toBe("on");
});

test("another device takes the place of the one in use, muted if that was", async () => {
  const { media, devices } = make();
  await devices.on("microphone");
  devices.mute(true);
  await devices.choose("microphone", "headset");
  expect([devices.chosen("microphone"), devices.state("microphone"), media.live]).toEqual([
    "headset",
    "muted",
    ["headset"],
  ]);
});

test("one that is unplugged while talking is replaced without a word being heard that should not be", async () => {
  const { media, devices } = make();
  await devices.on("microphone");
  await devices.choose("microphone", "headset");
  devices.mute(true);
  await media.unplug("headset");
  expect([devices.state("microphone"), media.live]).toEqual(["muted", ["built-in"]]);
});

test("if there is no other one it is said, and it comes back when it is plugged in and wanted", async () => {
  const { media, devices } = make();
  await devices.on("camera");
  await media.unplug("front");
  expect(devices.state("camera")).toBe("lost");
  media.plugged.push({ id: "front", kind: "videoinput" });
  await devices.on("camera");
  expect(devices.state("camera")).toBe("on");
});

test("a yes that comes after it was taken back lets the device go at once", async () => {
  const { media, devices } = make();
  let yes: () => void = () => undefined;
  media.waits = new Promise((done) => {
    yes = done;
  });
  const waits = devices.on("camera");
  expect(devices.state("camera")).toBe("asking");
  devices.off("camera");
  yes();
  expect(await waits).toBe(false);
  expect([devices.state("camera"), media.live]).toEqual(["off", []]);
});

test("a phone call interrupts, and it goes on by itself", async () => {
  const { media, devices } = make();
  await devices.on("microphone");
  const [track] = media.given;
  if (!track) throw new Error("no track");
  track.muted = true;
  expect(devices.state("microphone")).toBe("interrupted");
  track.muted = false;
  expect(devices.state("microphone")).toBe("on");
});

test("a screen ends by the browser's own bar, with its sound; and not to pick one is no problem", async () => {
  const { media, devices } = make();
  expect(await devices.share()).toBe(true);
  expect(devices.sources).toEqual(["screen", "screen_sound"]);
  media.given[0]?.onended?.();
  await new Promise((done) => setTimeout(done, 5));
  expect([devices.state("screen"), devices.sources, media.live.includes("screen sound")]).toEqual(["off", [], false]);
  media.refuses = "NotAllowedError";
  expect(await devices.share()).toBe(false);
  expect(devices.state("screen")).toBe("off");
});

test("blur is offered only where the browser offers both", async () => {
  const { media, devices } = make();
  await devices.on("camera");
  expect(devices.blur).toBe("none");
  const camera = media.given[0] as FakeTrack;
  camera.capabilities = { backgroundBlur: [true] };
  expect(devices.blur).toBe("none");
  camera.capabilities = { backgroundBlur: [true, false] };
  expect(devices.blur).toBe("off");
  await devices.setBlur(true);
  expect([devices.blur, camera.constraints]).toEqual(["on", [{ backgroundBlur: true }]]);
});

test("without devices of any kind everything says so and nothing throws", async () => {
  const devices = new Devices(undefined, () => undefined);
  expect(await devices.on("microphone")).toBe(false);
  expect([devices.state("microphone"), devices.canShare, await devices.share()]).toEqual(["missing", false, false]);
  await devices.list();
  devices.close();
});
