// Finding and filling places of the page.

/** A place that the page has. */
export function find<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/** Sets a text only if it is another one: what is read aloud is read once. */
export function setText(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}
