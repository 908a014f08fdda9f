// Builds frontend/dist: hashed files, their brotli forms and manifest.json (entry → file).
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "vite";
import { sheet } from "./build/css.mjs";

const FRONTEND = fileURLToPath(new URL(".", import.meta.url));
const DIST = `${FRONTEND}dist/`;

/** Phones of about 2019 that get no updates any more. */
const OLD = ["chrome79", "firefox78", "safari13"];
/** What can encrypt a conversation: these browsers, and newer ones. */
const CONVERSING = ["chrome137", "firefox130", "safari17"];

/** Bundles one island entry into one file; Vite only builds here, it neither serves nor names files. */
async function script(entry, target = OLD, treeshake = true) {
  const [output] = [
    await build({
      root: FRONTEND,
      configFile: false,
      logLevel: "warn",
      publicDir: false,
      build: {
        write: false,
        target,
        modulePreload: { polyfill: false },
        lib: { entry: `${FRONTEND}islands/${entry}`, formats: ["es"], fileName: "entry" },
        rolldownOptions: { treeshake, output: { codeSplitting: false, minify: true } },
      },
    }),
  ].flat();
  return output.output[0].code;
}

function brotli(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}

const entries = {
  "site.css": sheet("site"),
  "site.js": await script("site.ts"),
  "staff.css": sheet("staff"),
  "staff.js": await script("staff.ts"),
  "talk.css": sheet("talk"),
  "talk.js": await script("talk/main.ts", CONVERSING),
  "frames.js": await script("talk/call/frames/worker.ts", CONVERSING),
  "call.css": sheet("call"),
  "call.js": await script("talk/call/main.ts", CONVERSING),
  // The library does not say that its modules do nothing by themselves; so what is not used stays out.
  "document.js": await script("talk/page/document.ts", CONVERSING, { moduleSideEffects: false }),
  "door.js": await script("talk/page/door.ts", CONVERSING),
  "others.js": await script("talk/others/main.ts", CONVERSING),
  "favicon.svg": readFileSync(`${FRONTEND}assets/favicon.svg`, "utf8").trim(),
};

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
const manifest = {};
for (const [entry, text] of Object.entries(entries)) {
  const bytes = Buffer.from(text);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const [name, ending] = entry.split(".");
  const file = `${name}.${hash}.${ending}`;
  const small = brotli(bytes);
  writeFileSync(DIST + file, bytes);
  writeFileSync(`${DIST}${file}.br`, small);
  manifest[entry] = file;
  console.log(`${file}  ${bytes.length} bytes, ${small.length} with brotli`);
}
writeFileSync(`${DIST}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
