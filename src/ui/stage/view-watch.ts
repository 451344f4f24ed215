/*
 * The measuring of the canvas.
 */
import type { Insets, View } from "../camera/auto-camera.ts";
import { watchKeyboard } from "../input/keyboard-inset.ts";

/** How large the canvas is on the screen, and what covers it. */
export interface ViewWatch {
  view(): View;
  close(): void;
}

/**
 * Measures the canvas, now and whenever it, the pixel ratio or the screen's keyboard changes its size;
 * `insets` are what the bars cover, `onResize` is called after each later measuring.
 */
export function watchView({
  surface,
  insets,
  onResize,
}: {
  readonly surface: HTMLElement;
  readonly insets: () => Insets;
  readonly onResize: () => void;
}): ViewWatch {
  const resized = (): void => {
    view = measure();
    onResize();
  };
  const keyboard = watchKeyboard(resized);

  const measure = (): View => {
    const { width, height, bottom } = surface.getBoundingClientRect();
    const bars = insets();
    const below = keyboard.height() - (window.innerHeight - bottom);
    return {
      width: Math.max(width, 1),
      height: Math.max(height, 1),
      insets: { ...bars, bottom: Math.max(bars.bottom, below) },
    };
  };
  let view = measure();

  let isObserved = false;
  const observer = new ResizeObserver(() => {
    // It calls at once, also where nothing has changed since: then nothing need be painted twice.
    if (isObserved || !sameView(measure(), view)) resized();
    isObserved = true;
  });
  observer.observe(surface);
  const stopRatio = onPixelRatioChange(resized);
  return {
    view: () => view,
    close() {
      stopRatio();
      observer.disconnect();
      keyboard.close();
    },
  };
}

function sameView(a: View, b: View): boolean {
  const edges = (["top", "right", "bottom", "left"] as const).every(
    (edge) => a.insets[edge] === b.insets[edge],
  );
  return edges && a.width === b.width && a.height === b.height;
}

/** A window that moves to another screen, or a browser's zoom. */
function onPixelRatioChange(listener: () => void): () => void {
  let query: MediaQueryList | undefined;
  const changed = (): void => {
    watch();
    listener();
  };
  const watch = (): void => {
    query?.removeEventListener("change", changed);
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener("change", changed);
  };
  watch();
  return () => query?.removeEventListener("change", changed);
}
