/*
 * Joins the field of a text with the canvas that it lies on, and with the commands about it.
 */
import type { Board, BoardChange, ItemId } from "../../board/document/board.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Words } from "../../render/shapes/words.ts";
import type { Selection } from "../../tools/selection.ts";
import type { Choices } from "../choices/choices.ts";
import type { Commands } from "../input/commands.ts";
import { createTextEditing } from "../text/text-editing.ts";
import { textLook } from "../text/text-look.ts";
import type { Strings } from "../words/strings.ts";
import { type CanvasScreen, middleOf } from "./canvas-screen.ts";
import type { ToolDriver } from "./tool-driver.ts";

/** The text that is typed: a field where it is painted, which meanwhile is painted without words. */
export interface CanvasText {
  /** Within the handler of a press or a key, or no phone opens its keyboard. Says whether there is such a text. */
  open(id: ItemId): boolean;
  /** Ends the typing. Says whether there was any. */
  stop(): boolean;
  isOpen(): boolean;
  viewChanged(): void;
  /** Brings the caret into sight: the keyboard may cover it. */
  reveal(): void;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface CanvasTextDeps {
  readonly screen: CanvasScreen;
  readonly board: Board;
  readonly selection: Selection;
  readonly choices: Pick<Choices, "tool">;
  readonly strings: Strings;
  readonly words: Words;
  readonly commands: Commands;
  /** Makes a new text, with the tool in the hand. */
  readonly drag: ToolDriver["drag"];
  /** The words of this text are in a field, and not to be painted. */
  readonly setBlank: (id: ItemId | undefined) => void;
  /** Somebody else took away what this person was typing in, or hid or locked its layer. */
  readonly onTaken: (change: BoardChange) => void;
  /** A field appeared, or is gone. */
  readonly onChange: () => void;
}

export function createCanvasText(deps: CanvasTextDeps): CanvasText {
  const { selection, choices, words } = deps;
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
    onTaken: deps.onTaken,
    reveal: camera.reveal,
  });

  const stop = (): boolean => {
    const typed = editing.editing() !== undefined;
    editing.close();
    return typed;
  };
  const edit = (): boolean => {
    const [only, ...others] = selection.ids();
    if (only !== undefined && others.length === 0 && editing.open(only)) return true;
    const tool = choices.tool();
    if (tool !== "text" && tool !== "note") return false;
    deps.drag(middleOf(deps.screen), { x: 0, y: 0 }, false);
    return true;
  };
  const stopCommands = deps.commands.handle({ edit, "stop-typing": stop });

  return {
    open: editing.open,
    stop,
    isOpen: () => editing.editing() !== undefined,
    viewChanged: editing.viewChanged,
    reveal: editing.reveal,
    setTheme(next) {
      theme = next;
      editing.viewChanged();
    },
    close() {
      stopCommands();
      editing.close();
    },
  };
}
