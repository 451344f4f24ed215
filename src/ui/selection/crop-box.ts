/*
 * Cropping of the one picture that is selected. All of it becomes one step of the history when it ends.
 *
 *   closed --toggle--> open --toggle, Enter, something else is selected, another tool--> closed, cropped
 *                       +---Escape, the picture is gone--> closed, as it was
 */
import type { Point } from "../../base/geometry.ts";
import { apply, invert, multiply, type Matrix } from "../../base/matrix.ts";
import type { Board, ItemId, PictureItem } from "../../board/document/board.ts";
import type { Crop } from "../../board/document/picture.ts";
import type { Camera, Viewport } from "../../render/canvas/camera.ts";
import { type CropHandle, dragCrop } from "../../tools/cropping.ts";
import type { Selection } from "../../tools/selection.ts";
import { createCropView, type CropViewDeps } from "./crop-view.ts";

/** Cropping of a picture on the canvas. */
export interface CropBox {
  /** Nothing is selected but one picture. */
  isPossible(): boolean;
  isOpen(): boolean;
  /** Begins, or ends and crops; says whether there was anything to do. */
  toggle(): boolean;
  /** Ends and changes nothing; says whether there was anything to end. */
  cancel(): boolean;
  /** Ends and crops, where it is open. */
  finish(): void;
  /** The selection, the board, the camera or the tool in the hand became different. */
  update(): void;
  close(): void;
}

export interface CropBoxDeps extends Pick<CropViewDeps, "overlay" | "strings" | "pictures"> {
  readonly board: Board;
  readonly selection: Selection;
  readonly view: () => Viewport;
  readonly camera: () => Camera;
  /** The tool in the hand selects. */
  readonly active: () => boolean;
  /** It was opened or closed. */
  readonly onChange: () => void;
}

/** Of each direction so many CSS pixels stay, and such a part. */
const LEAST_PIXELS = 16;
const LEAST_PART = 1 / 64;

export function createCropBox(deps: CropBoxDeps): CropBox {
  const { board, selection } = deps;
  /** `before`: when a handle was grabbed. */
  let open: { readonly id: ItemId; crop: Crop; before: Crop } | undefined;

  const only = (): PictureItem | undefined => {
    const [id, ...others] = selection.ids();
    const item = id === undefined || others.length > 0 ? undefined : board.item(id);
    return item?.kind === "picture" ? item : undefined;
  };
  /** From parts of the whole picture to CSS pixels of the canvas. */
  const placing = ({ matrix, size }: PictureItem): Matrix => {
    const { x, y, zoom } = deps.camera();
    const { width, height } = deps.view();
    const onScreen = { a: zoom, b: 0, c: 0, d: zoom, e: width / 2 - x * zoom, f: height / 2 - y * zoom };
    const grown = { a: size.width, b: 0, c: 0, d: size.height, e: 0, f: 0 };
    return multiply(onScreen, multiply(selection.matrix(), multiply(matrix, grown)));
  };
  const set = (crop: Crop): void => {
    const item = only();
    if (!open || !item) return;
    open.crop = crop;
    shown.show(item.picture, crop, placing(item));
  };
  const drag = (name: CropHandle, by: Point): void => {
    const item = only();
    const onto = item && placing(item);
    const back = onto && invert({ ...onto, e: 0, f: 0 });
    if (!open || !back) return;
    const part = (x: number, y: number): number => Math.max(LEAST_PIXELS / Math.hypot(x, y), LEAST_PART);
    const least = { x: part(onto.a, onto.b), y: part(onto.c, onto.d) };
    set(dragCrop(open.before, name, apply(back, by), least));
  };
  const end = (): void => {
    open = undefined;
    shown.hide();
    deps.onChange();
  };
  const finish = (): void => {
    if (!open) return;
    const { id, crop } = open;
    end();
    board.crop(id, crop);
  };
  const begin = (): boolean => {
    const item = only();
    if (!item) return false;
    const { id, crop } = item;
    open = { id, crop, before: crop };
    set(crop);
    deps.onChange();
    // Who came by keyboard goes on so.
    if (document.activeElement?.matches(":focus-visible")) shown.focus();
    return true;
  };
  const shown = createCropView({
    overlay: deps.overlay,
    strings: deps.strings,
    pictures: deps.pictures,
    onGrab: () => void (open &&= { ...open, before: open.crop }),
    onDrag: drag,
    onDrop: (isMeant) => void (open && !isMeant && set(open.before)),
    onDone: finish,
  });

  return {
    isPossible: () => only() !== undefined,
    isOpen: () => open !== undefined,
    toggle() {
      if (!open) return begin();
      finish();
      return true;
    },
    cancel() {
      if (!open) return false;
      end();
      return true;
    },
    finish,
    update() {
      if (!open) return;
      if (deps.active() && only()?.id === open.id) set(open.crop);
      else finish();
    },
    close: shown.close,
  };
}
