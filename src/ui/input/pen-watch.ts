import { listen } from "../widgets/dom.ts";

/**
 * Calls `onPen` with the time of whatever a pen does on this page, above it included, before anybody else
 * hears of it. `isDown`: it comes down.
 */
export function watchPen(
  root: HTMLElement,
  onPen: (pen: { readonly time: number; readonly isDown: boolean }) => void,
): () => void {
  const onEvent = ({ pointerType, timeStamp: time, type }: PointerEvent): void => {
    if (pointerType === "pen") onPen({ time, isDown: type === "pointerdown" });
  };
  const stops = (["pointerdown", "pointermove", "pointerup"] as const).map((type) =>
    listen(root, type, onEvent, { capture: true }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
