/*
 * The small pictures of pages, on whichever canvases they are to be: made for those in sight, and kept true.
 */
import type { Board } from "../../board/document/board.ts";
import type { Clock } from "../../env/clock.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import type { PageId } from "../../board/pages/page-id.ts";
import type { Pages } from "../../session/pages.ts";
import { createSights } from "./sights.ts";
import { createThumbnailPainter } from "./thumbnail-painter.ts";
import { createThumbnails } from "./thumbnails.ts";

export interface Pictures {
  /** The canvas shows the page from now on, or no more. */
  readonly set: SetPicture;
  /** The pages have changed, or it is time to look at them. */
  update(all: Pages): void;
  setTheme(theme: InkTheme): void;
  /** Nothing of them will be seen in a while. */
  rest(): void;
  close(): void;
}

export type SetPicture = (id: PageId, canvas: HTMLCanvasElement, isThere: boolean) => void;

export interface PicturesDeps {
  readonly pages: () => Pages | undefined;
  /** That of the page that is shown. */
  readonly board: () => Board | undefined;
  /** Of what is on the pages. */
  readonly bitmaps: PictureSource;
  readonly clock: Clock;
}

export function createPictures({ pages, board, bitmaps, clock }: PicturesDeps): Pictures {
  const canvases = new Map<PageId, HTMLCanvasElement>();
  let theme: InkTheme = { dark: false };
  const painter = createThumbnailPainter({ pages, board, pictures: bitmaps, clock });
  const thumbnails = createThumbnails({
    clock,
    async paint(id) {
      const canvas = canvases.get(id);
      return canvas ? painter.paint(id, canvas) : "stopped";
    },
    drop(id) {
      const canvas = canvases.get(id);
      if (canvas) canvas.width = 0;
    },
  });
  const sights = createSights(thumbnails.setInSight);

  return {
    set(id, canvas, isThere) {
      if (isThere) {
        canvases.set(id, canvas);
        thumbnails.forget(id);
        sights.watch(id, canvas);
        return;
      }
      sights.forget(canvas);
      if (canvases.get(id) !== canvas) return;
      canvases.delete(id);
      thumbnails.setInSight(id, false);
    },
    update(all) {
      thumbnails.update([...all.list(), ...all.removed()], all.current(), theme.dark ? "dark" : "light");
    },
    setTheme(next) {
      theme = next;
      painter.setTheme(next);
    },
    rest: painter.rest,
    close() {
      thumbnails.close();
      painter.rest();
      sights.close();
    },
  };
}
