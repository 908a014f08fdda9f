// The page's half of sealed frames: starts the worker, gives it keys it can use and nobody can read, and puts it between
// each medium and its connection.
import type { Bytes } from "../../bytes.ts";
import type { Epoch, Member, Source } from "../../protocol.ts";
import { epochId, secretKey } from "./keys.ts";
import type { Counts, FromWorker, Task, ToWorker } from "./said.ts";

/** What the page hears of frames. */
export interface FramesEvents {
  /** For some seconds nothing of somebody's source could be opened, or it can be again. */
  unreadable(from: Member, source: Source, unreadable: boolean): void;
}

/** Seals what one sends and opens what comes. */
export class Frames {
  readonly #worker: Worker;
  #counting: ((counts: Counts) => void)[] = [];

  /** `script` is the address of the worker. */
  constructor(script: string, me: Member, events: FramesEvents) {
    this.#worker = new Worker(script, { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.say === "unreadable") events.unreadable(data.from, data.source, data.unreadable);
      else for (const tell of this.#counting.splice(0)) tell(data.counts);
    };
    this.#say({ say: "me", member: me });
  }

  /** Whether this browser can do it; if not, there is no call through the engine. */
  static supported(): boolean {
    return typeof Worker === "function" && "RTCRtpScriptTransform" in globalThis;
  }

  /** The keys of a new epoch: {@link FRAMES_LENGTH} bytes that are overwritten here. */
  async epoch(epoch: Epoch, secret: Bytes): Promise<void> {
    this.#say({ say: "epoch", id: epochId(epoch), secret: await secretKey(secret) });
  }

  /** Seals what this sender sends. Called before anything is negotiated, so that nothing leaves unsealed. */
  seal(sender: RTCRtpSender, source: Source): void {
    sender.transform = this.#transform({ seals: source });
  }

  /** Opens what comes here from somebody. Called before the answer, so that nothing is shown unopened. */
  open(receiver: RTCRtpReceiver, from: Member, source: Source): void {
    receiver.transform = this.#transform({ opens: source, from });
  }

  /** What went through and what was dropped. */
  counts(): Promise<Counts> {
    const counted = new Promise<Counts>((tell) => this.#counting.push(tell));
    this.#say({ say: "count" });
    return counted;
  }

  /** Ends the worker; its keys go with it. */
  close(): void {
    this.#worker.terminate();
  }

  #transform(task: Task): RTCRtpScriptTransform {
    return new RTCRtpScriptTransform(this.#worker, task);
  }

  #say(said: ToWorker): void {
    this.#worker.postMessage(said);
  }
}
