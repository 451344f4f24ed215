import type { Box, Point } from "../../base/geometry.ts";
import { boundsOf } from "../../base/geometry.ts";
import type { Board, ItemId } from "../../board/document/board.ts";
import type { ItemIndex } from "../../board/spatial/item-index.ts";
import { INK_TOOLS } from "../../ink/stroke.ts";
import { screenToWorld, worldToScreen } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Words } from "../../render/shapes/words.ts";
import { strokeHeader } from "../../tools/stroke-header.ts";
import { radiusOf } from "../../tools/tool.ts";
import { createTools } from "../../tools/tools.ts";
import type { View } from "../camera/auto-camera.ts";
import { freeMiddle } from "../camera/auto-camera.ts";
import type { Choices } from "../choices/choices.ts";
import { createClipboardAccess } from "../selection/clipboard-access.ts";
import { element } from "../widgets/dom.ts";
import { createDoubleTap } from "../input/double-tap.ts";
import type { Done, ToolInUse, Instrument } from "./tool-driver.ts";
import { createToolDriver } from "./tool-driver.ts";
import type { GestureAction } from "../input/gesture-events.ts";
import type { GestureView } from "./gesture-view.ts";
import { tick } from "../input/haptics.ts";
import type { Refusal } from "../choices/active-layer.ts";
import { activeLayerOf } from "../choices/active-layer.ts";
import { createSelectionCommands } from "../selection/selection-commands.ts";
import { createSelectionView } from "../selection/selection-view.ts";
import type { StageCommand } from "../input/stage-commands.ts";
import type { Strings } from "../words/strings.ts";
import { createTextEditing } from "../text/text-editing.ts";
import { textLook } from "../text/text-look.ts";
import { hasColor, hasSize, isItemTool } from "../choices/tool-names.ts";
import type { ViewControl } from "../camera/view.ts";
import type { Who } from "../people/who.ts";

