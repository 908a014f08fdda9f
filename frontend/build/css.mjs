// The style sheets: Sass, colours lowered for old phones, then the repairs KERN needs (see repairs.mjs), then minified.
import { fileURLToPath } from "node:url";
import { Features, transform } from "lightningcss";
import postcss from "postcss";
import { compile } from "sass";
import { repairs } from "./repairs.mjs";

const FRONTEND = fileURLToPath(new URL("..", import.meta.url));

const version = (major, minor = 0) => (major << 16) | (minor << 8);

/** The oldest browsers that must show the pages properly: phones of about 2019 that get no updates any more. */
export const TARGETS = {
  chrome: version(79),
  firefox: version(78),
  safari: version(13),
  ios_saf: version(13),
};

// Lowering `color-scheme` would prepare for light-dark(), which is not used here.
const exclude = Features.LightDark;

const lowered = (code, minify) =>
  transform({ filename: "sheet.css", code: Buffer.from(code), targets: TARGETS, exclude, minify }).code.toString();

/** Compiles `styles/<name>.scss` and answers the finished CSS. */
export function sheet(name) {
  const { css } = compile(`${FRONTEND}styles/${name}.scss`, {
    loadPaths: [`${FRONTEND}node_modules`],
    style: "expanded",
    quietDeps: true,
  });
  const repaired = postcss(repairs()).process(lowered(css, false), { from: undefined }).css;
  return lowered(repaired, true);
}
