// The way through the engine, put together: connections, sealed frames, and the keys of the conversation.
import type { CallHear, Drawn, Source } from "../protocol.ts";
import type { EngineNeeds, EngineWay } from "./call.ts";
import { Engine } from "./engine.ts";
import { Frames } from "./frames/frames.ts";
import { FRAMES_LABEL, FRAMES_LENGTH } from "./frames/keys.ts";

/** How a call gets its way through the engine; `script` is the address of the worker. Nothing if this browser cannot seal frames. */
export function through(script: string | undefined): ((needs: EngineNeeds) => EngineWay) | undefined {
  return script && Frames.supported() ? (needs) => new Through(script, needs) : undefined;
}

class Through implements EngineWay {
  readonly #talk: EngineNeeds["talk"];
  readonly #frames: Frames;
  readonly #engine: Engine;
  #keyed: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(script: string, { talk, configuration, events }: EngineNeeds) {
    this.#talk = talk;
    // Only who is inside has a call.
    this.#frames = new Frames(script, talk.snapshot.me?.member ?? 0, events);
    this.#engine = new Engine({
      say: (about) => talk.engine(about),
      servers: async () => (await configuration())?.iceServers ?? [],
      frames: this.#frames,
      events,
    });
    this.epoch();
  }

  async send(media: ReadonlyMap<Source, MediaStreamTrack>): Promise<void> {
    // A first picture without a key would be lost.
    await this.#keyed;
    if (!this.#isOver) await this.#engine.send(media);
  }

  draw(pictures: readonly Drawn[]): void {
    this.#engine.draw(pictures);
  }

  stats(): Promise<RTCStatsReport[]> {
    return this.#engine.stats();
  }

  hear(about: CallHear): void {
    this.#engine.hear(about);
  }

  epoch(): void {
    this.#keyed = this.#keyed.then(async () => {
      const exported = await this.#talk.exporter(FRAMES_LABEL, new Uint8Array(), FRAMES_LENGTH);
      if (!exported) return;
      if (this.#isOver) exported.secret.fill(0);
      else await this.#frames.epoch(exported.epoch, exported.secret);
    });
  }

  again(): void {
    this.#engine.again();
  }

  close(): void {
    this.#isOver = true;
    this.#engine.close();
    this.#frames.close();
  }
}
