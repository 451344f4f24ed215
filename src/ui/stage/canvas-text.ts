/*
 * Joins the field of a text with the canvas that it lies on, and with the commands about it.
 */
import type { Point } from "../../base/geometry.ts";
import { IDENTITY, scaleOf } from "../../base/matrix.ts";
import { drawsSomething } from "../../base/visible-line.ts";
import type { Board, BoardChange, CopiedItem, ItemId } from "../../board/document/board.ts";
import { copiedAttributes } from "../../board/document/field-values.ts";
import { screenToWorld } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Words } from "../../render/shapes/words.ts";
import type { Tools } from "../../tools/tools.ts";
import type { Choices } from "../choices/choices.ts";
import type { Commands } from "../input/commands.ts";
import { takeLateWords } from "../text/late-words.ts";
import type { LostText } from "../text/open-text.ts";
import { createTextEditing } from "../text/text-editing.ts";
import { textLook } from "../text/text-look.ts";
import { pieceAt, textsBelow } from "../text/texts-below.ts";
import type { Strings } from "../words/strings.ts";
import { type CanvasScreen, middleOf, widthInView } from "./canvas-screen.ts";
import type { DrawingLayer } from "./drawing-layer.ts";
import type { ToolDriver } from "./tool-driver.ts";

/** The text that is typed: a field where it is painted, which meanwhile is painted without words. */
export interface CanvasText {
  /** Within the handler of a press or a key, or no phone opens its keyboard. Says whether there is such a text. */
  open(id: ItemId): boolean;
  /** Ends the typing. Says whether there was any. */
  stop(): boolean;
  isOpen(): boolean;
  /**
   * Whether a press there, in CSS pixels, leaves what is typed as it is, for it only goes on to another
   * text. Undefined: it moves the canvas.
   */
  goesOn(at: Point | undefined): boolean;
  viewChanged(): void;
  /** Brings the caret into sight: the keyboard may cover it. */
  reveal(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

/** Words that are nowhere on the board any more, for a person who may want them back. */
export interface LostWords {
  /** Puts them where they were, as a new text. False: this layer takes nothing, which the person is told. */
  putBack(): boolean;
  /** Calls back when whoever took the text away has given it back. */
  onReturn(listener: () => void): void;
}

export interface CanvasTextDeps {
  readonly screen: CanvasScreen;
  readonly board: Board;
  readonly tools: Pick<Tools, "selection" | "textAt">;
  readonly choices: Pick<Choices, "tool">;
  readonly strings: Strings;
  readonly words: Words;
  readonly commands: Commands;
  /** Makes a new text, with the tool in the hand. */
  readonly drag: ToolDriver["drag"];
  /** The words of this text are in a field, and not to be painted. */
  readonly setBlank: (id: ItemId | undefined) => void;
  /** Where words go that are put back. */
  readonly layer: Pick<DrawingLayer, "isOpen" | "refuse">;
  readonly messages: {
    readonly say: (text: string) => void;
    /** Somebody else took away what this person was typing in, or hid or locked its layer. */
    readonly textTaken: (change: BoardChange, lost: LostWords) => void;
  };
  /** A field appeared, or is gone. */
  readonly onChange: () => void;
}

export function createCanvasText(deps: CanvasTextDeps): CanvasText {
  const { tools, choices, words } = deps;
  const { overlay, view, camera } = deps.screen;
  let theme: InkTheme = { dark: false };
  const editing = createTextEditing({
    root: overlay,
    board: deps.board,
    label: deps.strings.tools.text,
    view,
    camera: camera.camera,
    lookOf: (item) => textLook(item, words, theme),
    onChange() {
      const id = editing.editing();
      deps.setBlank(id);
      camera.setTyping(id !== undefined);
      deps.onChange();
    },
    onTaken(change, lost) {
      deps.messages.textTaken(change, { putBack: () => putBack(lost), onReturn: lost.onReturn });
    },
    reveal: camera.reveal,
    fittingWidth(item) {
      if (item.size || item.attributes.width !== undefined) return undefined;
      const width = widthInView(deps.screen, scaleOf(item.matrix));
      return words.layoutOf(item).width > width ? width : undefined;
    },
    onLimit: (limit) =>
      deps.messages.say(limit === "near" ? deps.strings.textNearlyFull : deps.strings.textFull),
    onRest: (item, rest) => void deps.board.paste(textsBelow(item, rest, words), IDENTITY),
  });

  const canType = (): boolean => choices.tool() === "text" || choices.tool() === "note";
  const putBack = ({ item, take }: LostText): boolean => {
    if (!deps.layer.isOpen()) {
      deps.layer.refuse();
      return false;
    }
    const { header, size, matrix } = item;
    const attributes = copiedAttributes(item.attributes);
    const typed = take();
    const text = pieceAt(typed, 0);
    const copy: CopiedItem = { kind: "text", header, size, matrix, attributes, text };
    const rest = textsBelow({ ...item, text }, typed.slice(text.length), words);
    const [id] = deps.board.paste(drawsSomething(typed) ? [copy, ...rest] : [], IDENTITY);
    const goesOn = id !== undefined && (canType() || choices.tool() === "select");
    if (!goesOn || !editing.open(id)) editing.close();
    return true;
  };

  const isTextAt = (at: Point): boolean => {
    const now = camera.camera();
    return tools.textAt(screenToWorld(now, view(), at), now.zoom) !== undefined;
  };
  const isOpen = (): boolean => editing.editing() !== undefined;
  const stop = (): boolean => {
    const typed = isOpen();
    editing.close();
    return typed;
  };
  const edit = (): boolean => {
    const [only, ...others] = tools.selection.ids();
    if (only !== undefined && others.length === 0 && editing.open(only)) return true;
    if (!canType()) return false;
    deps.drag(middleOf(deps.screen), { x: 0, y: 0 }, false);
    return true;
  };
  const stopCommands = deps.commands.handle({ edit, "stop-typing": stop });
  const stopLate = takeLateWords(deps.board, editing.editing);

  return {
    open: editing.open,
    stop,
    isOpen,
    goesOn: (at) => isOpen() && (!at || (canType() && isTextAt(at))),
    viewChanged: editing.viewChanged,
    reveal: editing.reveal,
    setTheme(next) {
      theme = next;
      editing.viewChanged();
    },
    close() {
      stopCommands();
      stopLate();
      editing.close();
    },
  };
}
