/*
 * What keys and buttons do with the selection, by the name of the command.
 */
import type { Board, ItemId } from "../../board/document/board.ts";
import type { Selection } from "../../tools/selection.ts";
import type { ClipboardAccess } from "./clipboard-access.ts";
import type { StageCommand } from "../input/stage-commands.ts";

export interface SelectionCommandDeps {
  readonly board: Board;
  readonly selection: Selection;
  readonly clipboard: ClipboardAccess;
  readonly zoom: () => number;
  /** Whether anything new may go to the layer in use; where it may not, `refuse` says so. */
  readonly isAllowed: () => boolean;
  readonly refuse: () => void;
  /** Takes the selecting tool into the hand. */
  readonly takeSelect: () => void;
  /** Types in what is selected, or in what the tool in the hand makes; says whether there is any. */
  readonly edit: () => boolean;
  /** Opens or closes the colours for what is selected, for the keyboard; says whether they are to be had. */
  readonly colors: () => boolean;
  /** Brings what is selected into sight. */
  readonly reveal: () => void;
}

/** How far an arrow key moves what is selected, in CSS pixels. */
const NUDGE = 8;

/** Does what keys and buttons ask for; says whether it did anything. */
export function createSelectionCommands(deps: SelectionCommandDeps): (command: StageCommand) => boolean {
  const { board, selection, clipboard } = deps;

  const nudge = (x: number, y: number): boolean => {
    const step = NUDGE / deps.zoom();
    return selection.nudge(x * step, y * step);
  };
  const duplicate = (): boolean => {
    if (selection.ids().length === 0) return false;
    if (deps.isAllowed()) return selection.duplicate(deps.zoom());
    deps.refuse();
    return true;
  };
  const select = (ids: readonly ItemId[]): boolean => {
    if (ids.length === 0) return false;
    deps.takeSelect();
    selection.set(ids);
    return true;
  };
  /** One after the other, in the order in which they lie; what belongs together counts once. */
  const step = (by: 1 | -1): boolean => {
    const ids = board.items().map(({ id }) => id);
    if (ids.length === 0) return false;
    const now = selection.ids();
    const edge = now.at(by === 1 ? -1 : 0);
    const from = edge === undefined ? (by === 1 ? -1 : 0) : ids.indexOf(edge);
    for (let i = 1; i <= ids.length; i++) {
      const id = ids[(from + by * i + ids.length * 2) % ids.length]!;
      select([id]);
      // What is locked cannot be selected.
      if (selection.ids().length === 0) continue;
      deps.reveal();
      return true;
    }
    return false;
  };

  return (command) => {
    const ids = selection.ids();
    switch (command) {
      case "copy":
        return clipboard.copy();
      case "cut":
        return clipboard.cut();
      case "paste":
        return clipboard.paste();
      case "duplicate":
        return duplicate();
      case "delete":
        return selection.erase();
      case "select-all":
        return select(board.items().map(({ id }) => id));
      case "select-next":
        return step(1);
      case "select-previous":
        return step(-1);
      case "deselect":
        selection.set([]);
        return ids.length > 0;
      case "edit":
      case "colors":
        return deps[command]();
      case "forward":
      case "backward":
      case "front":
      case "back":
        return ids.length > 0 && board.restack(ids, command);
      case "nudge-left":
        return nudge(-1, 0);
      case "nudge-right":
        return nudge(1, 0);
      case "nudge-up":
        return nudge(0, -1);
      case "nudge-down":
        return nudge(0, 1);
    }
  };
}
