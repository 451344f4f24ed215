import type { Screen } from "./screens.ts";

/** The card's parts above and below the screen, and the gaps of the stage, in CSS pixels. */
const CARD_HEIGHT = 164;
const CARD_GAP = 24;
/** A page that scrolls shows screens at least as large as if it were this high. */
const SCROLLED_HEIGHT = 700;
/** As in style.css. */
const NARROW = "(max-width: 899px)";

/** How many times as large phones with these screens are shown, so that two of them fit on the page. */
export function fittingScale(stage: HTMLElement, screens: readonly Screen[]): number {
  // Where everything is one column, the page scrolls, and the stage is as high as what is on it.
  const isNarrow = matchMedia(NARROW).matches;
  const room = isNarrow ? Math.max(innerHeight, SCROLLED_HEIGHT) : stage.clientHeight;
  const heights = screens.map(({ height }) => (room - CARD_HEIGHT) / height);
  const [a, b] = screens;
  // The first two side by side; more of them are reached by scrolling.
  const width = isNarrow
    ? Math.max(...screens.map((screen) => screen.width))
    : (a?.width ?? 0) + (b?.width ?? 0);
  const gaps = isNarrow ? CARD_GAP * 1.5 : CARD_GAP * 4;
  return Math.max(0.3, Math.min(1, ...heights, (stage.clientWidth - gaps) / width));
}
