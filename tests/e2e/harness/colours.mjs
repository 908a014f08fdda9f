// Cameras that show one colour each, so that a test can see whose picture arrives, and whether it is one.

/** A small, slow camera of this colour (`hsl` hue) in the place of the device's; sound stays the device's. */
export async function paint(context, hue) {
  await context.addInitScript((hue) => {
    const devices = globalThis.navigator.mediaDevices;
    const real = devices.getUserMedia.bind(devices);
    const painted = (width, height) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const ink = canvas.getContext("2d");
      let at = 0;
      setInterval(() => {
        ink.fillStyle = `hsl(${hue} 100% 50%)`;
        ink.fillRect(0, 0, width, height);
        // Something moves, or nothing would be sent.
        ink.fillStyle = "white";
        ink.fillRect((at * 4) % width, 4, 6, 6);
        at += 1;
      }, 200);
      return canvas.captureStream(5).getVideoTracks()[0];
    };
    devices.getUserMedia = async ({ audio, video }) => {
      // Five browsers on one small machine: what makes voices clearer is left out.
      const plain = { ...(typeof audio === "object" && audio), echoCancellation: false, noiseSuppression: false };
      const stream = audio ? await real({ audio: { ...plain, autoGainControl: false } }) : new MediaStream();
      if (video) stream.addTrack(painted(160, 90));
      return stream;
    };
    devices.getDisplayMedia = async () => new MediaStream([painted(320, 180)]);
  }, hue);
}

/** What the pictures of a page show, by tile: the hue of each, or nothing if it is not of one colour. */
export function hues(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("[data-tile]")].map((tile) => {
        const video = tile.querySelector("video");
        if (!video.videoWidth || video.hidden) return [tile.dataset.tile, undefined];
        const canvas = new OffscreenCanvas(32, 32);
        const ink = canvas.getContext("2d");
        ink.drawImage(video, 0, 0, 32, 32);
        // Below the part that moves.
        const { data } = ink.getImageData(0, 8, 32, 24);
        const found = new Set();
        for (let at = 0; at < data.length; at += 4) {
          const [r, g, b] = data.slice(at, at + 3);
          const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
          if (high - low < 120) return [tile.dataset.tile, undefined];
          const sector =
            high === r
              ? ((g - b) / (high - low) + 6) % 6
              : high === g
                ? (b - r) / (high - low) + 2
                : (r - g) / (high - low) + 4;
          found.add((Math.round(sector * 3) * 20) % 360);
        }
        return [tile.dataset.tile, found.size <= 2 ? [...found][0] : undefined];
      }),
    ),
  );
}
