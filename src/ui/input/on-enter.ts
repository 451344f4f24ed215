import { listen } from "../widgets/dom.ts";
import { watchComposition } from "./composition.ts";

/** Calls back when Enter is pressed in a field of one line, but not for what an input method makes of it. */
export function onEnter(field: HTMLInputElement, run: () => void): void {
  const composition = watchComposition(field);
  listen(field, "keydown", (event) => {
    if (event.key === "Enter" && !composition.owns(event)) run();
  });
}
