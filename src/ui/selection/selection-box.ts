/*
 * The box around what is selected and its handles, which a pointer drags through the tool and keys move by
 * themselves.
 */
import type { Point } from "../../base/geometry.ts";
import { type Camera, type Viewport, worldToScreen } from "../../render/canvas/camera.ts";
import type { HandleName } from "../../tools/handles.ts";
import type { Selection } from "../../tools/selection.ts";
import { element, listen } from "../widgets/dom.ts";
import type { Strings } from "../words/strings.ts";

/** A box around what is selected, above the canvas; its handles are for keys too. */
export interface SelectionBox {
  /** The selection or the camera moved. */
  update(): void;
  close(): void;
}

export interface SelectionBoxDeps {
  /** The canvas. Presses on the handles are presses on it, for the tool in the hand. */
  readonly surface: HTMLElement;
  readonly selection: Selection;
  readonly strings: Strings;
  readonly view: () => Viewport;
  readonly camera: () => Camera;
  /** Handles are there only where the tool in the hand knows them. */
  readonly active: () => boolean;
  /** A key moves a handle from a place by so many world units. */
  readonly drag: (from: Point, by: Point, constrain: boolean) => void;
  /** Brings a place of the world into sight. */
  readonly reveal: (at: Point) => void;
}

export const SVG = "http://www.w3.org/2000/svg";
/** How far an arrow key moves a handle, in CSS pixels; with shift it keeps the shape. */
const KEY_STEP = 8;
/** In the order of the tab key: around the box, then the turn. */
const HANDLES: readonly HandleName[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w", "rotate"];
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function createSelectionBox(deps: SelectionBoxDeps): SelectionBox {
  const { surface, selection, strings } = deps;
  const outline = document.createElementNS(SVG, "polygon");
  outline.setAttribute("class", "selection-outline");
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "selection-lines");
  svg.setAttribute("aria-hidden", "true");
  svg.append(outline);

  const handles = new Map<HandleName, HTMLButtonElement>();
  for (const name of HANDLES) {
    const handle = createHandle("data-handle", name, strings, (step, event) => onKey(name, step, event));
    listen(handle, "focus", () => {
      const at = placeOf(name);
      if (at && handle.matches(":focus-visible")) deps.reveal(at);
    });
    handles.set(name, handle);
  }
  const attributes = { role: "group", "aria-label": strings.selectionHandles };
  const group = element("div", { id: "selection-handles", attributes }, [...handles.values()]);
  // Nothing is selected yet, and nobody may ask for a while.
  group.hidden = true;
  surface.append(svg, group);
  // A browser scrolls to what gets the focus beyond the edge; here the camera moves instead.
  const stopScrolls = listen(surface, "scroll", () => surface.scrollTo(0, 0));

  const placeOf = (name: HandleName): Point | undefined =>
    selection.handles(deps.camera().zoom).find((handle) => handle.name === name)?.at;

  function onKey(name: HandleName, step: Point, event: KeyboardEvent): void {
    const { zoom } = deps.camera();
    const at = placeOf(name);
    if (at) deps.drag(at, { x: step.x / zoom, y: step.y / zoom }, event.shiftKey);
  }

  const onScreen = (place: Point): Point => worldToScreen(deps.camera(), deps.view(), place);

  return {
    update() {
      // So it is at each move of a pointer that is about to enclose something.
      const isEmpty = selection.ids().length === 0;
      if (isEmpty && group.hidden && !outline.hasAttribute("points")) return;
      const corners = selection.corners().map(onScreen);
      if (isEmpty) outline.removeAttribute("points");
      else outline.setAttribute("points", corners.map(({ x, y }) => `${fixed(x)},${fixed(y)}`).join(" "));
      const places = deps.active() ? selection.handles(deps.camera().zoom) : [];
      group.hidden = places.length === 0;
      for (const [name, handle] of handles) {
        const place = places.find((each) => each.name === name);
        handle.hidden = place === undefined;
        if (!place) continue;
        const { x, y } = onScreen(place.at);
        handle.style.transform = `translate(${fixed(x)}px, ${fixed(y)}px)`;
      }
    },
    close() {
      stopScrolls();
      svg.remove();
      group.remove();
    },
  };
}

/** A handle that arrow keys move; `onStep`: by so many CSS pixels. */
export function createHandle(
  attribute: string,
  name: HandleName,
  strings: Strings,
  onStep: (step: Point, event: KeyboardEvent) => void,
): HTMLButtonElement {
  const attributes = { type: "button", "aria-label": strings.handles[name], [attribute]: name };
  const handle = element("button", { class: "selection-handle", attributes });
  listen(handle, "keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    onStep({ x: arrow.x * KEY_STEP, y: arrow.y * KEY_STEP }, event);
  });
  return handle;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
