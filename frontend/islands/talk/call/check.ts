// Looking at oneself before others do: camera, microphone and speaker, and which ones. The same panel changes them while talking.
import type { Says } from "../page/says.ts";
import type { DeviceState, Devices, Kind } from "./devices.ts";
import { Level, testSound } from "./sound.ts";
import { setText } from "./tiles.ts";

/** What goes wrong with a device, and what to do: words of the page. */
const PROBLEMS: Readonly<Partial<Record<DeviceState, string>>> = {
  asking: "call-asking",
  refused: "call-refused",
  missing: "call-missing",
  busy: "call-busy",
  lost: "call-lost",
  interrupted: "call-interrupted",
  broken: "call-broken-device",
};

/** The panel. */
export class Check {
  readonly #panel: HTMLElement;
  readonly #devices: Devices;
  readonly #says: Says;
  readonly #level = new Level();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(panel: HTMLElement, devices: Devices, says: Says) {
    this.#panel = panel;
    this.#devices = devices;
    this.#says = says;
    panel.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) void devices.choose(target.name as Kind, target.value);
    });
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  /** It is open in a part of the page that is not shown any more. */
  get isOutOfSight(): boolean {
    return this.#panel.closest("[data-part][hidden]") !== null;
  }

  /** Opens it here; `stage` says which of its buttons make sense. */
  open(place: Element, stage: "before" | "joining" | "talking"): void {
    place.append(this.#panel);
    this.#panel.dataset["stage"] = stage;
    for (const one of this.#panel.querySelectorAll<HTMLElement>("[data-stage-only]"))
      one.hidden = !one.dataset["stageOnly"]?.split(" ").includes(stage);
    this.#panel.hidden = false;
    this.#timer ??= setInterval(() => this.#measure(), 150);
    void this.#devices.list();
    this.show();
    this.#panel.querySelector<HTMLElement>("[data-check-title]")?.focus();
  }

  close(): void {
    this.#panel.hidden = true;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#level.follow(undefined);
    const video = this.#preview();
    if (video) video.srcObject = null;
  }

  /** Plays the test sound. */
  async sound(): Promise<void> {
    await testSound(this.#devices.chosen("speaker")).catch(() => undefined);
  }

  /** Shows how it stands. */
  show(): void {
    if (!this.isOpen) return;
    const { tracks } = this.#devices;
    const [camera, microphone] = [tracks.get("camera"), tracks.get("microphone")];
    const video = this.#preview();
    if (video) {
      const shown = video.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined;
      if (shown !== camera) video.srcObject = camera ? new MediaStream([camera]) : null;
      video.hidden = !camera;
      if (camera && video.paused) void video.play().catch(() => undefined);
    }
    this.#level.follow(microphone);
    for (const kind of ["microphone", "camera"] as const) {
      const problem = PROBLEMS[this.#devices.state(kind)];
      const device = this.#says(kind === "camera" ? "call-camera" : "call-microphone");
      setText(
        this.#panel.querySelector(`[data-problem="${kind}"]`),
        problem ? `${device}: ${this.#says(problem)}` : "",
      );
    }
    this.#hide("[data-meter]", !microphone);
    for (const kind of ["microphone", "camera", "speaker"] as const) this.#list(kind);
    const { blur } = this.#devices;
    this.#hide('[data-do="call-blur"]', blur === "none");
    setText(
      this.#panel.querySelector('[data-do="call-blur"] .kern-label'),
      this.#says(blur === "on" ? "call-blur-off" : "call-blur-on"),
    );
  }

  #list(kind: Kind): void {
    const select = this.#panel.querySelector<HTMLSelectElement>(`select[name="${kind}"]`);
    const choices = this.#devices.choices(kind);
    const chosen = this.#devices.chosen(kind) ?? "";
    const field = select?.closest<HTMLElement>(".field");
    if (!select || !field) return;
    // One of a kind needs no choice.
    field.hidden = choices.length < 2;
    const shown = JSON.stringify([choices, chosen]);
    if (select.dataset["shown"] === shown) return;
    select.dataset["shown"] = shown;
    select.replaceChildren(...choices.map(({ id, label }) => new Option(label, id, false, id === chosen)));
  }

  #measure(): void {
    const meter = this.#panel.querySelector("meter");
    if (meter) meter.value = this.#level.now;
  }

  #preview(): HTMLVideoElement | null {
    return this.#panel.querySelector("video");
  }

  #hide(selector: string, hidden: boolean): void {
    const place = this.#panel.querySelector<HTMLElement>(selector);
    if (place) place.hidden = hidden;
  }
}
