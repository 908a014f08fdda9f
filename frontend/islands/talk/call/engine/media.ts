// How things are sent to the engine: which codec, how many sizes of a picture, and how much each may cost.

import type { Source } from "../../protocol.ts";
import { heard } from "../frames/clear.ts";

/** The sizes of a camera's picture, smallest first: the engine chooses for each who sees it. */
export const LAYERS = ["q", "h", "f"] as const;

/** From so many pixels on a browser sends this many sizes; below it would leave out the largest. */
const SIZES = [
  { pixels: 960 * 540, count: 3 },
  { pixels: 480 * 270, count: 2 },
  { pixels: 0, count: 1 },
] as const;

/** What a picture of this height may cost, in bits per second. */
const COSTS = [
  { height: 540, most: 1_100_000 },
  { height: 270, most: 400_000 },
  { height: 0, most: 130_000 },
] as const;

/** What a screen may cost: it changes seldom, and must be readable. */
const SCREEN = { maxBitrate: 1_500_000, maxFramerate: 15 } as const;

/** How a source is sent at first. */
export function encodings(source: Source, track: MediaStreamTrack): RTCRtpEncodingParameters[] {
  if (source === "screen") return [{ ...SCREEN }];
  if (heard(source)) return [{}];
  return layers(track).map((layer, at) => ({ ...layer, rid: LAYERS[at] ?? "" }));
}

/** The sizes of this camera, all three: a small camera's picture is not sent three times. */
export function layers(track: MediaStreamTrack): RTCRtpEncodingParameters[] {
  const { width = 640, height = 480 } = track.getSettings();
  const count = SIZES.find(({ pixels }) => width * height >= pixels)?.count ?? 1;
  return LAYERS.map((_, at) => {
    const scaleResolutionDownBy = 2 ** Math.max(0, count - 1 - at);
    const drawn = Math.min(width, height) / scaleResolutionDownBy;
    const maxBitrate = COSTS.find((cost) => drawn >= cost.height)?.most ?? 130_000;
    return { active: at < count, scaleResolutionDownBy, maxBitrate };
  });
}

/** Fits the sizes to another camera. A browser that takes no wishes goes on as it does. */
export async function refit(sender: RTCRtpSender, track: MediaStreamTrack): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings?.length !== LAYERS.length) return;
  for (const [at, layer] of layers(track).entries()) Object.assign(parameters.encodings[at] ?? {}, layer);
  await sender.setParameters(parameters).catch(() => undefined);
}

/** Only the codecs whose frames can be sealed: VP8 (with its retransmissions) and Opus. */
export function limitCodecs(transceiver: RTCRtpTransceiver, source: Source): void {
  const [kind, wanted] = heard(source) ? ["audio", ["audio/opus"]] : ["video", ["video/vp8", "video/rtx"]];
  const known = RTCRtpReceiver.getCapabilities(kind as string)?.codecs ?? [];
  const codecs = known.filter(({ mimeType }) => wanted.includes(mimeType.toLowerCase()));
  if (codecs.length) transceiver.setCodecPreferences(codecs);
}
