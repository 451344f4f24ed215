/** What a key press asks for. */
export type Command = "undo" | "redo" | "dismiss" | ViewCommand;

/** What keys do with the view of the board. */
export type ViewCommand =
  | "pan-left"
  | "pan-right"
  | "pan-up"
  | "pan-down"
  | "zoom-in"
  | "zoom-out"
  | "actual-size"
  | "show-all";

/** By `KeyboardEvent.key`. Arrows move the window over the board, as they scroll a page. */
const VIEW_KEYS: ReadonlyMap<string, ViewCommand> = new Map([
  ["ArrowLeft", "pan-left"],
  ["ArrowRight", "pan-right"],
  ["ArrowUp", "pan-up"],
  ["ArrowDown", "pan-down"],
  ["+", "zoom-in"],
  ["=", "zoom-in"],
  ["-", "zoom-out"],
  ["_", "zoom-out"],
  ["0", "actual-size"],
  ["1", "show-all"],
  ["Home", "show-all"],
]);

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** The command of a key press. Ctrl and the Command key mean the same: a keyboard has either habit. */
export function commandFor(press: KeyPress): Command | undefined {
  if (press.altKey) return undefined;
  if (!press.ctrlKey && !press.metaKey) {
    return press.key === "Escape" ? "dismiss" : VIEW_KEYS.get(press.key);
  }
  switch (press.key.toLowerCase()) {
    case "z":
      return press.shiftKey ? "redo" : "undo";
    case "y":
      return press.shiftKey ? undefined : "redo";
    default:
      return undefined;
  }
}
