// The one script of the staff pages: it finds the islands and starts them. Everything but passkeys works without it.
import { startCopy } from "../components/copy-field/island.ts";
import { startTableFilter } from "../components/data-table/island.ts";
import { startTypeahead } from "../components/input/island.ts";
import { startPrint } from "../components/print-button/island.ts";
import { startProgress } from "../components/progress/island.ts";
import { startReveal } from "../components/secret-input/island.ts";
import { startArrivals } from "./arrivals.ts";
import { startFragment } from "./fragment.ts";
import { startPasskey } from "./passkey.ts";
import { startUnsaved } from "./unsaved.ts";

const islands: Readonly<Record<string, (element: HTMLElement) => void>> = {
  arrivals: startArrivals,
  copy: startCopy,
  fragment: startFragment,
  passkey: startPasskey,
  print: startPrint,
  progress: startProgress,
  reveal: startReveal,
  "table-filter": startTableFilter,
  typeahead: startTypeahead,
  unsaved: startUnsaved,
};

for (const element of document.querySelectorAll<HTMLElement>("[data-island]")) {
  islands[element.dataset["island"] ?? ""]?.(element);
}
