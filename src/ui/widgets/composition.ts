import { listen } from "./dom.ts";

/** What is to be known of a key press: a `KeyboardEvent`. */
export interface ComposingKey {
  readonly isComposing: boolean;
  /** Only for this: nothing newer says, after the composing ended, that a key was part of it. */
  readonly keyCode: number;
  readonly timeStamp: number;
}

/** What an input method, or a dead key, takes for itself of the keys in a field. */
export interface Composition {
  /** The key is part of composing, or has just ended it: it means nothing besides. */
  owns(key: ComposingKey): boolean;
  stop(): void;
}

/** The `keyCode` of every key that an input method took. */
const TAKEN_BY_METHOD = 229;
/** So long after the end a key belongs to it, unless one came up before. In milliseconds. */
const AFTERMATH_MS = 200;

/**
 * Some engines tell of the end of composing before the key that ended it, and some methods pass that key on
 * as well: then it looks like any other.
 */
export function watchComposition(root: HTMLElement): Composition {
  let ended = -Infinity;
  const stops = [
    listen(root, "compositionend", ({ timeStamp }) => void (ended = timeStamp), { capture: true }),
    // What is pressed after this is another key.
    listen(root, "keyup", () => void (ended = -Infinity), { capture: true }),
  ];
  return {
    owns: ({ isComposing, keyCode, timeStamp }) =>
      isComposing || keyCode === TAKEN_BY_METHOD || timeStamp - ended < AFTERMATH_MS,
    stop() {
      for (const stop of stops) stop();
    },
  };
}
