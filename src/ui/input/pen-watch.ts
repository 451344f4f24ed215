import { listen } from "../widgets/dom.ts";

/** Calls `onPen` with the time of whatever a pen does on this page, above it included, before anybody else hears of it. */
export function watchPen(root: HTMLElement, onPen: (time: number) => void): () => void {
  const onEvent = (event: PointerEvent): void => {
    if (event.pointerType === "pen") onPen(event.timeStamp);
  };
  const stops = (["pointerdown", "pointermove", "pointerup"] as const).map((type) =>
    listen(root, type, onEvent, { capture: true }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
