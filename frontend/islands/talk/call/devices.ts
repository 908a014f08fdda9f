// Microphone, camera, screen and speaker of this device. Nothing is asked for before somebody wants it, and what is switched off
// is let go, so that its light goes out. What goes wrong has a name the page has words for.
import type { Source } from "../protocol.ts";

/** What can be picked. */
export type Kind = "microphone" | "camera" | "speaker";

/** How it stands with a device. */
export type DeviceState =
  | "off"
  /** The browser asks whether it may. */
  | "asking"
  | "on"
  /** On, but nobody hears her. */
  | "muted"
  /** Something else has it just now: a phone call, a locked screen. */
  | "interrupted"
  /** Not allowed: by the person, the browser, or the device. */
  | "refused"
  /** There is none. */
  | "missing"
  /** Another program has it. */
  | "busy"
  /** Unplugged while it was on. */
  | "lost"
  | "broken";

/** A device to pick. */
export interface Choice {
  id: string;
  label: string;
}

/** Microphone, camera and screen. */
type Capture = "microphone" | "camera" | "screen";

const WANTED: Readonly<Record<"microphone" | "camera", MediaTrackConstraints>> = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 }, facingMode: "user" },
};

const LISTED: Readonly<Record<Kind, MediaDeviceKind>> = {
  microphone: "audioinput",
  camera: "videoinput",
  speaker: "audiooutput",
};

/** Which problem an error of the browser stands for. */
export function problemOf(error: unknown): DeviceState {
  switch (error instanceof Error || error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "broken";
  }
}

/** The devices of one page. */
export class Devices {
  readonly #media: MediaDevices | undefined;
  readonly #changed: () => void;
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #states = new Map<Source, DeviceState>();
  readonly #chosen = new Map<Kind, string>();
  readonly #choices = new Map<Kind, Choice[]>();
  /** Counts what was asked, so that a late yes to something taken back is let go at once. */
  readonly #asked = new Map<Source, number>();
  #blurs = false;

  /** `changed` is called after everything that changes. */
  constructor(media: MediaDevices | undefined, changed: () => void) {
    this.#media = media;
    this.#changed = changed;
    media?.addEventListener?.("devicechange", () => void this.list());
  }

