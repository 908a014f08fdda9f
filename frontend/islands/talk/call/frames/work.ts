// What the worker does with frames, apart from the browser's streams. Nothing here throws: a frame is handed on or dropped.
import type { Bytes } from "../../bytes.ts";
import type { Member, Source } from "../../protocol.ts";
import { heard } from "./clear.ts";
import { Ring } from "./ring.ts";
import type { Counts, FromWorker, Task, ToWorker } from "./said.ts";
import { open, seal, type Trouble } from "./seal.ts";
import { Watch } from "./watch.ts";

/** A frame as browsers hand it over. */
export interface Frame {
  data: ArrayBuffer;
}

/** Takes a frame and hands it on, or does not. */
export type Step = (frame: Frame, on: { enqueue(frame: Frame): void }) => Promise<void>;

/** The keys, and everything that is done with them. */
export class Work {
  readonly counts: Counts = { sealed: 0, opened: 0, dropped: { key: 0, shape: 0, forged: 0, replay: 0 } };
  readonly #ring = new Ring();
  readonly #now: () => number;
  readonly #tell: (said: FromWorker) => void;
  #me: Member | undefined;

  constructor(now: () => number, tell: (said: FromWorker) => void) {
    this.#now = now;
    this.#tell = tell;
  }

  /** Something the page says. */
  heard(said: ToWorker): void {
    if (said.say === "me") this.#me = said.member;
    else if (said.say === "epoch") this.#ring.add(said.id, said.secret, this.#now());
    else this.#tell({ say: "counts", counts: this.counts });
  }

  /** Drops keys that are too old. */
  forget(): void {
    this.#ring.forget(this.#now());
  }

  /** What is done with each frame. `anew` asks the sender for a picture that stands alone. */
  step(task: Task, anew: () => void): Step {
    return "seals" in task ? this.#sealing(task.seals) : this.#opening(task.from, task.opens, anew);
  }

  #sealing(source: Source): Step {
    return async (frame, on) => {
      const me = this.#me;
      const sealed = await quietly(async () =>
        me === undefined ? "key" : seal(this.#ring, this.#now(), me, source, new Uint8Array(frame.data)),
      );
      if (this.#hand(frame, sealed, on)) this.counts.sealed += 1;
    };
  }

  #opening(from: Member, source: Source, anew: () => void): Step {
    const watch = new Watch((unreadable) => this.#tell({ say: "unreadable", from, source, unreadable }));
    return async (frame, on) => {
      const opened = await quietly(() => open(this.#ring, this.#now(), from, source, new Uint8Array(frame.data)));
      if (!this.#hand(frame, opened, on)) {
        // What comes twice was here before.
        if (opened !== "replay") watch.failed(this.#now());
        return;
      }
      this.counts.opened += 1;
      // Pictures that build on what was dropped show nothing until one stands alone.
      if (watch.opened() && !heard(source)) anew();
    };
  }

  #hand(frame: Frame, made: Bytes | Trouble, on: { enqueue(frame: Frame): void }): boolean {
    if (typeof made === "string") {
      this.counts.dropped[made] += 1;
      return false;
    }
    frame.data = made.buffer;
    on.enqueue(frame);
    return true;
  }
}

/** An error would end the stream of frames for good. */
async function quietly(make: () => Promise<Bytes | Trouble>): Promise<Bytes | Trouble> {
  try {
    return await make();
  } catch {
    return "key";
  }
}
