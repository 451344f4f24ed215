/*
 * What a person does to the board on the canvas: with a tool, with what is selected, and in a text.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { boundsOf } from "../../base/geometry.ts";
import type { Board, BoardChange } from "../../board/document/board.ts";
import { INK_TOOLS } from "../../ink/stroke.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { radiusOf, type ToolPreview } from "../../tools/tool.ts";
import { createTools } from "../../tools/tools.ts";
import type { Choices } from "../choices/choices.ts";
import type { Commands } from "../input/commands.ts";
import { createDoubleTap } from "../input/double-tap.ts";
import type { GestureAction } from "../input/gesture-events.ts";
import { tick } from "../input/haptics.ts";
import type { ClipboardMessages } from "../selection/clipboard-access.ts";
import type { Strings } from "../words/strings.ts";
import type { CanvasScreen } from "./canvas-screen.ts";
import { type CanvasSelection, createCanvasSelection, type SelectedItems } from "./canvas-selection.ts";
import { createCanvasText, type LostWords } from "./canvas-text.ts";
import type { DrawingLayer } from "./drawing-layer.ts";
import type { PaintedBoard } from "./painted-board.ts";
import type { StageClock } from "./stage-clock.ts";
import { createToolDriver } from "./tool-driver.ts";
import type { FinishedGesture } from "./tool-gesture.ts";
import type { ToolSettings } from "./tool-in-hand.ts";
import { createToolInHand } from "./tool-in-hand.ts";

/** The tools at work on the canvas, what is selected, the text that is typed, and what was copied. */
export interface CanvasEditor {
  readonly selected: SelectedItems;
  /** The picture is up to date when this returns. */
  perform(actions: readonly GestureAction[]): void;
  setShift(held: boolean): void;
  /** Whether a press there, in CSS pixels, leaves what is typed as it is. Undefined: it moves the canvas. */
  typingGoesOn(at: Point | undefined): boolean;
  /** Says whether somebody typed. */
  stopTyping(): boolean;
  /** Where the pointer of a gesture is that leaves no ink to see where it is. In CSS pixels. */
  cursor(): Point | undefined;
  readonly selection: Pick<CanvasSelection, "placePicture" | "release">;
  /** A pointer is above the canvas, or no more. */
  hovered(): void;
  viewChanged(): void;
  /** Brings what is typed into sight: the keyboard may cover it. */
  revealTyping(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface CanvasEditorDeps {
  readonly screen: CanvasScreen;
  readonly board: Board;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly layer: DrawingLayer;
  readonly commands: Commands;
  readonly clock: StageClock;
  readonly painted: PaintedBoard;
  readonly pointer: PointerState;
  readonly messages: CanvasMessages;
  readonly onError: (error: unknown) => void;
}

/** What the pointers do now. */
export interface PointerState {
  /** A gesture is under way. */
  readonly isBusy: () => boolean;
  /** Where a mouse or a pen is above the canvas, in CSS pixels. */
  readonly hover: () => Point | undefined;
}

/** What there may be to tell the person about the canvas. */
export interface CanvasMessages extends ClipboardMessages {
  /** Somebody else took away what this person was typing in, or hid or locked its layer. */
  readonly textTaken: (change: BoardChange, lost: LostWords) => void;
}

export function createCanvasEditor(deps: CanvasEditorDeps): CanvasEditor {
  const { screen, board, choices, strings, layer, commands, painted, pointer, messages } = deps;
  const { words } = painted;
  const { camera, view } = screen;
  const isDoubleTap = createDoubleTap();
  const zoom = (): number => camera.camera().zoom;
  const hand = createToolInHand({ choices, layer });
  const tools = createTools({
    board,
    index: painted.index,
    sizeOf: words.layoutOf,
    edit: (id) => void text.open(id),
    stopEditing: () => void text.stop(),
    onError: deps.onError,
  });
  const driver = createToolDriver({
    tools,
    hand,
    camera,
    view,
    commands,
    clock: deps.clock,
    show(preview, predicted) {
      painted.renderer.paintNow(() => {
        painted.gestures.showOwn(preview, predicted);
        showAids();
      });
    },
    onFinish,
    onSnap: tick,
  });
  const text = createCanvasText({
    screen,
    board,
    tools,
    choices,
    strings,
    words,
    commands,
    drag: driver.drag,
    setBlank: painted.setBlank,
    layer,
    messages,
    // A field that appears or goes changes nothing but itself.
    onChange: () => selection.update(),
  });
  const selection = createCanvasSelection({
    screen,
    board,
    selection: tools.selection,
    choices,
    strings,
    painted,
    layer,
    commands,
    isBusy: pointer.isBusy,
    isTyping: text.isOpen,
    drag: driver.drag,
    messages,
  });

  function showAids(): void {
    const active = driver.active();
    // A pen's own eraser works whatever is in the hand.
    const what = active ? hand.settingsOf(active.tool) : hand.current();
    const ring = eraserRing(what, active?.at ?? pointer.hover(), screen);
    painted.gestures.showAids({ lasso: driver.marquee(), ring });
  }

  function onFinish({ tool, preview, at, isTap }: FinishedGesture): void {
    // What this person just did is known to be where it is.
    const drawn = boxOf(preview, painted);
    if (drawn) camera.drawn(drawn);
    if (!isTap || (tool !== "select" && tool !== "lasso")) return;
    const item = isDoubleTap(at, zoom()) ? tools.itemAt(at, zoom()) : undefined;
    if (item?.kind === "text") text.open(item.id);
    if (item?.kind === "picture") commands.run("crop");
  }

  const stopChoices = choices.onChange(() => {
    const tool = choices.tool();
    if (tool !== "select" && tool !== "pan") tools.selection.set([]);
    if (tool !== "text" && tool !== "note" && tool !== "select") text.stop();
    selection.update();
    showAids();
  });

  return {
    selected: selection.selected,
    perform(actions) {
      driver.perform(actions);
      selection.update();
    },
    setShift: driver.setShift,
    typingGoesOn: text.goesOn,
    stopTyping: text.stop,
    cursor() {
      const active = driver.active();
      return active && !(INK_TOOLS as readonly string[]).includes(active.tool) ? active.at : undefined;
    },
    selection,
    hovered: showAids,
    viewChanged() {
      text.viewChanged();
      selection.update();
    },
    revealTyping: text.reveal,
    setTheme(theme) {
      selection.setTheme(theme);
      text.setTheme(theme);
    },
    close() {
      stopChoices();
      driver.close();
      text.close();
      selection.close();
      tools.close();
    },
  };
}

/** Around what an eraser takes, in world units; undefined for another tool, and where there is no pointer. */
function eraserRing(
  what: ToolSettings | undefined,
  at: Point | undefined,
  { camera, view }: CanvasScreen,
): { readonly at: Point; readonly radius: number } | undefined {
  if (!at || (what?.name !== "eraser" && what?.name !== "cutter")) return undefined;
  const now = camera.camera();
  return { at: screenToWorld(now, view(), at), radius: radiusOf(what.size, now.zoom) };
}

/** Where a gesture left something, in world units. */
function boxOf(preview: ToolPreview | undefined, { boundsOf: boundsOfItems }: PaintedBoard): Box | undefined {
  switch (preview?.kind) {
    case "ink":
      return boundsOf(preview.points, preview.header.width);
    case "shape":
      return boundsOf([preview.from, preview.to], preview.header.width);
    case "transform":
      return boundsOfItems(preview.ids);
    case "width":
      return boundsOfItems([preview.id]);
    default:
      return undefined;
  }
}
