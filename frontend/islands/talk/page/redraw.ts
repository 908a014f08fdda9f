// Files are made anew before they go out: where and when they were made, by whom and with what, stays here.
import type { Bytes } from "../bytes.ts";
import type { FileType } from "../content.ts";
import type { Redraw } from "../file.ts";

/** The longest edge of a photo that is sent, in pixels: letters can be read, and it stays small. */
const LONGEST = 2_048;

type DocumentModule = typeof import("./document.ts");

/** How the page makes files anew; `script` is the address of what can do it with documents, loaded when one is sent. */
export function redrawing(script: string): Redraw {
  return async (bytes, mime) => {
    if (mime !== "application/pdf") return draw(bytes, mime);
    const { cleanDocument }: DocumentModule = await import(/* @vite-ignore */ script);
    const cleaned = await cleanDocument(bytes);
    return cleaned && { bytes: cleaned, mime };
  };
}

/** Draws an image anew, smaller if it is large. What cannot be drawn is not sent. */
async function draw(image: Bytes, mime: FileType): ReturnType<Redraw> {
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
  return blob ? { bytes: new Uint8Array(await blob.arrayBuffer()), mime: kind } : undefined;
}