/** The tools at work on the canvas, what is selected, the text that is typed, and what was copied. */
export interface CanvasEditor {
  /** The picture is up to date when this returns. */
  perform(actions: readonly GestureAction[]): void;
  setShift(held: boolean): void;
  /** Says whether it did anything. */
  command(command: StageCommand): boolean;
  /** Says whether somebody typed. */
  stopTyping(): boolean;
  /** Where the pointer of a gesture is that leaves no ink to see where it is. In CSS pixels. */
  pointer(): Point | undefined;
  /** A pointer is above the paper, or no more. */
  hovered(): void;
  viewChanged(): void;
  /** The same, and the keyboard may cover what is typed. */
  resized(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface CanvasEditorDeps {
  readonly surface: HTMLElement;
  readonly board: Board;
  readonly index: ItemIndex;
  readonly choices: Choices;
  readonly strings: Strings;
  readonly words: Words;
  readonly camera: ViewControl;
  readonly view: () => View;
  readonly gestureView: GestureView;
  /** A gesture is under way. */
  readonly busy: () => boolean;
  /** Where a pointer is above the paper, in CSS pixels. */
  readonly hover: () => Point | undefined;
  readonly boundsOf: (ids: readonly ItemId[]) => Box | undefined;
  readonly paintNow: () => void;
  /** The words of this text are in a field, and not to be painted. */
  readonly setBlank: (id: ItemId | undefined) => void;
  readonly requestFrame: (task: () => void) => () => void;
  readonly now: () => number;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Who wrote in these sessions, where it was not this person. */
  readonly whoWrote: (sessions: readonly number[]) => Who;
  readonly onRefused: (reason: Refusal) => void;
  readonly say: (text: string) => void;
  readonly onError: (error: unknown) => void;
}

export function createCanvasEditor(deps: CanvasEditorDeps): CanvasEditor {
  const { surface, board, choices, strings, words, camera, view, gestureView } = deps;
  let theme: InkTheme = { dark: false };
  const isDoubleTap = createDoubleTap();
  const overlay = element("div", {
    id: "paper-overlay",
    attributes: { role: "region", "aria-label": strings.selection },
  });
  surface.after(overlay);
  const zoom = (): number => camera.camera().zoom;
  const tools = createTools({
    board,
    index: deps.index,
    sizeOf: (item) => words.layoutOf(item),
    edit: (id) => void editing.open(id),
    onError: deps.onError,
  });
  const { selection } = tools;

  const editing = createTextEditing({
    root: overlay,
    board,
    label: strings.tools.text,
    view,
    camera: () => camera.camera(),
    lookOf: (item) => textLook(item, words, theme),
    onChange() {
      deps.setBlank(editing.editing());
      camera.setTyping(editing.editing() !== undefined);
      // A field that appears or goes changes nothing but itself.
      showSelection();
    },
    onTaken({ settings, by }) {
      const { names } = deps.whoWrote(by);
      deps.say(settings ? strings.typedTextLocked(names) : strings.typedTextErased(names));
    },
    reveal: (box) => camera.reveal(box),
  });

  const toolInUse = (name: Instrument): ToolInUse => ({
    name,
    color: name !== "lasso" && hasColor(name) ? choices.colorOf(name) : 0,
    size: name !== "lasso" && hasSize(name) ? choices.sizeOf(name) : 0,
  });
  const inHand = (): ToolInUse | undefined => {
    const tool = choices.tool();
    if (tool === "pan") return undefined;
    return toolInUse(tool === "select" && choices.selectMode() === "lasso" ? "lasso" : tool);
  };
  const refusal = (): Refusal | undefined => {
    const layer = activeLayerOf(board.layers(), choices.activeLayer());
    return layer.locked ? "locked" : layer.hidden ? "hidden" : undefined;
  };
  const isAllowed = (): boolean => refusal() === undefined;
  const refuse = (): void => {
    const reason = refusal();
    if (reason) deps.onRefused(reason);
  };

  const drawing = createToolDriver({
    tools: (name) => tools.tool(name),
    inHand,
    eraser: () => toolInUse("cutter"),
    isAllowed: (name) => name === "lasso" || !isItemTool(name) || isAllowed(),
    refuse,
    camera,
    view,
    show(preview, predicted) {
      gestureView.showOwn(preview, predicted);
      showAids();
      deps.paintNow();
    },
    onDone,
    onTap(fingers) {
      if (fingers === 2) deps.undo();
      else deps.redo();
    },
    onSnap: tick,
    now: deps.now,
    after(ms, task) {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    requestFrame: deps.requestFrame,
  });

  /** Around what an eraser takes, where the pointer is. */
  function showAids(): void {
    const under = drawing.under();
    // A pen's own eraser works whatever is in the hand.
    const what = under ? toolInUse(under.tool) : inHand();
    const at = under?.at ?? deps.hover();
    const ring =
      at && (what?.name === "eraser" || what?.name === "cutter")
        ? { at: screenToWorld(camera.camera(), view(), at), radius: radiusOf(what.size, zoom()) }
        : undefined;
    gestureView.showAids({ lasso: drawing.marquee(), ring });
  }

  function onDone(done: Done): void {
    const { tool, preview, at, isTap } = done;
    // What this person just did is known to be where it is.
    const drawn =
      preview?.kind === "ink"
        ? boundsOf(preview.points, preview.header.width)
        : preview?.kind === "shape"
          ? boundsOf([preview.from, preview.to], preview.header.width)
          : preview?.kind === "transform"
            ? deps.boundsOf(preview.ids)
            : undefined;
    if (drawn) camera.drawn(drawn);
    if (!isTap || (tool !== "select" && tool !== "lasso")) return;
    const item = isDoubleTap(at, zoom()) ? tools.itemAt(at, zoom()) : undefined;
    if (item?.kind === "text") editing.open(item.id);
  }

  const middle = (): Point => screenToWorld(camera.camera(), view(), freeMiddle(view()));
  const reveal = (places: readonly Point[]): void => {
    const box = boundsOf(places.map((at) => worldToScreen(camera.camera(), view(), at)));
    if (box) camera.reveal(box);
  };
  const takeSelect = (): void => {
    if (choices.tool() !== "select") choices.setTool("select");
  };
  const clipboard = createClipboardAccess({
    board,
    selection,
    strings,
    sizeOf: (item) => words.layoutOf(item),
    header() {
      const brush = { tool: "text", color: choices.colorOf("text"), size: choices.sizeOf("text") } as const;
      return { ...strokeHeader(brush, "mouse", zoom()), tool: "text" };
    },
    middle,
    zoom,
    isAllowed,
    refuse,
    onPasted(ids) {
      takeSelect();
      selection.set(ids);
    },
    say: deps.say,
  });
  const command = createSelectionCommands({
    board,
    selection,
    clipboard,
    zoom,
    isAllowed,
    refuse,
    takeSelect,
    edit() {
      const only = selection.ids().length === 1 ? selection.ids()[0]! : undefined;
      if (only !== undefined && editing.open(only)) return true;
      const tool = choices.tool();
      if (tool !== "text" && tool !== "note") return false;
      drawing.drag(middle(), { x: 0, y: 0 }, false);
      return true;
    },
    colors: () => selectionView.toggleColors(),
    reveal: () => reveal(selection.corners()),
  });
  const selectionView = createSelectionView({
    surface,
    overlay,
    board,
    selection,
    strings,
    view,
    camera: () => camera.camera(),
    active: () => choices.tool() === "select" && editing.editing() === undefined,
    busy: deps.busy,
    command: (name) => void command(name),
    drag: (from, by, constrain) => drawing.drag(from, by, constrain),
    reveal: (at) => reveal([at]),
  });
  function showSelection(): void {
    selectionView.update();
  }

  const stops = [
    selection.onChange(showSelection),
    choices.onChange(() => {
      const tool = choices.tool();
      if (tool !== "select" && tool !== "pan") selection.set([]);
      if (tool !== "text" && tool !== "note" && tool !== "select") editing.close();
      showSelection();
      showAids();
    }),
  ];

  return {
    perform(actions) {
      drawing.perform(actions);
      showSelection();
    },
    setShift: (held) => drawing.setShift(held),
    command,
    stopTyping() {
      const typed = editing.editing() !== undefined;
      editing.close();
      return typed;
    },
    pointer() {
      const under = drawing.under();
      return under && !(INK_TOOLS as readonly string[]).includes(under.tool) ? under.at : undefined;
    },
    hovered: showAids,
    viewChanged() {
      editing.viewChanged();
      showSelection();
    },
    resized() {
      editing.viewChanged();
      editing.reveal();
      showSelection();
    },
    setTheme(next) {
      theme = next;
      selectionView.setTheme(next);
      editing.viewChanged();
    },
    close() {
      for (const stop of stops) stop();
      drawing.close();
      editing.close();
      clipboard.close();
      selectionView.close();
      tools.close();
      overlay.remove();
    },
  };
}
