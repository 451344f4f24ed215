/*
 * Runs in a page of its own: a board, its renderer on two canvases, and the same board painted plainly,
 * stroke by stroke over the whole canvas, to compare with.
 */
import { hashBytes, hashText } from "../../src/base/hash.ts";
import type { Background } from "../../src/board/document/backgrounds.ts";
import type { ItemId, Layer, StrokeItem, TextItem } from "../../src/board/document/board.ts";
import { partlyErased } from "../../src/board/previews/partly-erased.ts";
import type { Preview } from "../../src/board/previews/preview.ts";
import type { InkPoint } from "../../src/ink/stroke.ts";
import type { LaserTrail } from "../../src/render/layers/laser.ts";
import type { Overlay } from "../../src/render/layers/overlay.ts";
import type { ItemChange } from "../render/fake-board.ts";
import { createRenderComparisons, type RenderComparisons } from "./render-comparisons.ts";
import { createRenderScreen, type RenderScreen, type ScreenSize } from "./render-screen.ts";

export interface RenderPage extends RenderComparisons {
  fill(strokes: readonly FinishedStroke[]): void;
  write(texts: readonly Pick<TextItem, "header" | "matrix" | "size" | "text">[]): void;
  /** Puts a picture on the top, and says its name. */
  show(picture: Parameters<RenderScreen["board"]["insertPicture"]>[1]): ItemId;
  /** The bytes of a picture are here from now on. */
  bring(hash: string, bytes: readonly number[]): void;
  alter(id: ItemId, change: ItemChange): void;
  setLayers(layers: readonly Partial<Layer>[]): void;
  setBackground(background: Background): void;
  setTheme(theme: { readonly dark: boolean }): void;
  preview(preview: Preview | undefined): void;
  shine(trails: readonly LaserTrail[]): void;
  setOverlay(overlay: Overlay | undefined): void;
  /** Waits until nothing changes any more; how many frames that took. */
  rest(): Promise<number>;
  /** The red, green and blue on the screen at a place of the world. */
  colorAt(x: number, y: number): readonly number[];
  /** A hash of all that is on the screen. */
  picture(): string;
  /** How much ink each item has, and how much of it outside its box, at this zoom. */
  strays(zoom: number): ReturnType<RenderScreen["strays"]>;
  /** Takes a stretch out of each stroke, as a partial eraser does. */
  cutAll(): void;
  /** Takes all items away. */
  hideAll(): void;
  /** Throws all canvases away, as an engine short of memory does, and gives them back empty. */
  loseAll(): void;
  /** Whether the engine took the hint for a short way to the screen. */
  hasOwnTime(): boolean | undefined;
}

export interface FinishedStroke {
  readonly header: StrokeItem["header"];
  readonly layer?: string;
  readonly points: readonly InkPoint[];
  /** False: a contact's pen is still on it. */
  readonly ended?: boolean;
}

function createRenderPage(size: ScreenSize, pixelRatio: number): RenderPage {
  const screen = createRenderScreen(size, pixelRatio);
  const { board, previewed, renderer, canvases, others, transform, settled, shown, shownAt } = screen;
  return {
    ...createRenderComparisons(screen),
    fill(strokes) {
      for (const { header, points, layer, ended } of strokes) {
        const id = board.insert(board.items().length, header, points, ended);
        if (layer !== undefined) board.alter(id, { layer });
      }
    },
    write(texts) {
      for (const text of texts) board.insertText(board.items().length, text);
    },
    show: (picture) =>
      board.insertPicture(board.items().length, {
        ...picture,
        // What comes from the test is no array of bytes any more.
        picture: { ...picture.picture, thumbnail: Uint8Array.from(Object.values(picture.picture.thumbnail)) },
      }),
    bring: (hash, bytes) => screen.bring(hash, Uint8Array.from(bytes)),
    alter: (id, change) => board.alter(id, change),
    setLayers: (layers) => board.setLayers(layers),
    setBackground: (background) => void board.setBackground(background),
    setTheme(next) {
      screen.theme = next;
      renderer.setTheme(next);
    },
    preview: (preview) => previewed.setPreview("me", preview),
    shine: (trails) => renderer.setLasers(trails),
    setOverlay: (overlay) => renderer.setOverlay(overlay),
    rest: settled,
    colorAt(x, y) {
      const { scale, ...origin } = transform();
      return [...shownAt(Math.floor(x * scale + origin.x), Math.floor(y * scale + origin.y))].slice(0, 3);
    },
    picture: () => hashText(hashBytes(new Uint8Array(shown().buffer))),
    loseAll() {
      for (const canvas of [...canvases, ...others]) {
        // Setting a size empties it, which is what is left after a loss.
        canvas.setAttribute("width", String(canvas.width));
        canvas.dispatchEvent(new Event("contextlost"));
        canvas.dispatchEvent(new Event("contextrestored"));
      }
    },
    strays(zoom) {
      renderer.setCamera({ x: 0, y: 0, zoom });
      return screen.strays();
    },
    cutAll() {
      for (const item of board.items()) {
        if (item.kind !== "stroke" || item.points.length < 3) continue;
        const { header, points, parts } = partlyErased(item, [{ from: 0.6, to: 1.2 }]);
        board.alter(item.id, { header, points, ...(parts ? { parts } : {}) });
      }
    },
    hideAll: () => board.hide(board.items().map(({ id }) => id)),
    hasOwnTime: () => canvases.at(-1)?.getContext("2d")?.getContextAttributes().desynchronized,
  };
}

Object.assign(window, { createRenderPage });
