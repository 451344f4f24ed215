import type { Choices } from "../choices/choices.ts";
import { element } from "../widgets/dom.ts";

/**
 * What a newcomer should know, shown above the bar until the first press anywhere, and then never again.
 * One can draw through it.
 */
export function createHint(
  container: HTMLElement,
  text: string,
  choices: Choices,
): { update(): void; close(): void } {
  const box = element("p", { id: "hint", class: "hint", text });
  const update = (): void => {
    if (choices.preferences().hintSeen || !choices.restored()) box.remove();
    else if (!box.isConnected) container.prepend(box);
  };
  const dismiss = (): void => {
    if (box.isConnected) choices.prefer({ hintSeen: true });
  };
  document.addEventListener("pointerup", dismiss, { capture: true });
  document.addEventListener("keydown", dismiss, { capture: true });
  const stop = choices.onChange(update);
  return {
    update,
    close() {
      stop();
      document.removeEventListener("pointerup", dismiss, { capture: true });
      document.removeEventListener("keydown", dismiss, { capture: true });
      box.remove();
    },
  };
}
