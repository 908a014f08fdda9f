// What a conversation leaves: a search through everything on the disk and in the memory of the running server.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";

const PIECE = 8 * 1024 * 1024;

/** Every way in which a careless server might have kept a text. */
function forms(text) {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    // The first and the last letter also say something of their neighbours.
    return Buffer.from(whole.slice(shift && shift + 1, -4));
  });
  return [bytes, Buffer.from(text, "utf16le"), Buffer.from(bytes.toString("hex")), ...base64];
}

/** Files below a folder that hold one of the texts. */
export function onDisk(folder, texts) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = [];
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name));
    for (const text of texts) if (forms(text).some((form) => bytes.includes(form))) found.push(`${text} in ${name}`);
  }
  return found;
}

/** Which of the texts lie in the memory of a process. */
export function inMemory(pid, texts) {
  const wanted = texts.map((text) => ({ text, all: forms(text) }));
  const found = new Set();
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
      const [, from, to] = line.match(/^([0-9a-f]+)-([0-9a-f]+) rw/) ?? [];
      if (!from) continue;
      const end = Number.parseInt(to, 16);
      // Pieces overlap, so that nothing is cut in two.
      for (let at = Number.parseInt(from, 16); at < end; at += PIECE - 512) {
        const piece = Buffer.alloc(Math.min(PIECE, end - at));
        let length = 0;
        try {
          length = readSync(memory, piece, 0, piece.length, at);
        } catch {
          continue;
        }
        const read = piece.subarray(0, length);
        for (const { text, all } of wanted) if (all.some((form) => read.includes(form))) found.add(text);
      }
    }
  } finally {
    closeSync(memory);
  }
  return [...found];
}
