import { element, listen } from "./dom.ts";

/** One of several: a native radio button that fills its label, so that arrows and readers know it. */
export function radio({
  group,
  value,
  label,
  children,
  onPick,
  ...look
}: {
  readonly group: string;
  readonly value: string;
  readonly label: string;
  readonly class: string;
  readonly children: readonly Node[];
  /** `byPointer`: and not with the arrow keys, which may go on. */
  readonly onPick: (byPointer: boolean) => void;
}): { readonly label: HTMLLabelElement; readonly input: HTMLInputElement } {
  const input = element("input", { attributes: { type: "radio", name: group, value, "aria-label": label } });
  listen(input, "change", () => onPick(false));
  // Arrow keys fire clicks too, but without a pointer's count.
  listen(input, "click", (event) => {
    if (event.detail > 0) onPick(true);
  });
  return {
    input,
    label: element("label", { class: look.class, attributes: { title: label } }, [
      input,
      element("span", { class: "choice-fill" }),
      ...children,
    ]),
  };
}
