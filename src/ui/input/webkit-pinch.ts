/** WebKit's own event of a pinch on a trackpad, where other engines turn a wheel with Ctrl. */
interface WebKitGesture extends MouseEvent {
  /** The distance of the fingers by that at the start. */
  readonly scale: number;
}

/** Calls `zoom` with where the pointer is, and with the factor since the last call. */
export function listenToWebKitPinch(
  surface: HTMLElement,
  zoom: (at: MouseEvent, factor: number) => void,
): () => void {
  let before = 1;
  const onStart = (event: Event): void => {
    event.preventDefault();
    before = 1;
  };
  const onChange = (event: Event): void => {
    event.preventDefault();
    const gesture = event as WebKitGesture;
    const { scale } = gesture;
    if (!(scale > 0)) return;
    zoom(gesture, scale / before);
    before = scale;
  };
  surface.addEventListener("gesturestart", onStart);
  surface.addEventListener("gesturechange", onChange);
  return () => {
    surface.removeEventListener("gesturestart", onStart);
    surface.removeEventListener("gesturechange", onChange);
  };
}
