// What the page says: its words stand in the page, in the page's language; here they are only filled in.

/** Says a word of the page; what stands in it as `{name}` is filled in. */
export type Says = (word: string, values?: Readonly<Record<string, string | number>>) => string;

/** The words of a page. A word that is missing is an error of ours and says nothing. */
export function saysOf(root: ParentNode): Says {
  const words = new Map<string, string>();
  for (const template of root.querySelectorAll<HTMLTemplateElement>("template[data-say]")) {
    words.set(template.dataset["say"] ?? "", template.content.textContent ?? "");
  }
  // Names and numbers keep to themselves whichever way they are written; a name that ends with a dot needs no second one.
  return (word, values = {}) =>
    (words.get(word) ?? "").replace(/\u2068?\{(\w+)\}\u2069?(\.?)/g, (whole, key: string, dot: string) => {
      const value = values[key];
      return value === undefined ? whole : `\u2068${value}\u2069${String(value).endsWith(".") ? "" : dot}`;
    });
}
