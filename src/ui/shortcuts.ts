/** What a key press asks for. */
export type Command = "undo" | "redo" | "dismiss";

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
  if (!press.ctrlKey && !press.metaKey) return press.key === "Escape" ? "dismiss" : undefined;
  switch (press.key.toLowerCase()) {
    case "z":
      return press.shiftKey ? "redo" : "undo";
    case "y":
      return press.shiftKey ? undefined : "redo";
    default:
      return undefined;
  }
}
