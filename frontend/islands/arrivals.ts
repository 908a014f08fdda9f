// The list of conversations keeps itself up to date and says when somebody new waits: in words for screen readers, and, only
// if she switched it on here, by a tone and a notice of the browser that says nothing about anybody.

import { pageAt } from "./page-at.ts";

const EVERY_MS = 5_000;

/** Keeps the list named by `data-list` as the page at `data-src` shows it. */
export function startArrivals(element: HTMLElement): void {
  const id = element.dataset["list"] ?? "";
  const source = element.dataset["src"];
  const status = element.querySelector("[role=status]");
  const offline = element.querySelector<HTMLElement>("[data-offline]");
  if (!source || !status) return;
  element.dataset["started"] = "";
  const bell = startSound(element.querySelector("[data-sound]"));
  const notice = startNotice(element.querySelector("[data-notify]"));
  let waiting = count(document.getElementById(id));

  const ask = async (): Promise<void> => {
    const next = (await pageAt(source))?.getElementById(id);
    if (offline) offline.hidden = Boolean(next);
    const shown = document.getElementById(id);
    if (next && shown) {
      takeOver(shown, next);
      const now = count(next);
      if (now !== waiting) status.textContent = next.dataset["words"] ?? "";
      if (now > waiting) {
        bell();
        notice(next.dataset["words"] ?? "");
      }
      waiting = now;
    }
    setTimeout(ask, EVERY_MS);
  };
  setTimeout(ask, EVERY_MS);
}

function count(list: HTMLElement | null): number {
  return Number(list?.dataset["waiting"] ?? 0);
}

/** Replaces only lines that changed, so that the focus stays where it is. */
function takeOver(shown: HTMLElement, next: HTMLElement): void {
  for (const name of ["data-waiting", "data-words"]) shown.setAttribute(name, next.getAttribute(name) ?? "");
  const lines = (list: HTMLElement): Element[] => [...(list.firstElementChild?.children ?? [])];
  const [before, after] = [lines(shown), lines(next)];
  const same = before.length === after.length && before.every((line, at) => key(line) === key(after[at]));
  if (!same) {
    shown.replaceChildren(...next.childNodes);
    return;
  }
  before.forEach((line, at) => {
    const fresh = after[at];
    if (!fresh || line.isEqualNode(fresh)) return;
    const focused = line.contains(document.activeElement) ? document.activeElement?.tagName : undefined;
    line.replaceChildren(...fresh.childNodes);
    if (focused) line.querySelector<HTMLElement>(focused)?.focus();
  });
}

function key(line: Element | undefined): string {
  return line?.getAttribute("data-id") ?? "";
}

/** A button that switches a short tone on and off; the tone. Browsers allow sound only after a click on the page. */
function startSound(button: HTMLElement | null): () => void {
  if (!button || !("AudioContext" in globalThis)) return () => {};
  let context: AudioContext | undefined;
  const ring = (): void => {
    if (!context) return;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const start = context.currentTime;
    tone.frequency.setValueAtTime(660, start);
    tone.frequency.setValueAtTime(880, start + 0.15);
    volume.gain.setValueAtTime(0.15, start);
    volume.gain.linearRampToValueAtTime(0, start + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.4);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (context) {
      void context.close();
      context = undefined;
    } else {
      context = new AudioContext();
      ring();
    }
    button.setAttribute("aria-pressed", String(Boolean(context)));
  });
  return ring;
}

/** A button that asks for notices of the browser; how to give one while the page is not looked at. */
function startNotice(button: HTMLElement | null): (words: string) => void {
  if (!button || !("Notification" in globalThis)) return () => {};
  const show = (): void => {
    button.hidden = Notification.permission !== "default";
  };
  button.addEventListener("click", async () => {
    await Notification.requestPermission();
    show();
  });
  show();
  return (words) => {
    if (Notification.permission !== "granted" || document.visibilityState === "visible") return;
    const given = new Notification(words, { tag: "arrivals" });
    given.addEventListener("click", () => {
      window.focus();
      given.close();
    });
  };
}
