import { createMessages } from "./messages.ts";
import type { Language, Messages, Translation } from "./messages.ts";

/*
 * All words that a person reads or hears, in English; the other languages are in languages/.
 *
 * To add one, add a line to TEXTS: `key: "Text"` is a string, `key: "{name} is here"` a function of the
 * name, `{ one: "{count} stroke", other: "{count} strokes" }` a function of the number (see messages.ts).
 * A comment above it tells translators what it is for, where the text does not. A language that lacks a
 * key shows the English text; test/ui/languages.test.ts tells which those are.
 */
export const TEXTS = {
  board: "Board",
  toolbar: "Drawing tools",
  backToChat: "Back to chat",
  showAll: "Show all",
  percent: "{percent} %",
  /** The button that shows the zoom, and brings it back to 100 %. */
  backToActualSize: "Zoom {zoom}. Back to 100 %",
  /** Goes to where a contact is at work. */
  showMe: "Show me {name}",
  fingersMove: "Fingers move the board",
  fingersDraw: "Draw with fingers",
  /** A pen was used for the first time. */
  penFound: "You draw with the pen. Fingers move the board.",
  eraserEnd: "The pen's eraser leaves everything as it is. Undo takes back your last stroke.",
  brush: "Brush",
  color: "Colour",
  size: "Size",
  undo: "Undo",
  redo: "Redo",
  clear: "Clear the board",
  closeNotice: "Close",

  tools: { pen: "Pen", marker: "Marker", highlighter: "Highlighter" },
  colors: {
    ink: "Ink",
    grey: "Grey",
    brown: "Brown",
    red: "Red",
    orange: "Orange",
    yellow: "Yellow",
    green: "Green",
    teal: "Teal",
    sky: "Sky blue",
    blue: "Blue",
    violet: "Violet",
    pink: "Pink",
  },
  customColor: "Your own colour",
  hue: "Hue",
  lightness: "Lightness",
  pixels: "{size} px",

  connecting: "Connecting…",
  loading: "Opening your board…",
  privateBoard: "Private board",
  you: "You",
  /** Another tab of the same browser, where there is no messenger. */
  tab: "Tab {number}",
  waitingFor: "Waiting for {name}",
  isHere: "{name} is here",
  isDrawing: "{name} is drawing",
  isAway: "{name} is away",
  /** Several people at once. */
  areDrawing: { one: "{count} is drawing", other: "{count} are drawing" },
  /** The contacts do not have something yet. */
  sending: "Sending…",
  /** The contacts do not have so many strokes yet. */
  sendingStrokes: { one: "Sending {count} stroke", other: "Sending {count} strokes" },
  hasEverything: "{name} has everything",
  /** Everybody of several contacts who is here. */
  allHaveEverything: "All here have everything",
  savedHere: "Your drawing is saved here",
  /** The same while the storage takes nothing. */
  notSaved: "Not saved at the moment",
  /** Nothing is drawn and nobody else is here. */
  startDrawing: "You can start drawing",
  boardEmpty: "The board is empty",
  /** Of `total` contacts, so many have the board open. */
  someHere: "{here} of {total} are here",

  youCleared: "Board cleared",
  nothingToClear: "The board is empty already",
  contactCleared: "{name} cleared the board",
  boardCleared: "The board was cleared",
  contactIsNewer: "{name} has a newer Inkmesh. Update yours to draw together.",
  boardIsNewer: "A newer Inkmesh drew on this board. Update yours to see all of it.",
  contactMuted: "{name}'s app keeps sending damaged data and is not listened to any more.",
  storageDamaged: "A part of this board could not be read. The rest is here.",
  storageFailed: "This board cannot be saved at the moment.",
  storageRecovered: "This board is being saved again.",
  noHost: "No Spixi here: this board stays in this browser.",
  hostIsSilent: "No answer from Spixi yet: this drawing is not saved.",
} as const;

/** What a language's file holds. */
export type TranslatedTexts = Translation<typeof TEXTS>;

/** The words in one language. */
export interface Strings extends Messages<typeof TEXTS> {
  /** The language as BCP 47 has it. */
  readonly language: string;
  readonly direction: Language["direction"];
}

export function createStrings({ code, direction }: Language, translated: TranslatedTexts): Strings {
  return { ...createMessages(TEXTS, translated, { code, direction }), language: code, direction };
}

export const ENGLISH = createStrings({ code: "en", name: "English", direction: "ltr" }, {});
