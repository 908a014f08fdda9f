// What the keeper of the group has to do: who comes in, who is taken out, and when a new group begins. It decides from what
// is known, changes nothing, and is asked again after every change.
import type { KeyPackage } from "./mls.ts";
import type { Epoch, Member, Standing } from "./protocol.ts";

/** Somebody in the room, as a keeper knows her. */
export interface Known {
  member: Member;
  standing: Standing;
  /** A host here said yes, or she had been inside before. */
  welcome: boolean;
  /** From a letter that holds, not used yet. */
  keyPackage: KeyPackage | undefined;
}

/** A commit that is due. */
export interface Due {
  /** A new group has to begin. */
  begin: boolean;
  admit: { member: Member; keyPackage: KeyPackage }[];
  remove: Member[];
}

/** What is due. `inside` are those in the group kept here, without oneself; nothing if there is none. */
export function due(
  group: Epoch | undefined,
  inside: readonly Member[] | undefined,
  others: readonly Known[],
): Due | undefined {
  const coming = others.flatMap(({ member, standing, welcome, keyPackage }) =>
    standing === "waiting" && welcome && keyPackage ? [{ member, keyPackage }] : [],
  );
  if (!inside) {
    // The keys of the old group are gone: those still in it have to be let in again, which they ask for as soon as it ends.
    const left = group !== undefined && others.some(({ standing }) => standing === "inside");
    return coming.length || left ? { begin: true, admit: coming, remove: [] } : undefined;
  }
  const there = new Set(others.filter(({ standing }) => standing === "inside").map(({ member }) => member));
  const remove = inside.filter((member) => !there.has(member));
  return coming.length || remove.length ? { begin: false, admit: coming, remove } : undefined;
}
