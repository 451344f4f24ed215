import { element } from "../widgets/dom.ts";
import { helpOf } from "./help.ts";
import type { Strings } from "../words/strings.ts";

/** What fingers and keys do. */
export function createHelpPanel(strings: Strings, isMac: boolean): HTMLElement {
  const sections = helpOf(strings, isMac).map(({ section, rows }) => {
    const lines = rows.map(({ label, ways }) => {
      const keys = ways.map((way) =>
        element(
          "span",
          { class: "key-way" },
          section === "gestures" ? way : way.map((key) => element("kbd", { text: key })),
        ),
      );
      return element("div", { class: "help-row" }, [element("dt", { text: label }), element("dd", {}, keys)]);
    });
    return element("section", { attributes: { "data-section": section } }, [
      element("h3", { text: strings.helpSections[section] }),
      element("dl", {}, lines),
    ]);
  });
  const { title, unknown } = strings.lookBack;
  const memory = element("section", { attributes: { "data-section": "memory" } }, [
    element("h3", { text: title }),
    ...Object.values(unknown).map((text) => element("p", { class: "help-text", text })),
  ]);
  return element("div", { class: "help-sections" }, [...sections, memory]);
}
