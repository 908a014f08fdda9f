// Looking at what is really painted: computed styles can be right where nothing is to be seen.

/** A page that decodes screenshots; it belongs to the browser, not to the site. */
export async function eye(browser) {
  const page = await (await browser.newContext()).newPage();
  const look = async (png, question, options = {}) =>
    page.evaluate(
      async ({ images, question, options }) => {
        const decoded = await Promise.all(
          images.map(async (image) => {
            const bytes = Uint8Array.from(atob(image), (letter) => letter.charCodeAt(0));
            const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
            const context = canvas.getContext("2d");
            context.drawImage(bitmap, 0, 0);
            return context.getImageData(0, 0, bitmap.width, bitmap.height);
          }),
        );
        const luminance = ({ data, width }, x, y) => {
          const at = (y * width + x) * 4;
          const [r, g, b] = [0, 1, 2].map((channel) => {
            const s = data[at + channel] / 255;
            return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const contrast = (p, q) => (Math.max(p, q) + 0.05) / (Math.min(p, q) + 0.05);
        if (question === "edges") {
          // From outside to inside along the middle of each side: the highest contrast with the outermost pixel.
          const [image] = decoded;
          const { width, height } = image;
          const depth = options.depth;
          const walks = [
            (step) => [width >> 1, step],
            (step) => [width >> 1, height - 1 - step],
            (step) => [step, height >> 1],
            (step) => [width - 1 - step, height >> 1],
          ];
          return Math.min(
            ...walks.map((walk) => {
              const outside = luminance(image, ...walk(0));
              let best = 1;
              for (let step = 1; step < depth; step += 1)
                best = Math.max(best, contrast(outside, luminance(image, ...walk(step))));
              return best;
            }),
          );
        }
        const [one, other] = decoded;
        let different = 0;
        for (let at = 0; at < one.data.length; at += 4) {
          const distance = [0, 1, 2].reduce(
            (sum, channel) => sum + Math.abs(one.data[at + channel] - other.data[at + channel]),
            0,
          );
          if (distance > 60) different += 1;
        }
        return different / (one.data.length / 4);
      },
      { images: [png].flat().map((buffer) => buffer.toString("base64")), question, options },
    );
  return {
    /** The weakest of the four edges of a control, as contrast with its surroundings; `margin` px around it are in the picture. */
    weakestEdge: (png, margin) => look(png, "edges", { depth: margin + 6 }),
    /** The part of pixels in which two pictures of equal size differ, 0 to 1. */
    difference: (one, other) => look([one, other], "difference"),
    close: () => page.context().close(),
  };
}

/** A picture of an element with some of its surroundings. */
export async function picture(page, element, margin) {
  // Into the middle: at the edge of the window its surroundings would be cut off.
  await element.evaluate((shown) => shown.scrollIntoView({ block: "center" }));
  const box = await element.boundingBox();
  const clip = {
    x: Math.max(0, Math.floor(box.x) - margin),
    y: Math.max(0, Math.floor(box.y) - margin),
    width: Math.ceil(box.width) + 2 * margin,
    height: Math.ceil(box.height) + 2 * margin,
  };
  return page.screenshot({ clip });
}
