/*
 * Which keys do what: the one table for the keyboard and for the help, and how a key press is looked up in
 * it on keyboards of any letters.
 */
import type { Command } from "./commands.ts";

/** What keys ask for. `grab`: as long as the key is down, the pointer moves the board. */
export type KeyCommand =
  | Exclude<
      Command,
      | "clear"
      | "deselect"
      | "colors"
      | "stop-typing"
      | "break-off"
      | "retract"
      | `nudge-${string}`
      | `swipe-${string}`
    >
  | "grab";

/** A key, by `KeyboardEvent.key`. Ctrl and the Command key mean the same: a keyboard has either habit. */
export interface Key {
  readonly key: string;
  readonly ctrl?: true;
  /** Counts only together with Ctrl: of a sign alone, the keyboard decides whether it takes Shift. */
  readonly shift?: true;
}

export interface Shortcut {
  readonly command: KeyCommand;
  readonly keys: readonly Key[];
}

const plain = (...keys: string[]): Key[] => keys.map((key) => ({ key }));
const ctrl = (...keys: string[]): Key[] => keys.map((key) => ({ key, ctrl: true }));
const ctrlShift = (key: string): Key => ({ key, ctrl: true, shift: true });

/** What goes on while its key is held down. */
const REPEATING: ReadonlySet<KeyCommand> = new Set<KeyCommand>([
  "undo",
  "redo",
  "smaller",
  "larger",
  "select-next",
  "select-previous",
  "forward",
  "backward",
  "previous-page",
  "next-page",
  "page-earlier",
  "page-later",
  "pan-left",
  "pan-right",
  "pan-up",
  "pan-down",
  "zoom-in",
  "zoom-out",
]);

export function repeats(command: KeyCommand): boolean {
  return REPEATING.has(command);
}

/** All that keys do: the one table that the keyboard and the help are made from. */
export const SHORTCUTS: readonly Shortcut[] = [
  { command: "pen", keys: plain("p") },
  { command: "marker", keys: plain("m") },
  { command: "highlighter", keys: plain("h") },
  { command: "eraser", keys: plain("e") },
  { command: "cutter", keys: plain("x") },
  { command: "line", keys: plain("l") },
  { command: "arrow", keys: plain("a") },
  { command: "rectangle", keys: plain("r") },
  { command: "ellipse", keys: plain("o") },
  { command: "text", keys: plain("t") },
  { command: "note", keys: plain("n") },
  { command: "select", keys: plain("v") },
  { command: "laser", keys: plain("z") },
  { command: "pan", keys: plain("d") },

  { command: "options", keys: plain("c") },
  { command: "smaller", keys: plain("[", ",") },
  { command: "larger", keys: plain("]", ".") },
  { command: "undo", keys: ctrl("z") },
  { command: "redo", keys: [ctrlShift("z"), ...ctrl("y")] },
  { command: "picture", keys: plain("q") },
  { command: "layers", keys: plain("g") },
  { command: "background", keys: plain("b") },
  { command: "people", keys: plain("u") },
  { command: "storage", keys: plain("j") },
  { command: "export", keys: ctrl("s") },
  { command: "settings", keys: plain("s") },
  { command: "help", keys: plain("?", "F1") },
  { command: "look-back", keys: plain("y") },
  { command: "talk", keys: plain("F9") },
  { command: "hang-up", keys: ctrl("F9") },
  { command: "dismiss", keys: plain("Escape") },
  { command: "leave", keys: ctrl("ArrowLeft") },

  { command: "pages", keys: plain("k") },
  { command: "previous-page", keys: ctrl("PageUp") },
  { command: "next-page", keys: ctrl("PageDown") },
  { command: "add-page", keys: plain("i") },
  { command: "rename-page", keys: plain("F2") },
  { command: "duplicate-page", keys: [ctrlShift("d")] },
  { command: "page-earlier", keys: [ctrlShift("PageUp")] },
  { command: "page-later", keys: [ctrlShift("PageDown")] },
  { command: "remove-page", keys: [ctrlShift("x")] },

  { command: "select-all", keys: ctrl("a") },
  { command: "select-next", keys: plain("PageDown") },
  { command: "select-previous", keys: plain("PageUp") },
  { command: "edit", keys: plain("Enter") },
  { command: "copy", keys: ctrl("c") },
  { command: "cut", keys: ctrl("x") },
  { command: "paste", keys: ctrl("v") },
  { command: "duplicate", keys: ctrl("d") },
  { command: "crop", keys: ctrl("k") },
  // Also with Control, which deletes a word where one types. Clearing everything has no key: it would be
  // one slip away from deleting something.
  { command: "delete", keys: [...plain("Delete", "Backspace"), ...ctrl("Delete", "Backspace")] },
  { command: "forward", keys: ctrl("]") },
  { command: "backward", keys: ctrl("[") },
  { command: "front", keys: [ctrlShift("]")] },
  { command: "back", keys: [ctrlShift("[")] },

  { command: "pan-left", keys: plain("ArrowLeft") },
  { command: "pan-right", keys: plain("ArrowRight") },
  { command: "pan-up", keys: plain("ArrowUp") },
  { command: "pan-down", keys: plain("ArrowDown") },
  { command: "grab", keys: plain(" ") },
  { command: "zoom-in", keys: plain("+", "=") },
  { command: "zoom-out", keys: plain("-", "_") },
  { command: "actual-size", keys: plain("0") },
  { command: "show-all", keys: plain("1", "Home") },
  { command: "follow", keys: plain("f") },
  { command: "show-me", keys: plain("w") },
];

