/*
 * The pointers of the canvas, from the browser's events to gestures.
 */
import type { Point } from "../../base/geometry.ts";
import type { ViewControl } from "../camera/view.ts";
import type { Choices } from "../choices/choices.ts";
import { createGestures } from "../input/gesture.ts";
import { watchPen } from "../input/pen-watch.ts";
import { createPointerInput } from "../input/pointer.ts";
import type { CanvasEditor } from "./canvas-editor.ts";

/** Pens, fingers and mice on the canvas: what they do becomes gestures, which the editor carries out. */
export interface CanvasPointer {
  isDrawing(): boolean;
  /** A gesture is under way: it draws or moves the canvas. */
  isBusy(): boolean;
  /** Where a mouse or a pen is above the canvas without being down, in CSS pixels. */
  hover(): Point | undefined;
  /** The gesture under way changes nothing. Says whether there was one. */
  breakOff(): boolean;
  /** The space bar turns the mouse into a hand. */
  setPanKey(held: boolean): void;
  /** Lifts every pointer that is down. */
  release(): void;
  close(): void;
}

export interface CanvasPointerDeps {
  readonly surface: HTMLElement;
  /** What lies over it: a wheel there is the canvas's too. */
  readonly over: readonly HTMLElement[];
  readonly choices: Choices;
  readonly camera: Pick<ViewControl, "wheel" | "stopCoasting">;
  readonly editor: Pick<CanvasEditor, "perform" | "setShift" | "hovered" | "typingGoesOn" | "stopTyping">;
  /** A press on the canvas. True: it closed a panel. */
  readonly onPress: () => boolean;
  readonly onWheel: () => void;
  /** A pointer moved, was pressed or lifted. */
  readonly onChange: () => void;
}

export function createCanvasPointer(deps: CanvasPointerDeps): CanvasPointer {
  const { surface, choices, camera, editor, onChange } = deps;
  const gestures = createGestures(choices.hasPen);
  let panKey = false;
  let hover: Point | undefined;
  let shownPan = "";

  const showCursor = (): void => {
    const open = panKey || choices.tool() === "pan";
    const pan = gestures.navigating() ? "panning" : open ? "open" : "none";
    if (pan === shownPan) return;
    shownPan = pan;
    surface.dataset["pan"] = pan;
  };
  const input = createPointerInput({
    surface,
    over: deps.over,
    onInput(event) {
      editor.perform(gestures.handle(event));
      // Where a pointer draws or drags, it does not hover.
      hover = undefined;
      onChange();
      showCursor();
    },
    onWheel(at, move) {
      deps.onWheel();
      camera.wheel(at, move);
    },
    onHover(at) {
      hover = at;
      editor.hovered();
      onChange();
    },
    onShift: editor.setShift,
    typingGoesOn: ({ at, isMiddle }) => editor.typingGoesOn(isMiddle ? undefined : at),
    pressCloses(typingGoesOn) {
      const stopped = camera.stopCoasting();
      const typed = !typingGoesOn && editor.stopTyping();
      return deps.onPress() || stopped || typed;
    },
    pans: (device) => panKey || choices.tool() === "pan" || (device === "touch" && choices.fingersPan()),
  });
  const stops = [
    choices.onChange(showCursor),
    watchPen(document.documentElement, (pen) => {
      choices.seePen();
      const actions = gestures.handle({ type: "pen-near", ...pen });
      if (actions.length > 0) editor.perform(actions);
    }),
  ];

  return {
    isDrawing: gestures.drawing,
    isBusy: () => gestures.drawing() || gestures.navigating(),
    hover: () => hover,
    breakOff() {
      const actions = gestures.breakOff();
      editor.perform(actions);
      onChange();
      return actions.length > 0;
    },
    setPanKey(held) {
      panKey = held;
      showCursor();
    },
    release: input.release,
    close() {
      input.close();
      for (const stop of stops) stop();
    },
  };
}
