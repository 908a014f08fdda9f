// Calls on the page: what is pressed, what is shown, what is said about it. The parts know nothing of each other; they meet here.
import type { TalkEvent } from "../events.ts";
import type { Leaf } from "../leaf.ts";
import type { Says } from "../page/says.ts";
import type { Member, Source } from "../protocol.ts";
import { Attention, LOOK } from "./attention.ts";
import { Call, type CallOptions } from "./call.ts";
import { Check } from "./check.ts";
import { type DeviceState, Devices } from "./devices.ts";
import type { Calling, Talking } from "./open.ts";
import { setText, Tiles } from "./tiles.ts";
import { one, Typing } from "./typing.ts";
import { View } from "./view.ts";

/** So long one's own picture is held back at least once sound needed its place, in milliseconds. */
const HOLD = 15_000;

/** What goes wrong with a device while talking: words of the page. */
const TROUBLE: Readonly<Partial<Record<DeviceState, string>>> = {
  refused: "call-refused",
  missing: "call-missing",
  busy: "call-busy",
  lost: "call-lost",
  interrupted: "call-interrupted",
  broken: "call-broken-device",
};

/** The page of a call. */
export class CallPage implements Calling {
  readonly #root: HTMLElement;
  readonly #says: Says;
  readonly #talk: () => Talking | undefined;
  readonly #devices: Devices;
  readonly #check: Check;
  readonly #typing: Typing;
  readonly #tiles: Tiles;
  readonly #view: View;
  readonly #attention = new Attention();
  readonly #engine: CallOptions["engine"];
  #call: Call | undefined;
  #heldUntil = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #wasConnected = true;
  #wants: "audio" | "video" = "video";
  #checked = false;
  #opener: HTMLElement | undefined;
  #trouble = "";
  #wake: { release(): Promise<void> } | undefined;

