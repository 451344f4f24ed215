import { cleanName, MAX_NAME_CHARS } from "../../sync/wire/name.ts";
import { watchComposition } from "./composition.ts";
import { element, listen } from "./dom.ts";

/** A line of text for what a person names: themselves, a layer. */
export interface NameField {
  readonly input: HTMLInputElement;
  /** Shows this name, but while the person types another. */
  show(name: string): void;
}

/** `onName`: the person has typed a name; as others will see it, and empty where they would see nothing. */
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
    attributes: { type: "text", maxlength: String(MAX_NAME_CHARS), ...attributes },
  });
  listen(input, "change", () => {
    input.value = cleanName(input.value);
    onName(input.value);
  });
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
