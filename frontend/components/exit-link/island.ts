// Quick exit: leave at once, and let the back button not lead here. Without script the link does its part over /weg.

const PRESSES = 3;
const PRESSES_WITHIN_MS = 3000;

/** Makes a link with `data-exit` (the neutral address) replace this page, and Shift pressed three times do the same. */
export function startExit(link: HTMLElement): void {
  const target = link.dataset["exit"];
  if (!target) return;

  const leave = (): void => {
    // The page goes blank first: on a slow line the next one takes seconds.
    document.documentElement.hidden = true;
    location.replace(target);
  };

  link.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leave();
  });

  // Coming back by the browser's page cache must not show the blanked page, nor half a count of key presses.
  addEventListener("pageshow", () => {
    document.documentElement.hidden = false;
    forgetPresses();
  });

  if (!shiftIsHeard) {
    shiftIsHeard = true;
    document.addEventListener("keydown", (event) => {
      if (isThirdShift(event)) leave();
    });
  }
  link.dataset["started"] = "";
}

// A page may repeat the link; the keys are listened to once.
let shiftIsHeard = false;
let presses: number[] = [];

function forgetPresses(): void {
  presses = [];
}

function isThirdShift(event: KeyboardEvent): boolean {
  if (event.key !== "Shift") {
    forgetPresses();
    return false;
  }
  if (event.repeat) return false;
  presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at <= PRESSES_WITHIN_MS);
  return presses.length >= PRESSES;
}
