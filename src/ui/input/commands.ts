/*
 * The commands by their names, and how those who ask for one reach those who carry it out.
 */
import type { ToolName } from "../choices/tool-names.ts";

/** What can be done with the view of the board. */
export type ViewCommand =
  | "pan-left"
  | "pan-right"
  | "pan-up"
  | "pan-down"
  | "zoom-in"
  | "zoom-out"
  | "actual-size"
  | "show-all";

/** What can be done with all that this person has done. */
export type HistoryCommand =
  | "undo"
  | "redo"
  | "clear"
  /** The latest undo or redo was meant by nobody: it never was. */
  | "retract";

/** What can be done with the page around the board; `options`: of what is selected, or of the tool. */
export type PageCommand =
  | "options"
  | "smaller"
  | "larger"
  /** To put a picture on the board. */
  | "picture"
  | "layers"
  | "background"
  | "people"
  | "storage"
  | "export"
  | "settings"
  | "help"
  /** To see the board as it was. */
  | "look-back"
  | "follow"
  | "leave"
  | "dismiss";

/** What can be done with the pages of the board; without a name, with the one that is shown. */
export type PagesCommand =
  | "pages"
  | "previous-page"
  | "next-page"
  | "add-page"
  | "rename-page"
  | "duplicate-page"
  | "page-earlier"
  | "page-later"
  | "remove-page"
  /** Three fingers went to this side: which page that is depends on how the language is read. */
  | "swipe-left"
  | "swipe-right";

/** What can be done with what is selected, and with what was copied. */
export type SelectionCommand =
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "delete"
  | "select-all"
  | "select-next"
  | "select-previous"
  | "deselect"
  | "forward"
  | "backward"
  | "front"
  | "back"
  | "nudge-left"
  | "nudge-right"
  | "nudge-up"
  | "nudge-down"
  /** To choose a colour for what is selected. */
  | "colors"
  /** To choose what of a picture is shown. */
  | "crop";

/** What can be done on the canvas besides. */
export type CanvasCommand =
  /** To type in the text that is selected, or in a new one. */
  | "edit"
  /** What is typed stays as it is, and becomes one step of the history. */
  | "stop-typing"
  /** The gesture under way changes nothing. */
  | "break-off"
  /** To go to the first contact beyond the edge. */
  | "show-me";

/** To call, take a call, or be heard as long as the key is held; and to end it. */
export type CallCommand = "talk" | "hang-up";

/** Everything that a person can ask for in a word, whichever key, button or finger it is asked with. */
export type Command =
  | ToolName
  | ViewCommand
  | HistoryCommand
  | PageCommand
  | PagesCommand
  | SelectionCommand
  | CanvasCommand
  | CallCommand;

/** Carries out a command. Returns false where there was nothing to do. */
export type CommandHandler = () => boolean | void;
export type CommandHandlers<C extends Command = Command> = Readonly<Record<C, CommandHandler>>;

/**
 * Between those who ask (keys, buttons, taps of fingers) and those who carry out: neither has to know
 * the other, and a command means the same wherever it comes from.
 */
export interface Commands {
  /** Says whether there was anything to do; without a handler there is nothing. */
  run(command: Command): boolean;
  /** From now on these carry out their commands, until the returned function is called. */
  handle(handlers: Partial<CommandHandlers>): () => void;
  /** The same, and nobody else carries out any meanwhile. One at a time. */
  takeOver(handlers: Partial<CommandHandlers>): () => void;
}

export function createCommands(): Commands {
  const tables = new Set<Partial<CommandHandlers>>();
  let only: Partial<CommandHandlers> | undefined;
  return {
    run(command) {
      for (const table of only ? [only] : tables) {
        const handler = table[command];
        if (handler) return handler() !== false;
      }
      return false;
    },
    handle(handlers) {
      tables.add(handlers);
      return () => void tables.delete(handlers);
    },
    takeOver(handlers) {
      only = handlers;
      return () => {
        if (only === handlers) only = undefined;
      };
    },
  };
}
