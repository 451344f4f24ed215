/*
 * What keys and buttons do with the selection, by the name of the command.
 */
import type { Board, ItemId } from "../../board/document/board.ts";
import type { Selection } from "../../tools/selection.ts";
import type { CommandHandlers, SelectionCommand } from "../input/commands.ts";
import type { ClipboardAccess } from "./clipboard-access.ts";
import type { CropBox } from "./crop-box.ts";

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
  /** Opens or closes the colours for what is selected, for the keyboard; says whether they are to be had. */
  readonly colors: () => boolean;
  readonly crop: Pick<CropBox, "toggle" | "cancel">;
  /** Brings what is selected into sight. */
  readonly reveal: () => void;
}

/** How far an arrow key moves what is selected, in CSS pixels. */
const NUDGE = 8;

/** What can be done with the selection, by the names of the commands. */
export function selectionCommands(deps: SelectionCommandDeps): CommandHandlers<SelectionCommand> {
  const { board, selection, clipboard } = deps;

  const nudge = (x: number, y: number) => (): boolean => {
    const step = NUDGE / deps.zoom();
    return selection.nudge(x * step, y * step);
  };
  const restack = (to: "forward" | "backward" | "front" | "back") => (): boolean => {
    const ids = selection.ids();
    return ids.length > 0 && board.restack(ids, to);
  };
  const select = (ids: readonly ItemId[]): boolean => {
    if (ids.length === 0) return false;
    deps.takeSelect();
    selection.set(ids);
    return true;
  };
  /** One after the other, in the order in which they lie; what belongs together counts once. */
  const step = (by: 1 | -1) => (): boolean => {
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

  return {
    copy: clipboard.copy,
    cut: clipboard.cut,
    paste: clipboard.paste,
    duplicate() {
      if (selection.ids().length === 0) return false;
      if (deps.isAllowed()) return selection.duplicate(deps.zoom());
      deps.refuse();
      return true;
    },
    delete: () => selection.erase(),
    "select-all": () => select(board.items().map(({ id }) => id)),
    "select-next": step(1),
    "select-previous": step(-1),
    deselect() {
      if (deps.crop.cancel()) return true;
      const had = selection.ids().length > 0;
      selection.set([]);
      return had;
    },
    colors: deps.colors,
    crop: deps.crop.toggle,
    forward: restack("forward"),
    backward: restack("backward"),
    front: restack("front"),
    back: restack("back"),
    "nudge-left": nudge(-1, 0),
    "nudge-right": nudge(1, 0),
    "nudge-up": nudge(0, -1),
    "nudge-down": nudge(0, 1),
  };
}
