/** How much of the page's lower edge the screen's keyboard covers, in CSS pixels. */
export interface KeyboardInset {
  height(): number;
  close(): void;
}

/** Where a system does not make the page smaller for its keyboard, it tells of it here, and may scroll the page. */
export function watchKeyboard(onChange: () => void): KeyboardInset {
  const viewport = window.visualViewport;
  // Who zooms the whole page sees a part of it for another reason.
  const isZoomed = (): boolean => (viewport?.scale ?? 1) > 1;
  const changed = (): void => {
    // The canvas comes to the words by itself; a page that is scrolled would lose its bars.
    if (!isZoomed()) window.scrollTo(0, 0);
    onChange();
  };
  viewport?.addEventListener("resize", changed);
  viewport?.addEventListener("scroll", changed);
  return {
    height: () =>
      viewport && !isZoomed() ? Math.max(window.innerHeight - viewport.height - viewport.offsetTop, 0) : 0,
    close() {
      viewport?.removeEventListener("resize", changed);
      viewport?.removeEventListener("scroll", changed);
    },
  };
}