export interface KeyPress {
  readonly key: string;
  /** The place on the keyboard. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Places that every keyboard has, and the sign that the table knows there. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["BracketLeft", "["],
  ["BracketRight", "]"],
  ["Comma", ","],
  ["Period", "."],
  ["Minus", "-"],
  ["Equal", "="],
]);
/** Their signs with Shift are other ones. */
const PLACES_WITHOUT_SHIFT: ReadonlyMap<string, string> = new Map([
  ["Digit0", "0"],
  ["Digit1", "1"],
]);
const PLACES_WITH_SHIFT: ReadonlyMap<string, string> = new Map([["Slash", "?"]]);
/** What Shift makes of signs of the table, where it makes it of them. */
const SHIFTED: ReadonlyMap<string, string> = new Map([
  ["{", "["],
  ["}", "]"],
]);
const SAID = new Set(SHORTCUTS.flatMap(({ keys }) => keys.map(({ key }) => key)));
const LATIN = /^[a-z]$/i;
/** "Enter", "F1", "Process" and the like; a dead key says nothing by itself. */
const NAMED = /^(?!Dead$)[A-Z][A-Za-z0-9]+$/;
const ASCII = /^[ -~]$/;
const LETTER_PLACE = /^Key([A-Z])$/;

/**
 * The key that is meant. What the key says decides, where it is a Latin letter or a sign of the table;
 * else, as on a keyboard of other letters, what the table has at its place.
 */
function keyOf({ key, code, shiftKey, altKey }: KeyPress): string {
  if (LATIN.test(key)) return key.toLowerCase();
  if (SAID.has(key) || NAMED.test(key)) return key;
  const said = altKey ? undefined : SHIFTED.get(key);
  if (said !== undefined) return said;
  const place = LETTER_PLACE.exec(code)?.[1];
  if (place !== undefined) {
    // After a dead key a Latin letter has an accent, which says no less.
    const letter = key.normalize("NFD").charAt(0);
    return (LATIN.test(letter) ? letter : place).toLowerCase();
  }
  const atPlace = (shiftKey ? PLACES_WITH_SHIFT : PLACES_WITHOUT_SHIFT).get(code);
  // Of a Latin keyboard's own signs the table means none.
  return atPlace ?? (ASCII.test(key) ? undefined : PLACES.get(code)) ?? key;
}

/** The command of a key press. */
export function commandFor(press: KeyPress): KeyCommand | undefined {
  const key = keyOf(press);
  // Many keyboards have brackets on a third level, which sets these modifiers.
  const thirdLevel = press.altKey && (key === "[" || key === "]");
  if (press.altKey && !thirdLevel) return undefined;
  const withCtrl = (press.ctrlKey || press.metaKey) && !thirdLevel;
  const fits = (each: Key): boolean =>
    each.key === key &&
    (each.ctrl ?? false) === withCtrl &&
    (!withCtrl || (each.shift ?? false) === press.shiftKey);
  return SHORTCUTS.find(({ keys }) => keys.some(fits))?.command;
}
