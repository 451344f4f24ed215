/*
 * What the help says: every command with its keys, made from the table that decides what keys do, so that
 * the two cannot differ.
 */
import type { KeyCommand, Key, Shortcut } from "../input/shortcuts.ts";
import { SHORTCUTS } from "../input/shortcuts.ts";
import type { Strings } from "../words/strings.ts";
import type { ToolName } from "../choices/tool-names.ts";
import { TOOLS } from "../choices/tool-names.ts";

type HelpGesture = "draw" | "move" | "undo" | "redo" | "swipe" | "snap" | "constrain" | "options";
type HelpSection = "gestures" | "tools" | "page" | "pages" | "selection" | "view";

interface HelpRow {
  readonly label: string;
  /** Each way is the keys that are pressed together. A gesture has one way, in words. */
  readonly ways: readonly (readonly string[])[];
}

const GESTURES: readonly HelpGesture[] = [
  "draw",
  "move",
  "undo",
  "redo",
  "swipe",
  "snap",
  "constrain",
  "options",
];
const PAGES: ReadonlySet<KeyCommand> = new Set([
  "pages",
  "previous-page",
  "next-page",
  "add-page",
  "rename-page",
  "duplicate-page",
  "page-earlier",
  "page-later",
  "remove-page",
]);
const SELECTION: ReadonlySet<KeyCommand> = new Set([
  "select-all",
  "select-next",
  "select-previous",
  "edit",
  "copy",
  "cut",
  "paste",
  "duplicate",
  "crop",
  "delete",
  "forward",
  "backward",
  "front",
  "back",
]);
const VIEW: ReadonlySet<KeyCommand> = new Set([
  "pan-left",
  "pan-right",
  "pan-up",
  "pan-down",
  "grab",
  "zoom-in",
  "zoom-out",
  "actual-size",
  "show-all",
  "follow",
  "show-me",
]);

const isTool = (command: KeyCommand): command is ToolName => (TOOLS as readonly string[]).includes(command);

function sectionOf(command: KeyCommand): HelpSection {
  if (isTool(command)) return "tools";
  if (SELECTION.has(command)) return "selection";
  if (PAGES.has(command)) return "pages";
  return VIEW.has(command) ? "view" : "page";
}

function labelOf(command: KeyCommand, strings: Strings): string {
  if (isTool(command)) return strings.tools[command];
  switch (command) {
    case "pan-left":
    case "pan-right":
    case "pan-up":
    case "pan-down":
      return strings.commands.pan;
    case "undo":
    case "redo":
    case "layers":
    case "background":
    case "settings":
    case "help":
      return strings[command];
    case "people":
    case "pages":
    case "storage":
      return strings[command].title;
    case "picture":
      return strings.picture.title;
    case "crop":
      return strings.intake.crop;
    case "export":
      return strings.transfer.title;
    case "add-page":
      return strings.pages.add;
    case "look-back":
      return strings.lookBack.title;
    case "talk":
      return strings.voice.talk;
    case "hang-up":
      return strings.voice.hangUp;
    case "show-all":
      return strings.showAll;
    case "leave":
      return strings.backToChat;
    default:
      return strings.commands[command];
  }
}

function nameOfKey(key: string, { keys }: Strings): string {
  const names: Readonly<Record<string, string>> = {
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    " ": keys.space,
    Escape: keys.escape,
    Delete: keys.delete,
    Backspace: keys.backspace,
    Home: keys.home,
    Enter: keys.enter,
    PageUp: keys.pageUp,
    PageDown: keys.pageDown,
    "-": "−",
  };
  return names[key] ?? key.toUpperCase();
}

function pressed({ key, ctrl, shift }: Key, strings: Strings, isMac: boolean): string[] {
  return [
    ...(ctrl ? [isMac ? "⌘" : strings.keys.ctrl] : []),
    ...(shift ? [isMac ? "⇧" : strings.keys.shift] : []),
    nameOfKey(key, strings),
  ];
}

/** The first key of a command, as a person reads it: "Ctrl+Z". */
export function keyText(command: KeyCommand, strings: Strings, isMac: boolean): string {
  const key = SHORTCUTS.find((shortcut) => shortcut.command === command)?.keys[0];
  return key ? pressed(key, strings, isMac).join(isMac ? "" : "+") : "";
}

function rows(shortcuts: readonly Shortcut[], strings: Strings, isMac: boolean): HelpRow[] {
  const ways = new Map<string, (readonly string[])[]>();
  for (const { command, keys } of shortcuts) {
    const label = labelOf(command, strings);
    ways.set(label, [...(ways.get(label) ?? []), ...keys.map((key) => pressed(key, strings, isMac))]);
  }
  return [...ways].map(([label, its]) => ({ label, ways: its }));
}

/** All that fingers and keys do, from the table that decides what they do. */
export function helpOf(
  strings: Strings,
  isMac: boolean,
): readonly { readonly section: HelpSection; readonly rows: readonly HelpRow[] }[] {
  const of = (section: HelpSection): HelpRow[] =>
    rows(
      SHORTCUTS.filter(({ command }) => sectionOf(command) === section),
      strings,
      isMac,
    );
  const gestures = GESTURES.map((gesture): HelpRow => {
    const { how, does } = strings.gestures[gesture];
    return { label: how, ways: [[does]] };
  });
  return [
    { section: "gestures", rows: gestures },
    { section: "tools", rows: of("tools") },
    { section: "page", rows: of("page") },
    { section: "pages", rows: of("pages") },
    { section: "selection", rows: of("selection") },
    { section: "view", rows: of("view") },
  ];
}
