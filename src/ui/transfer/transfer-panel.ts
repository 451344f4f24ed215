/*
 * The panel of the ways out and in: what is to be exported and how, a button for each way that works here, one
 * sentence about those that do not, and a button to open a file.
 */
import { element, listen } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import type { Wanted } from "./exporting.ts";
import { canChoose, WAYS, waysOut, type Format, type Surroundings, type Way } from "./ways.ts";

export interface TransferPanel {
  readonly content: HTMLElement;
  /** It is about to be seen. */
  update(): void;
}

export interface TransferPanelDeps {
  readonly strings: Strings;
  readonly around: Surroundings;
  /** Of the page that is shown. */
  readonly pageTitle: () => string;
  readonly hasSelection: () => boolean;
  readonly onExport: (wanted: Wanted, way: Way) => void;
  readonly onImport: (file: File, asPages: boolean) => void;
}

/** What they are called everywhere. */
const FORMATS: readonly (readonly [Format, string])[] = [
  ["png", "PNG"],
  ["svg", "SVG"],
  ["inkmesh", ".inkmesh"],
];

export function createTransferPanel(deps: TransferPanelDeps): TransferPanel {
  const { strings, around } = deps;
  const words = strings.transfer;
  const format = select("export-format", FORMATS);
  const area = select("export-area", [
    ["page", ""],
    ["selection", strings.selection],
    ["view", words.view],
  ]);
  const scale = select(
    "export-scale",
    [2, 1, 4].map((each) => [String(each), timesText(each)]),
  );
  scale.setAttribute("aria-label", strings.size);
  const paper = element("input", { id: "export-paper", attributes: { type: "checkbox", role: "switch" } });
  paper.checked = true;
  const paperRow = element("label", { class: "setting-row switch" }, [
    element("span", { text: strings.background }),
    paper,
    element("span", { class: "switch-look", attributes: { "aria-hidden": "true" } }),
  ]);
  const buttons = WAYS.map((way) => {
    const button = rowButton(wayLabel(way, strings), `export-${way}`);
    listen(button, "click", () => deps.onExport(wanted(), way));
    return { way, button };
  });
  const missing = element("p", { id: "export-missing", class: "quiet" });
  const isOpening = canChoose(around);
  const openers = [false, true].map((asPages) => {
    const file = element("input", { attributes: { type: "file", hidden: "" } });
    const button = rowButton(asPages ? words.asPages : words.open, asPages ? "import-pages" : "import-here");
    button.append(file);
    listen(button, "click", ({ target }) => void (target !== file && file.click()));
    listen(file, "change", () => {
      const chosen = file.files?.[0];
      if (chosen) deps.onImport(chosen, asPages);
      // The same one may be chosen again.
      file.value = "";
    });
    return button;
  });
  listen(format, "change", update);

  function wanted(): Wanted {
    return {
      format: format.value as Format,
      area: area.value as Wanted["area"],
      scale: Number(scale.value),
      hasPaper: paper.checked,
    };
  }

  function update(): void {
    const isFile = format.value === "inkmesh";
    scale.hidden = format.value !== "png";
    paperRow.hidden = isFile;
    area.options[0]!.textContent = isFile ? strings.pages.title : deps.pageTitle();
    for (const option of area.options) {
      option.disabled =
        option.value === "selection" ? !deps.hasSelection() : isFile && option.value === "view";
      if (option.disabled && option.selected) area.value = "page";
    }
    nameAfterOptions(area);
    const ways = waysOut(wanted().format, around);
    for (const { way, button } of buttons) button.hidden = !ways.includes(way);
    // Only a picture can be shown: of others that is not lacking.
    const lacking = buttons.filter(({ way, button }) => button.hidden && way !== "show");
    const names = [...lacking.map(({ button }) => button.textContent), ...(isOpening ? [] : [words.open])];
    missing.hidden = names.length === 0;
    missing.textContent = words.missing(names.join(", "));
  }

  return {
    content: element("div", { id: "export-panel", class: "settings" }, [
      format,
      area,
      scale,
      paperRow,
      element("div", { class: "transfer-buttons" }, [
        ...buttons.map(({ button }) => button),
        ...(isOpening ? openers : []),
      ]),
      missing,
    ]),
    update,
  };
}

export function wayLabel(way: Way, strings: Strings): string {
  return way === "copy" ? strings.commands.copy : strings.transfer[way];
}

/** How large a picture is. */
export function timesText(scale: number): string {
  return `${Math.round(scale * 100) / 100} ×`;
}

function nameAfterOptions(made: HTMLSelectElement): void {
  made.setAttribute("aria-label", Array.from(made.options, ({ text }) => text).join(", "));
}

/** Called like what there is to choose. */
function select(id: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const made = element(
    "select",
    { id, class: "text-input" },
    options.map(([value, text]) => element("option", { text, attributes: { value } })),
  );
  nameAfterOptions(made);
  return made;
}

function rowButton(text: string, id: string): HTMLButtonElement {
  return element("button", { id, class: "removed-restore", text, attributes: { type: "button" } });
}
