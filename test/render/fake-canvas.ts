import { createFakeContext } from "./fake-context.ts";
import { createFakePainting } from "./fake-painting.ts";
import { pixelOf } from "./fake-pixels.ts";

/*
 * A canvas whose pixels are coarse but honest about order: each remembers what was painted over it,
 * oldest first. A path covers the pixels of its bounding box. Two canvases with the same pixels were
 * painted with the same things in the same order, wherever it matters. Only what is looked at is
 * worked out, so that a test can have many large ones.
 */

export interface FakeCanvas {
  readonly element: HTMLCanvasElement;
  /** Row by row: what lies on each pixel. */
  pixels(): readonly string[];
  /** How many paths were painted and how many pixels were filled with paper or emptied, so far. */
  work(): { readonly paths: number; readonly cleared: number };
  /** The engine throws the canvas away: it shows nothing, and painting does nothing. */
  loseContext(): void;
  /** The engine gives it back, empty. */
  restoreContext(): void;
}

export function createFakeCanvas(): FakeCanvas {
  const target = new EventTarget();
  const painting = createFakePainting();
  const context = createFakeContext(painting);
  const element = {
    style: { width: "", height: "" },
    get width() {
      return painting.width;
    },
    set width(value: number) {
      painting.width = value;
      painting.reset();
    },
    get height() {
      return painting.height;
    },
    set height(value: number) {
      painting.height = value;
      painting.reset();
    },
    getContext: () => context,
    get operations() {
      return painting.operations;
    },
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  };
  return {
    element: element as unknown as HTMLCanvasElement,
    pixels() {
      const { width, height, operations } = painting;
      return Array.from(
        { length: width * height },
        (_, i) => pixelOf(operations, operations.length, i % width, Math.floor(i / width)).text,
      );
    },
    work: () => ({ paths: painting.paths, cleared: painting.cleared }),
    loseContext() {
      painting.lost = true;
      painting.reset();
      target.dispatchEvent(new Event("contextlost"));
    },
    restoreContext() {
      painting.lost = false;
      painting.reset();
      target.dispatchEvent(new Event("contextrestored"));
    },
  };
}