  constructor(root: HTMLElement, says: Says, talk: () => Talking | undefined, engine?: CallOptions["engine"]) {
    this.#root = root;
    this.#says = says;
    this.#talk = talk;
    this.#engine = engine;
    this.#devices = new Devices(navigator.mediaDevices, () => this.#deviceChanged());
    this.#check = new Check(one(root, "[data-call-check]"), this.#devices, says);
    this.#tiles = new Tiles(one(root, "[data-call-tiles]"), one(root, "[data-call-sounds]"), says, (blocked) => {
      one(root, '[data-do="call-play"]').hidden = !blocked;
    });
    this.#view = new View(root, says, this.#tiles);
    this.#typing = new Typing(one(root, "[data-rtt]"), says, (member) => this.#name(member));
    document.addEventListener("visibilitychange", this.#looked);
    addEventListener("pagehide", () => this.#close());
    one(root, '[data-do="call-screen"]').hidden = !this.#devices.canShare;
    one(root, '[data-do="call-pip"]').hidden = !document.pictureInPictureEnabled;
    this.#draw();
  }

  heard(event: TalkEvent): void {
    const call = this.#calling();
    switch (event.type) {
      case "call":
        call?.heard(event.from, event.body, event.alone);
        break;
      case "engine":
        call?.engine(event.about);
        break;
      case "ways":
        call?.ways(event.ways);
        break;
      case "epoch":
        call?.epoch();
        break;
      case "joined":
        call?.joined();
        break;
      case "over":
        this.#close();
        return;
      case "changed":
        this.#changed();
        break;
      default:
        return;
    }
    this.#draw();
  }

  pressed(deed: string, button: HTMLElement): void {
    switch (deed) {
      case "call-check":
        this.#opener = button;
        this.#check.open(button.closest("[data-check-place]") ?? this.#root, "before");
        break;
      case "call-try-video":
        void this.#try("video");
        break;
      case "call-try-audio":
        void this.#try("audio");
        break;
      case "call-checked":
        this.#checked = true;
        this.#root.dataset["wants"] = this.#wants;
        this.#closeCheck();
        break;
      case "call-check-close":
        this.#closeCheck();
        break;
      case "call-sound":
        void this.#check.sound();
        break;
      case "call-blur":
        void this.#devices.setBlur(this.#devices.blur !== "on");
        break;
      case "call-video":
        void this.#enter("video", button);
        break;
      case "call-audio":
        void this.#enter("audio", button);
        break;
      case "call-go":
        this.#go();
        break;
      case "call-mute":
        void this.#mute();
        break;
      case "call-camera":
        void this.#camera();
        break;
      case "call-screen":
        if (this.#devices.state("screen") === "on") this.#devices.off("screen");
        else void this.#devices.share();
        break;
      case "call-hand":
        this.#talk()?.hand(!this.#isUp());
        break;
      case "call-devices":
        this.#opener = button;
        if (this.#check.isOpen) this.#closeCheck();
        else this.#check.open(one(this.#root, "[data-call-room]"), "talking");
        break;
      case "call-pip":
        void this.#small();
        break;
      case "call-play":
        this.#tiles.resume();
        one(this.#root, '[data-do="call-mute"]').focus();
        break;
      case "call-text":
        this.#text(!this.#typing.isOpen, true);
        break;
      case "call-text-send":
        this.#typing.finish();
        break;
      case "call-hush":
        this.#call?.hush(Number(button.dataset["member"]));
        break;
      case "call-leave":
        this.#leave();
        break;
    }
    this.#draw();
  }

  /** The call of the present conversation; nothing before one comes to a room. */
  #calling(): Call | undefined {
    const talk = this.#talk();
    if (!talk) return undefined;
    this.#call ??= new Call({
      talk,
      engine: this.#engine,
      events: {
        changed: () => this.#draw(),
        came: (who, came) => this.#came(who, came),
        hushed: (by) => {
          this.#devices.mute(true);
          this.#note(this.#says("call-hushed", { name: by.name }));
        },
        channel: (member, channel) => {
          if (channel) this.#typing.text.channel(member, channel);
          else this.#typing.text.drop(member);
        },
      },
    });
    return this.#call;
  }

  #changed(): void {
    const talk = this.#talk();
    if (!talk) return;
    this.#call?.changed();
    // The page went on while she looked at herself: nobody sees that any more, so it ends.
    if (this.#check.isOpen && this.#check.isOutOfSight) {
      this.#checked ||= this.#devices.tracks.size > 0;
      this.#check.close();
      if (!this.#call?.snapshot.isIn) this.#devices.close();
    }
    const isConnected = talk.snapshot.line.state === "connected";
    if (isConnected && !this.#wasConnected) this.#call?.again();
    this.#wasConnected = isConnected;
  }

  // — in and out —

  async #try(wants: "audio" | "video"): Promise<void> {
    this.#wants = wants;
    if (wants === "audio") this.#devices.off("camera");
    await this.#devices.on("microphone");
    if (wants === "video") await this.#devices.on("camera");
    this.#check.show();
  }

  async #enter(wants: "audio" | "video", button: HTMLElement): Promise<void> {
    const call = this.#calling();
    if (!call || call.snapshot.isIn) return;
    this.#opener = button;
    if (!this.#checked) this.#check.open(one(this.#root, "[data-call-room]"), "joining");
    await this.#try(wants);
    if (this.#checked) this.#go();
    this.#draw();
  }

  #go(): void {
    const call = this.#calling();
    if (!call) return;
    this.#checked = true;
    this.#check.close();
    this.#note(this.#says(call.snapshot.others.length ? "call-you-came" : "call-you-called"));
    call.join(true);
    void this.#send();
    void this.#awake();
    this.#timer ??= setInterval(() => void this.#look(), LOOK);
    this.#draw();
    one(this.#root, '[data-do="call-mute"]').focus();
  }

  #leave(): void {
    this.#call?.join(false);
    this.#note(this.#says("call-you-left"));
    this.#quiet();
    this.#draw();
    one(this.#root, '[data-do="call-video"]').focus();
  }

  /** Lets everything go that only a call needs. */
  #quiet(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#devices.close();
    this.#check.close();
    this.#attention.rest();
    this.#heldUntil = 0;
    void this.#wake?.release().catch(() => undefined);
    this.#wake = undefined;
    if (document.pictureInPictureElement) void document.exitPictureInPicture().catch(() => undefined);
  }

  #close(): void {
    this.#call?.close();
    this.#call = undefined;
    this.#quiet();
    this.#attention.close();
    this.#tiles.close();
    this.#typing.text.close();
    this.#typing.close();
  }

  #closeCheck(): void {
    this.#check.close();
    if (!this.#call?.snapshot.isIn) this.#devices.close();
    // What was pressed may have been hidden meanwhile.
    this.#draw();
    this.#opener?.focus();
  }

  #text(has: boolean, takes: boolean): void {
    this.#calling()?.text(has);
    if (has) this.#typing.open(takes);
    else {
      this.#typing.close();
      const place = this.#call?.snapshot.isIn ? "[data-call-live] summary" : '[data-call-invite] [data-do="call-text"]';
      one(this.#root, place).focus();
    }
  }

  // — devices —

  async #mute(): Promise<void> {
    if (this.#devices.state("microphone") === "on") this.#devices.mute(true);
    else await this.#devices.on("microphone");
  }

  async #camera(): Promise<void> {
    if (this.#devices.tracks.has("camera")) this.#devices.off("camera");
    else await this.#devices.on("camera");
  }

  #deviceChanged(): void {
    this.#check.show();
    if (this.#call?.snapshot.isIn) {
      void this.#send();
      const trouble = (["microphone", "camera"] as const).flatMap((kind) => {
        const word = TROUBLE[this.#devices.state(kind)];
        const device = this.#says(kind === "camera" ? "call-camera" : "call-microphone");
        return word ? [`${device}: ${this.#says(word)}`] : [];
      });
      if (trouble.join() !== this.#trouble) {
        this.#trouble = trouble.join();
        for (const words of trouble) this.#note(words);
      }
    }
    this.#draw();
  }

  async #send(): Promise<void> {
    const tracks = new Map<Source, MediaStreamTrack>(this.#devices.tracks);
    if (this.#heldUntil) tracks.delete("camera");
    await this.#call?.send(tracks, this.#sources());
  }

  #sources(): Source[] {
    const { sources } = this.#devices;
    return this.#heldUntil ? sources.filter((source) => source !== "camera") : sources;
  }

  async #small(): Promise<void> {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else
      await this.#tiles
        .largest(this.#talk()?.snapshot.me?.member)
        ?.requestPictureInPicture()
        .catch(() => undefined);
  }

  /** A phone that locks its screen would stop the call: it stays awake if it lets itself be asked. */
  async #awake(): Promise<void> {
    this.#wake = await navigator.wakeLock?.request("screen").catch(() => undefined);
  }

  readonly #looked = (): void => {
    if (document.visibilityState !== "visible" || !this.#call?.snapshot.isIn) return;
    this.#tiles.resume();
    this.#call.again();
    void this.#awake();
  };

  // — what there is to say —

  #came(who: Leaf, came: boolean): void {
    const isIn = this.#call?.snapshot.isIn;
    const words = this.#says(came ? (isIn ? "call-came" : "call-calls") : "call-went", { name: who.name });
    // Who is called reads it above the buttons already.
    if (came && !isIn) this.#announce(words);
    else this.#note(words);
  }

  /** Looks who speaks and how good the connection is. */
  async #look(): Promise<void> {
    const call = this.#call;
    if (!call) return;
    const me = this.#talk()?.snapshot.me?.member;
    const { began, judged } = await this.#attention.look(call, me, this.#devices.tracks.get("microphone"));
    // Two know who speaks without being told.
    if (began !== undefined && began !== me && call.snapshot.others.length > 1)
      this.#announce(this.#says("call-speaks", { name: this.#name(began) }));
    if (judged) this.#judge();
    call.draw(this.#tiles.drawn(me));
    this.#draw();
  }

  /** Sound goes first: when hardly anything comes through, one's own picture is held back. */
  #judge(): void {
    const now = Date.now();
    const { starves } = this.#attention;
    if (starves && this.#devices.tracks.has("camera")) {
      if (!this.#heldUntil) this.#note(this.#says("call-sound-first"));
      this.#heldUntil = now + HOLD;
    } else if (this.#heldUntil && !starves && now > this.#heldUntil) {
      this.#heldUntil = 0;
      if (this.#devices.tracks.has("camera")) this.#note(this.#says("call-picture-back"));
    } else return;
    void this.#send();
  }

  #note(words: string): void {
    // In sight for everybody, and read out.
    setText(one(this.#root, "[data-call-note]"), words);
    this.#announce(words);
  }

  #announce(words: string): void {
    const log = one(this.#root, "[data-call-log]");
    const line = document.createElement("p");
    line.textContent = words;
    log.append(line);
    while (log.childElementCount > 20) log.firstElementChild?.remove();
  }

  #name(member: Member): string {
    return this.#talk()?.snapshot.inside.find((leaf) => leaf.member === member)?.name ?? this.#says("someone");
  }

  #isUp(): boolean {
    const snapshot = this.#talk()?.snapshot;
    return snapshot?.inside.find(({ member }) => member === snapshot.me?.member)?.hand ?? false;
  }

  #draw(): void {
    const call = this.#call?.snapshot;
    // Others who type are read at once; the own field stays where it is.
    const writers = call?.hasText ? [] : (this.#call?.writers ?? []);
    if (writers.length) {
      this.#note(this.#says("call-text-opened", { name: writers.map(({ name }) => name).join(", ") }));
      this.#text(true, false);
    }
    this.#view.show({
      talk: this.#talk()?.snapshot,
      call: this.#call?.snapshot,
      devices: this.#devices,
      sources: this.#sources(),
      isChecking: this.#check.isOpen,
      isTyping: this.#typing.isOpen,
      speaker: this.#attention.speaker,
      spoke: this.#attention.last,
      quality: this.#attention.quality,
    });
  }
}
