// The worker in which frames are sealed and opened, away from the page that draws. Its keys end with it.
import { KEPT } from "./ring.ts";
import type { FromWorker, Task, ToWorker } from "./said.ts";
import { type Frame, Work } from "./work.ts";

/** The worker's half of a transform, which the library of the page does not know. */
interface Transformer {
  readonly readable: ReadableStream<Frame>;
  readonly writable: WritableStream<Frame>;
  readonly options: Task;
  /** Not in every browser. */
  sendKeyFrameRequest?(): Promise<unknown>;
}

interface Scope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  onrtctransform: ((event: { transformer: Transformer }) => void) | null;
  postMessage(said: FromWorker): void;
}

const scope = globalThis as unknown as Scope;
const work = new Work(
  () => performance.now(),
  (said) => scope.postMessage(said),
);

scope.onmessage = ({ data }) => {
  work.heard(data);
  // Old keys go even when nothing is sent any more.
  if (data.say === "epoch") setTimeout(() => work.forget(), KEPT + 50);
};

scope.onrtctransform = ({ transformer }) => {
  const { readable, writable, options } = transformer;
  const transform = work.step(options, () => transformer.sendKeyFrameRequest?.().catch(() => undefined));
  // It ends with its connection.
  readable
    .pipeThrough(new TransformStream<Frame, Frame>({ transform }))
    .pipeTo(writable)
    .catch(() => undefined);
};
