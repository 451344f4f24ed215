/*
 * How cropping looks: the whole picture, dimmed where nothing of it is to be seen any more, and handles at the
 * edges of the rest, for pointers and for keys.
 */
import type { Point } from "../../base/geometry.ts";
import { apply, cornersOf, type Matrix } from "../../base/matrix.ts";
import { type Crop, croppedBox, NO_CROP, type Picture } from "../../board/document/picture.ts";
import type { PictureSource } from "../../render/shapes/bitmaps.ts";
import { CROP_HANDLES, cropHandleAt, type CropHandle } from "../../tools/cropping.ts";
import { element, listen } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";
import { createHandle, SVG } from "./selection-box.ts";

export interface CropView {
  /** `onto`: from parts of the whole picture to CSS pixels of the canvas. */
  show(picture: Picture, crop: Crop, onto: Matrix): void;
  hide(): void;
  /** Keys go on at the first handle. */
  focus(): void;
  close(): void;
}

export interface CropViewDeps {
  /** Lies over the canvas. */
  readonly overlay: HTMLElement;
  readonly strings: Strings;
  readonly pictures: Pick<PictureSource, "bitmapOf">;
  /** A pointer is on a handle. */
  readonly onGrab: () => void;
  /** A handle is elsewhere by so many CSS pixels: by a pointer, since it was grabbed. */
  readonly onDrag: (name: CropHandle, by: Point) => void;
  /** False: it never was meant. */
  readonly onDrop: (isMeant: boolean) => void;
  /** A key says that this is it. */
  readonly onDone: () => void;
}

const UNIT = { width: 1, height: 1 };

export function createCropView(deps: CropViewDeps): CropView {
  const { overlay, strings } = deps;
  const whole = element("canvas", { class: "crop-whole", attributes: { "aria-hidden": "true" } });
  const dim = path("crop-dim");
  const outline = path("crop-outline");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "selection-lines");
  svg.setAttribute("aria-hidden", "true");
  svg.append(dim, outline);
  const handles = CROP_HANDLES.map((name) => createCropHandle(name, deps));
  const attributes = { role: "group", "aria-label": strings.intake.crop };
  const group = element("div", { id: "crop-handles", attributes }, handles);
  const box = element("div", { id: "crop-box" }, [whole, svg, group]);
  box.hidden = true;
  overlay.prepend(box);
  let painted = "";

  /** As far as it is there. */
  function paintWhole(picture: Picture): void {
    const bitmap = painted === picture.hash ? undefined : deps.pictures.bitmapOf(picture);
    if (!bitmap) return;
    painted = picture.hash;
    whole.width = bitmap.width;
    whole.height = bitmap.height;
    whole.getContext("2d")?.drawImage(bitmap.image, 0, 0);
  }

  return {
    show(picture, crop, onto) {
      box.hidden = false;
      const around = (each: Crop): string => {
        const corners = cornersOf(croppedBox(UNIT, each), onto).map(({ x, y }) => `${x} ${y}`);
        return `M${corners.join("L")}Z`;
      };
      dim.setAttribute("d", around(NO_CROP) + around(crop));
      outline.setAttribute("d", around(crop));
      paintWhole(picture);
      const { a, b, c, d, e, f } = onto;
      const [across, down] = [whole.width, whole.height];
      whole.style.transform = `matrix(${[a / across, b / across, c / down, d / down, e, f].join()})`;
      for (const [i, name] of CROP_HANDLES.entries()) {
        const { x, y } = apply(onto, cropHandleAt(crop, name));
        handles[i]!.style.transform = `translate(${x}px, ${y}px)`;
      }
    },
    hide() {
      box.hidden = true;
      // Its pixels are not kept.
      whole.width = 0;
      painted = "";
    },
    focus: () => handles[0]?.focus(),
    close: () => box.remove(),
  };
}

function path(name: string): SVGPathElement {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("class", name);
  return made;
}

function createCropHandle(
  name: CropHandle,
  { strings, onGrab, onDrag, onDrop, onDone }: CropViewDeps,
): HTMLButtonElement {
  const handle = createHandle("data-crop", name, strings, (step) => {
    onGrab();
    onDrag(name, step);
    onDrop(true);
  });
  let from: Point | undefined;
  const drop = (isMeant: boolean): void => {
    if (from) onDrop(isMeant);
    from = undefined;
  };
  listen(handle, "pointerdown", (event) => {
    if (from) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY };
    onGrab();
  });
  listen(handle, "pointermove", ({ clientX, clientY }) => {
    if (from) onDrag(name, { x: clientX - from.x, y: clientY - from.y });
  });
  listen(handle, "pointerup", () => drop(true));
  listen(handle, "pointercancel", () => drop(false));
  // A click without a pointer came from the keyboard.
  listen(handle, "click", ({ detail }) => detail === 0 && onDone());
  return handle;
}
