// The one script of the public pages: it finds the islands and starts them. Everything works without it.
import { startExit } from "../components/exit-link/island.ts";
import { startTypeahead } from "../components/input/island.ts";
import { startPrint } from "../components/print-button/island.ts";
import { startFragment } from "./fragment.ts";
import { startProof } from "./proof.ts";

const islands: Readonly<Record<string, (element: HTMLElement) => void>> = {
  exit: startExit,
  fragment: startFragment,
  print: startPrint,
  proof: startProof,
  typeahead: startTypeahead,
};

for (const element of document.querySelectorAll<HTMLElement>("[data-island]")) {
  islands[element.dataset["island"] ?? ""]?.(element);
}