  /** What there is to send. A muted microphone is in it: it sends silence, so that it is there at once when it is wanted. */
  get tracks(): ReadonlyMap<Source, MediaStreamTrack> {
    return new Map(this.#tracks);
  }

  /** What one is seen and heard by. */
  get sources(): Source[] {
    return [...this.#tracks].filter(([, track]) => track.enabled).map(([source]) => source);
  }

  /** How it stands with a device. */
  state(source: Capture): DeviceState {
    const track = this.#tracks.get(source);
    if (!track) return this.#states.get(source) ?? "off";
    return track.muted ? "interrupted" : track.enabled ? "on" : "muted";
  }

  /** The devices there are to pick from; without a permission they have no names and are not listed. */
  choices(kind: Kind): readonly Choice[] {
    return this.#choices.get(kind) ?? [];
  }

  /** Which one is used. */
  chosen(kind: Kind): string | undefined {
    const used = kind === "speaker" ? undefined : this.#tracks.get(kind)?.getSettings?.().deviceId;
    return used ?? this.#chosen.get(kind);
  }

  /** Whether this browser can share its screen. */
  get canShare(): boolean {
    return typeof this.#media?.getDisplayMedia === "function";
  }

  /** Whether the browser offers to blur what is behind one, and whether it does. */
  get blur(): "none" | "off" | "on" {
    const able: unknown = (this.#tracks.get("camera")?.getCapabilities?.() as Fields | undefined)?.["backgroundBlur"];
    return Array.isArray(able) && able.includes(true) && able.includes(false) ? (this.#blurs ? "on" : "off") : "none";
  }

  /** Switches microphone or camera on, or says why not. */
  async on(source: "microphone" | "camera"): Promise<boolean> {
    const before = this.#tracks.get(source);
    if (before) {
      before.enabled = true;
      this.#changed();
      return true;
    }
    return this.#take(source);
  }

  /** Nobody hears her any more; the microphone stays, so that it is back at once. */
  mute(muted: boolean): void {
    const track = this.#tracks.get("microphone");
    if (track) track.enabled = !muted;
    this.#changed();
  }

  /** Lets a device go. */
  off(source: Capture): void {
    this.#ask(source);
    this.#let(source);
    if (source === "screen") this.#let("screen_sound");
    this.#states.set(source, "off");
    this.#changed();
  }

  /** Takes another device; the old one is let go when the new one is there. */
  async choose(kind: Kind, id: string): Promise<void> {
    this.#chosen.set(kind, id);
    if (kind !== "speaker" && this.#tracks.has(kind)) await this.#take(kind);
    this.#changed();
  }

  /** Shows the screen, if the person picks something to show. */
  async share(): Promise<boolean> {
    if (!this.#media || !this.canShare) return false;
    const ask = this.#ask("screen");
    this.#states.set("screen", "asking");
    this.#changed();
    try {
      const stream = await this.#media.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: true });
      if (this.#asked.get("screen") !== ask) {
        for (const track of stream.getTracks()) track.stop();
        return false;
      }
      const [picture] = stream.getVideoTracks();
      const [sound] = stream.getAudioTracks();
      if (picture) {
        picture.contentHint = "detail";
        this.#keep("screen", picture);
      }
      if (sound) this.#keep("screen_sound", sound);
      this.#changed();
      return picture !== undefined;
    } catch (error) {
      const problem = problemOf(error);
      // Who closes the browser's question has changed her mind; that is no problem.
      this.#states.set("screen", problem === "refused" ? "off" : problem);
      this.#changed();
      return false;
    }
  }

  /** Blurs what is behind one. */
  async setBlur(blurs: boolean): Promise<void> {
    this.#blurs = blurs;
    await this.#applyBlur();
    this.#changed();
  }

  /** Looks which devices there are. */
  async list(): Promise<void> {
    const all = (await this.#media?.enumerateDevices?.().catch(() => [])) ?? [];
    for (const kind of ["microphone", "camera", "speaker"] as const) {
      const choices = all.flatMap(({ kind: listed, deviceId, label }) =>
        listed === LISTED[kind] && label ? [{ id: deviceId, label }] : [],
      );
      this.#choices.set(kind, choices);
      const chosen = this.#chosen.get(kind);
      if (chosen && choices.length && !choices.some(({ id }) => id === chosen)) this.#chosen.delete(kind);
    }
    this.#changed();
  }

  /** Lets everything go. */
  close(): void {
    for (const source of ["microphone", "camera", "screen"] as const) this.off(source);
  }

  async #take(source: "microphone" | "camera"): Promise<boolean> {
    if (!this.#media?.getUserMedia) {
      this.#states.set(source, "missing");
      this.#changed();
      return false;
    }
    const ask = this.#ask(source);
    if (!this.#tracks.has(source)) this.#states.set(source, "asking");
    this.#changed();
    const chosen = this.#chosen.get(source);
    try {
      const stream = await this.#get(source, chosen);
      const [track] = stream.getTracks();
      if (this.#asked.get(source) !== ask || !track) {
        track?.stop();
        return false;
      }
      track.enabled = this.#tracks.get(source)?.enabled ?? true;
      this.#let(source);
      this.#keep(source, track);
      if (source === "camera") await this.#applyBlur();
      await this.list();
      return true;
    } catch (error) {
      if (this.#asked.get(source) === ask) this.#states.set(source, problemOf(error));
      this.#changed();
      return false;
    }
  }

  async #get(source: "microphone" | "camera", id: string | undefined): Promise<MediaStream> {
    const ask = (more: MediaTrackConstraints): MediaStreamConstraints => ({
      [source === "microphone" ? "audio" : "video"]: { ...WANTED[source], ...more },
    });
    if (!id) return (this.#media as MediaDevices).getUserMedia(ask({}));
    try {
      return await (this.#media as MediaDevices).getUserMedia(ask({ deviceId: { exact: id } }));
    } catch (error) {
      if (problemOf(error) !== "missing") throw error;
      // The one that was picked is gone: any other is better than none.
      return (this.#media as MediaDevices).getUserMedia(ask({}));
    }
  }

  #keep(source: Source, track: MediaStreamTrack): void {
    this.#tracks.set(source, track);
    track.onended = () => void this.#ended(source, track);
    track.onmute = track.onunmute = () => this.#changed();
  }

  /** Ended by the browser or because the device is gone, not by this page. */
  async #ended(source: Source, track: MediaStreamTrack): Promise<void> {
    if (this.#tracks.get(source) !== track) return;
    this.#let(source);
    if (source === "screen" || source === "screen_sound") {
      if (source === "screen") this.#let("screen_sound");
      this.#states.set(source, "off");
      this.#changed();
      return;
    }
    this.#states.set(source, "lost");
    this.#chosen.delete(source);
    this.#changed();
    // A headset was unplugged: what is built in goes on, without a word from the person, but muted if she was.
    if (await this.#take(source)) {
      const next = this.#tracks.get(source);
      if (next) next.enabled = track.enabled;
    } else this.#states.set(source, "lost");
    this.#changed();
  }

  #ask(source: Source): number {
    const ask = (this.#asked.get(source) ?? 0) + 1;
    this.#asked.set(source, ask);
    return ask;
  }

  #let(source: Source): void {
    const track = this.#tracks.get(source);
    this.#tracks.delete(source);
    if (!track) return;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
  }

  async #applyBlur(): Promise<void> {
    if (this.blur === "none") return;
    const wish = { backgroundBlur: this.#blurs } as MediaTrackConstraints;
    await this.#tracks
      .get("camera")
      ?.applyConstraints(wish)
      .catch(() => {
        this.#blurs = false;
      });
  }
}

type Fields = Readonly<Record<string, unknown>>;
