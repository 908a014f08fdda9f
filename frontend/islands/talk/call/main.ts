// Calls, as a file of their own: loaded when somebody wants one.
import type { Says } from "../page/says.ts";
import type { Calling, Talking } from "./open.ts";
import { CallPage } from "./page.ts";
import { through } from "./through.ts";

/** What calls look like comes with them. */
function dress(root: HTMLElement): void {
  const address = root.dataset["callCss"];
  if (!address || document.querySelector(`link[href="${CSS.escape(address)}"]`)) return;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = address;
  document.head.append(sheet);
}

/** Makes calls possible on this page. A browser that cannot is told so, and everything else goes on. */
export function open(root: HTMLElement, says: Says, talk: () => Talking | undefined): Calling {
  dress(root);
  if (typeof RTCPeerConnection === "function" && "restartIce" in RTCPeerConnection.prototype)
    return new CallPage(root, says, talk, through(root.dataset["callFrames"]));
  for (const place of root.querySelectorAll<HTMLElement>("[data-call-unable]")) place.hidden = false;
  for (const button of root.querySelectorAll<HTMLElement>('[data-do^="call-"]')) button.hidden = true;
  return { heard: () => undefined, pressed: () => undefined };
}
