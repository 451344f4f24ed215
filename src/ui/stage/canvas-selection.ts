/*
 * Joins the selection of the tools with its view, its commands and the clipboard.
 */
import { type Box, boundsOf, type Point } from "../../base/geometry.ts";
import type { Board, ItemId } from "../../board/document/board.ts";
import type { Picture } from "../../board/document/picture.ts";
import { screenToWorld, worldToScreen } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Selection } from "../../tools/selection.ts";
import { strokeHeader } from "../../tools/stroke-header.ts";
import type { Choices } from "../choices/choices.ts";
import type { Commands } from "../input/commands.ts";
import { freeScreen } from "../camera/auto-camera.ts";
import { placeOn } from "../input/place-on.ts";
import { type ClipboardMessages, createClipboardAccess } from "../selection/clipboard-access.ts";
import { selectionCommands } from "../selection/selection-commands.ts";
import { createSelectionView } from "../selection/selection-view.ts";
import type { Strings } from "../words/strings.ts";
import { type CanvasScreen, middleOf, widthInView } from "./canvas-screen.ts";
import type { DrawingLayer } from "./drawing-layer.ts";
import type { PaintedBoard } from "./painted-board.ts";
import type { ToolDriver } from "./tool-driver.ts";

/** What is selected, for whoever takes it along or brings more. */
export interface SelectedItems {
  ids(): readonly ItemId[];
  /** Takes the selecting tool. */
  set(ids: readonly ItemId[]): void;
  /** Whether something may be added; else the person is told why not. */
  mayAdd(): boolean;
}

/** What is selected on the canvas: how it is seen, what the commands do with it, and the clipboard. */
export interface CanvasSelection {
  readonly selected: SelectedItems;
  /** The camera moved, a gesture goes on, or another tool is in the hand. */
  update(): void;
  /**
   * Puts a picture on the board and selects it; `at`: its middle, in world units, undefined: in the middle of the
   * view; `nth`: so many that came at once are there already.
   */
  placePicture(picture: Picture, at: Point | undefined, nth: number): void;
  /** What is being cropped stays so. */
  release(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface CanvasSelectionDeps {
  readonly screen: CanvasScreen;
  readonly board: Board;
  readonly selection: Selection;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly painted: Pick<PaintedBoard, "words" | "pictures">;
  readonly layer: DrawingLayer;
  readonly commands: Commands;
  /** A gesture is under way: a menu would be in its way. */
  readonly isBusy: () => boolean;
  /** The field of a text stands in place of the handles. */
  readonly isTyping: () => boolean;
  readonly drag: ToolDriver["drag"];
  readonly messages: ClipboardMessages;
}

/** Of what the bars leave free, so much of each side is for a new picture. */
const PICTURE_PART = 0.6;
/** Further ones lie so many CSS pixels beside the one before. */
const BESIDE = 16;

export function createCanvasSelection(deps: CanvasSelectionDeps): CanvasSelection {
  const { screen, board, selection, choices, strings, painted, layer, commands } = deps;
  const { camera, view } = screen;
  const zoom = (): number => camera.camera().zoom;

  const reveal = (places: readonly Point[]): void => {
    const box = boundsOf(places.map((at) => worldToScreen(camera.camera(), view(), at)));
    if (box) camera.reveal(box);
  };
  const takeSelect = (): void => {
    if (choices.tool() !== "select") choices.setTool("select");
  };
  const select = (ids: readonly ItemId[]): void => {
    takeSelect();
    selection.set(ids);
  };
  const clipboard = createClipboardAccess({
    board,
    selection,
    strings,
    sizeOf: painted.words.layoutOf,
    header() {
      const brush = { tool: "text", color: choices.colorOf("text"), size: choices.sizeOf("text") } as const;
      return { ...strokeHeader(brush, "mouse", zoom()), tool: "text" };
    },
    places: {
      middle: () => middleOf(screen),
      lineWidth: () => widthInView(screen, 1),
      zoom,
      placeAt: (event) =>
        screenToWorld(camera.camera(), view(), placeOn(screen.surface.getBoundingClientRect(), event)),
    },
    isAllowed: layer.isOpen,
    refuse: layer.refuse,
    onPasted: select,
    messages: deps.messages,
  });
  const shown = createSelectionView({
    elements: screen,
    board,
    selection,
    strings,
    pictures: painted.pictures,
    view,
    camera: camera.camera,
    active: () => choices.tool() === "select" && !deps.isTyping(),
    busy: deps.isBusy,
    commands,
    drag: deps.drag,
    reveal: (at) => reveal([at]),
  });
  const stops = [
    selection.onChange(shown.update),
    commands.handle(
      selectionCommands({
        board,
        selection,
        clipboard,
        zoom,
        isAllowed: layer.isOpen,
        refuse: layer.refuse,
        takeSelect,
        colors: shown.toggleColors,
        crop: shown.crop,
        reveal: () => reveal(selection.corners()),
      }),
    ),
  ];
  return {
    selected: {
      ids: selection.ids,
      set: select,
      mayAdd() {
        layer.refuse();
        return layer.isOpen();
      },
    },
    update: shown.update,
    placePicture(picture, at = middleOf(screen), nth) {
      if (!layer.isOpen()) return layer.refuse();
      commands.run("stop-typing");
      const id = board.addPicture(picture, boxForPicture(picture, at, nth, screen));
      if (id === "") return;
      select([id]);
    },
    release: shown.crop.finish,
    setTheme: shown.setTheme,
    close() {
      for (const stop of stops) stop();
      clipboard.close();
      shown.close();
    },
  };
}

/** As large as it is, a pixel for a pixel of CSS, where that is in sight; in world units. */
function boxForPicture(
  { width, height }: Picture,
  { x, y }: Point,
  nth: number,
  { camera, view }: CanvasScreen,
): Box {
  const { minX, minY, maxX, maxY } = freeScreen(view());
  const fits = (free: number, length: number): number => (free * PICTURE_PART) / length;
  const { zoom } = camera.camera();
  const scale = Math.min(1, fits(maxX - minX, width), fits(maxY - minY, height)) / zoom;
  const [halfWidth, halfHeight] = [(width * scale) / 2, (height * scale) / 2];
  const beside = (nth * BESIDE) / zoom;
  return {
    minX: x - halfWidth + beside,
    minY: y - halfHeight + beside,
    maxX: x + halfWidth + beside,
    maxY: y + halfHeight + beside,
  };
}
