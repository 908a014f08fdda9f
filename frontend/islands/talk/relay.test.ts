// @vitest-environment node
// A relay that does what it likes: nothing wrong is shown, and what matters is noticed.
import { afterEach, describe, expect, test, vi } from "vitest";
import { attacks, type Outcome } from "./bench/attacks.ts";
import { House } from "./bench/house.ts";
import { unbound, unchecked, uncounted, unled, unnamed } from "./bench/mutants.ts";
import { toBase64, utf8 } from "./bytes.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** These change nothing for anybody, so nobody needs to be warned. */
const HARMLESS: readonly string[] = [
  "lets somebody in by itself",
  "keeps somebody in who was taken out",
  "talks nonsense",
];

for (const [name, attack] of Object.entries(attacks)) {
  const expected: Outcome = HARMLESS.includes(name) ? "harmless" : "detected";
  test(`a relay that ${name}: ${expected}`, async () => {
    expect(await attack(new House(3))).toBe(expected);
  });
}

describe("without the check the attack does harm, so these tests can fail", () => {
  const mutants: [string, keyof typeof attacks, () => void | Promise<void>][] = [
    ["letters are bound to who writes to whom", "brings a note to somebody else", unbound],
    ["what was changed is not opened", "changes a byte of a message", unchecked],
    ["the sender is compared", "says that a message is from somebody else", unnamed],
    ["messages are counted", "keeps a message back", uncounted],
    ["messages are in order", "turns two messages round", uncounted],
    ["commits are the keeper's", "says that a commit is from somebody else", unled],
  ];
  for (const [promise, name, mutate] of mutants) {
    test(promise, async () => {
      await mutate();
      expect(await attacks[name]?.(new House(3))).toBe("harmed");
    });
  }
});

/** All ways in which this could stand in what the relay got. */
function traces(secret: Uint8Array): string[] {
  const hex = [...secret].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  // In base64 a text looks different at each of three places; its edges depend on what is beside it.
  const shifted = [0, 1, 2].map((before) =>
    toBase64(new Uint8Array([...new Uint8Array(before), ...secret])).slice(4, -4),
  );
  return [hex, ...shifted, ...shifted.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
}

/** Of these texts and secrets, those of which the relay got a trace. */
function leaked(handed: readonly string[], texts: readonly string[], secrets: readonly Uint8Array[]): unknown[] {
  const all = handed.join("\n");
  const isIn = (trace: string): boolean => all.includes(trace);
  return [
    ...texts.filter((text) => isIn(text) || traces(utf8(text)).some(isIn)),
    ...secrets.filter((secret) => traces(secret).some(isIn)),
  ];
}

describe("nothing that was said, no name and no key reaches the relay", () => {
  const said = [
    "Ich habe Schulden bei meiner Bank",
    "Das bekommen wir zusammen hin",
    "Bescheid-vom-Jobcenter",
    "Kommen Sie herein",
  ];
  const names = ["Name-weber", "Name-vogel", "Name-gast"];

  async function course(): Promise<{ house: House; secrets: Uint8Array[] }> {
    const keys: Uint8Array[] = [];
    const { subtle } = crypto;
    for (const word of ["importKey", "exportKey"] as const) {
      const real = subtle[word].bind(subtle) as (...given: unknown[]) => Promise<unknown>;
      vi.spyOn(subtle, word).mockImplementation((async (...given: unknown[]) => {
        const made = await real(...given);
        const bytes = given[1] instanceof Uint8Array ? given[1].slice() : made;
        const isOpen =
          (given[1] as CryptoKey)?.type === "public" || (given[4] as string[])?.includes("verify") || isPoint(given);
        if (!isOpen && bytes instanceof Uint8Array) keys.push(bytes);
        if (!isOpen && bytes instanceof ArrayBuffer) keys.push(new Uint8Array(bytes));
        return made;
      }) as never);
    }
    const house = new House(5);
    const [host, seeker] = await house.pair();
    const guest = await house.come("gast", "guest");
    const member = host.talk.snapshot.waiting[0]?.member ?? 0;
    host.talk.note(member, said[3] ?? "");
    await house.admit(host);
    seeker.talk.text(said[0] ?? "");
    host.talk.text(said[1] ?? "");
    await guest.talk.file(utf8(`%PDF-${"geheimer Inhalt ".repeat(9)}`), `${said[2]}.pdf`);
    await house.settle();
    expect(host.texts).toEqual([said[0]]);
    expect(seeker.heard("file")).toHaveLength(1);
    return { house, secrets: [house.secret, ...keys.filter(({ length }) => length >= 16)] };
  }

  /** A public key of the other side, imported to agree on something. */
  const isPoint = ([format, , algorithm, , uses]: unknown[]): boolean =>
    format === "raw" && JSON.stringify(algorithm).includes("X25519") && (uses as string[])?.length === 0;

  test("in a whole course", async () => {
    const { house, secrets } = await course();
    expect(secrets.length).toBeGreaterThan(100);
    expect(leaked(house.net.handed, [...said, ...names, "geheimer Inhalt"], secrets)).toEqual([]);
  });

  test("and a leak would be seen", async () => {
    const { house, secrets } = await course();
    const { handed } = house.net;
    handed.push(`{"say":"knock","letter":"${toBase64(utf8("xName-vogel!"))}"}`);
    handed.push(JSON.stringify({ body: toBase64(new Uint8Array([7, ...(secrets[40] ?? []), 9])) }));
    handed.push(`{"name":"${said[2]}"}`);
    expect(leaked(handed, [...said, ...names], secrets).length).toBeGreaterThanOrEqual(3);
  });
});
