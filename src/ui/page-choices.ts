import type { Choices } from "./choices/choices.ts";
import { setHaptics, tick } from "./input/haptics.ts";

/**
 * Shows on the page what this person has chosen, for the style sheet: the tool in the hand, and the side of
 * the hand. A change of the tool can be felt. Returns how to stop.
 */
export function showChoices(root: HTMLElement, choices: Choices): () => void {
  let tool = choices.tool();
  let restored = choices.restored();
  const show = (): void => {
    setHaptics(choices.preferences().haptics);
    // What is restored was not chosen just now: nobody may have touched the page yet.
    if (tool !== choices.tool() && restored) tick();
    tool = choices.tool();
    restored = choices.restored();
    root.dataset["tool"] = tool;
    root.dataset["side"] = choices.preferences().leftHanded ? "left" : "right";
  };
  show();
  return choices.onChange(show);
}
