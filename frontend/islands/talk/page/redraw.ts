// Photos are drawn anew before they go out: where and when they were taken, and with what, stays here.
import type { Redraw } from "../file.ts";

/** The longest edge of a photo that is sent, in pixels: letters can be read, and it stays small. */
const LONGEST = 2_048;

/** Draws an image anew, smaller if it is large. What cannot be drawn is not sent. */
export const redraw: Redraw = async (image, mime) => {
  let drawn: ImageBitmap;
  try {
    drawn = await createImageBitmap(new Blob([image], { type: mime }));
  } catch {
    return undefined;
  }
  const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  const kind = mime === "image/png" ? "image/png" : "image/jpeg";
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, 0.85));
  return blob ? { image: new Uint8Array(await blob.arrayBuffer()), mime: kind } : undefined;
};
