/*
 * Paints the small picture of a page on its canvas. The page that is shown is followed as long as pictures are
 * asked for, so that a change of it costs what changed; others are looked at once, and let go.
 */
import type { Board } from "../../board/document/board.ts";
import type { Clock } from "../../env/clock.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { createLineBreaker } from "../../render/shapes/line-breaks.ts";
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import type { Words } from "../../render/shapes/words.ts";
import { createWords } from "../../render/shapes/words.ts";
import { createStill, type Still } from "../../render/still.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Pages } from "../../session/pages.ts";
import type { Painting } from "./thumbnails.ts";

export interface ThumbnailPainter {
  paint(id: PageId, canvas: HTMLCanvasElement): Promise<Painting>;
  setTheme(theme: InkTheme): void;
  /** Nothing will be asked for in a while: gives back what is kept for it. */
  rest(): void;
}

export interface ThumbnailPainterDeps {
  readonly pages: () => Pages | undefined;
  /** That of the page that is shown. */
  readonly board: () => Board | undefined;
  readonly pictures: PictureSource;
  readonly clock: Pick<Clock, "now" | "after">;
}

/** How many of the device's pixels there are at most to one of CSS, and in all along a side of the square. */
const MOST_PIXELS = 2;
const LARGEST = 440;
/** CSS pixels of a picture that is not laid out yet. */
const USUAL = 176;
/** So long is painted in one task, in milliseconds, where that can be gone on with. */
const SLICE = 12;

export function createThumbnailPainter({
  pages,
  board,
  pictures,
  clock,
}: ThumbnailPainterDeps): ThumbnailPainter {
  const { now } = clock;
  let theme: InkTheme = { dark: false };
  let words: Words | undefined;
  let followed:
    | { readonly board: Board; readonly canvas: HTMLCanvasElement; readonly still: Still }
    | undefined;

  const stillOf = (of: Board, { clientWidth }: HTMLCanvasElement): Still => {
    words ??= createWords(createCanvas, createLineBreaker(document));
    const wanted = Math.round((clientWidth || USUAL) * Math.min(devicePixelRatio, MOST_PIXELS));
    const side = Math.min(wanted, LARGEST);
    return createStill({
      board: of,
      words,
      pictures,
      size: { width: side, height: side },
      createCanvas,
      now,
    });
  };
  const rest = (): void => {
    followed?.still.close();
    followed = undefined;
  };
  const follow = (shown: Board, canvas: HTMLCanvasElement): Still => {
    if (followed?.board !== shown || followed.canvas !== canvas) {
      rest();
      followed = { board: shown, canvas, still: stillOf(shown, canvas) };
    }
    return followed.still;
  };
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      clock.after(0, resolve);
    });

  /** Another page may be shown, or none be wanted, before it is done. */
  const paintShown = async (shown: Board, canvas: HTMLCanvasElement): Promise<Painting> => {
    const still = follow(shown, canvas);
    for (;;) {
      const start = now();
      if (still.work(theme, () => now() - start >= SLICE)) break;
      await pause();
      if (followed?.still !== still) return "stopped";
    }
    still.copyTo(canvas);
    return "painted";
  };

  return {
    async paint(id, canvas) {
      const all = pages();
      const shown = board();
      if (shown && all?.current() === id) return paintShown(shown, canvas);
      const isPainted = await all?.glance(id, (page) => {
        const still = stillOf(page, canvas);
        still.work(theme, () => false);
        still.copyTo(canvas);
        still.close();
        return true;
      });
      return isPainted === true ? "painted" : "unreadable";
    },
    setTheme(next) {
      theme = next;
    },
    rest,
  };
}

function createCanvas(): HTMLCanvasElement {
  return document.createElement("canvas");
}
