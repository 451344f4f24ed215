import { listen } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";

export interface StepKeys {
  readonly direction: Strings["direction"];
  step(by: number): void;
  /** To the first moment, or to the last. */
  end(isLast: boolean): void;
  play(): void;
}

/**
 * The keys of whoever looks back, wherever the focus is: arrows go from step to step, the space bar plays. Before the
 * page's keys, and those of the slider, which mean the same. Returns the function that stops.
 */
export function listenToSteps(root: HTMLElement, { direction, step, end, play }: StepKeys): () => void {
  const right = direction === "rtl" ? -1 : 1;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => step(right),
    ArrowLeft: () => step(-right),
    ArrowUp: () => step(1),
    ArrowDown: () => step(-1),
    Home: () => end(false),
    End: () => end(true),
    " ": play,
  };
  return listen(
    root,
    "keydown",
    (event) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const run = keys[key];
      const isPress = key === " " && target instanceof Element && target.matches("button");
      if (!run || isPress) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    },
    { capture: true },
  );
}

/** What the browser tells of the clipboard and of drags, whichever keys and menus were used for it. */
const CLIPBOARD = ["copy", "cut", "paste", "drop"] as const;

/** Nothing is put on the board of now while it is not seen. Returns the function that stops. */
export function keepClipboardOff(root: HTMLElement): () => void {
  const stops = CLIPBOARD.map((type) =>
    listen(root, type, (event) => event.stopPropagation(), { capture: true }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
