// @vitest-environment node
import { expect, test } from "vitest";
import { chance } from "../bench/chance.ts";
import { BACKSPACE, BOM, change, LONGEST_LINE, MISSING, NEW_LINE, Typed } from "./t140.ts";

/** What somebody reads after these blocks. */
function read(...blocks: string[]): { line: string; lines: string[] } {
  const lines: string[] = [];
  const typed = new Typed((line) => lines.push(line));
  for (const block of blocks) typed.heard(block);
  return { line: typed.line, lines };
}

test("characters come as they are typed, and a backspace takes the last one back, whatever it is", () => {
  expect(read("Hal", "lo").line).toBe("Hallo");
  expect(read(`Hallp${BACKSPACE}o`).line).toBe("Hallo");
  expect(read(`a😀${BACKSPACE}b`).line).toBe("ab");
  expect(read(`${BACKSPACE}${BACKSPACE}a`).line).toBe("a");
});

test.each([NEW_LINE, "\n", "\r\n", "\r"])("a line ends at %j, once", (end) => {
  expect(read(`eins${end}zwei`)).toEqual({ line: "zwei", lines: ["eins"] });
});

test("a finished line is not taken back, and an empty one is none", () => {
  expect(read(`eins${NEW_LINE}${BACKSPACE}${NEW_LINE}${NEW_LINE}`)).toEqual({ line: "", lines: ["eins"] });
});

test("what has no meaning here is left out: marks, bells, colours, halves of characters, turned directions", () => {
  expect(read(`${BOM}a\u0007b\u001b[1;31mc\u009b0md\u0000\ud83d\u202ee`).line).toBe("abcde");
});

test("that something is missing is said", () => {
  const lines: string[] = [];
  const typed = new Typed((line) => lines.push(line));
  typed.broke();
  typed.heard("Hal");
  typed.broke();
  expect(lines).toEqual([`Hal${MISSING}`]);
  expect(read(`a${MISSING}b`).line).toBe(`a${MISSING}b`);
});

test("a line does not grow for ever", () => {
  const { line, lines } = read("x".repeat(LONGEST_LINE * 2 + 5));
  expect([line.length, ...lines.map(({ length }) => length)]).toEqual([5, LONGEST_LINE, LONGEST_LINE]);
});

test("whatever one text becomes, the other side reads it", () => {
  const random = chance(7);
  const signs = ["a", "b", "ä", "😀", " ", "é", "ع"];
  for (let turn = 0; turn < 300; turn++) {
    const typed = new Typed(() => undefined);
    let before = "";
    for (let step = 0; step < 12; step++) {
      const old = [...before];
      const at = Math.floor(random() * (old.length + 1));
      const sign = signs[Math.floor(random() * signs.length)] ?? "a";
      old.splice(at, random() < 0.4 ? Math.floor(random() * 4) : 0, ...(random() < 0.7 ? [sign] : []));
      const after = old.join("");
      typed.heard(change(before, after));
      expect(typed.line).toBe(after);
      before = after;
    }
  }
});
