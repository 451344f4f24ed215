import { LIMITS } from "../../board/document/limits.ts";
import { watchComposition } from "./composition.ts";
import { element, listen } from "./dom.ts";

/** A line of text for what a person names: themselves, a layer. */
export interface NameField {
  readonly input: HTMLInputElement;
  /** Shows this name, but while the person types another. */
  show(name: string): void;
}

/** Characters. */
const MAX_NAME = LIMITS.nameChars.writes;

/** `onName`: the person has typed a name; without spaces around it, and perhaps empty. */
export function createNameField({
  id,
  attributes,
  onName,
}: {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly onName: (name: string) => void;
}): NameField {
  const input = element("input", {
    id,
    class: "text-input",
    attributes: { type: "text", maxlength: String(MAX_NAME), ...attributes },
  });
  listen(input, "change", () => onName(input.value.trim()));
  const composition = watchComposition(input);
  listen(input, "keydown", (event) => {
    if (event.key === "Enter" && !composition.owns(event)) input.blur();
  });
  return {
    input,
    show(name) {
      if (document.activeElement !== input) input.value = name;
    },
  };
}
