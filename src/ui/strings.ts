import type { PaletteName } from "./colors.ts";
import type { InkTool } from "../ink/stroke.ts";

/** All words a person reads or hears. One table a language; the type keeps each complete. */
export interface Strings {
  /** The language as BCP 47 has it. */
  readonly language: string;
  readonly direction: "ltr" | "rtl";

  readonly board: string;
  readonly toolbar: string;
  readonly backToChat: string;
  readonly showAll: string;
  readonly percent: (zoom: number) => string;
  /** The button that shows the zoom, and brings it back to 100 %. */
  readonly backToActualSize: (percent: string) => string;
  /** Goes to where a contact is at work. */
  readonly showMe: (name: string) => string;
  readonly fingersMove: string;
  readonly fingersDraw: string;
  /** A pen was used for the first time. */
  readonly penFound: string;
  readonly eraserEnd: string;
  readonly brush: string;
  readonly color: string;
  readonly size: string;
  readonly undo: string;
  readonly redo: string;
  readonly clear: string;
  readonly closeNotice: string;

  readonly tools: Readonly<Record<InkTool, string>>;
  readonly colors: Readonly<Record<PaletteName, string>>;
  readonly customColor: string;
  readonly hue: string;
  readonly lightness: string;
  readonly pixels: (size: number) => string;

  readonly connecting: string;
  readonly loading: string;
  readonly privateBoard: string;
  readonly you: string;
  /** Another tab of the same browser, where there is no messenger. */
  readonly tab: (number: string) => string;
  readonly waitingFor: (name: string) => string;
  readonly isHere: (name: string) => string;
  readonly isDrawing: (name: string) => string;
  readonly isAway: (name: string) => string;
  readonly areDrawing: (count: number) => string;
  /** The contacts do not have this many strokes yet; 0: something else is missing. */
  readonly sending: (strokes: number) => string;
  readonly hasEverything: (name: string) => string;
  /** Everybody of several contacts who is here. */
  readonly allHaveEverything: string;
  readonly savedHere: string;
  /** The same while the storage takes nothing. */
  readonly notSaved: string;
  /** Nothing is drawn and nobody else is here. */
  readonly startDrawing: string;
  readonly boardEmpty: string;
  /** Of `total` contacts, `here` have the board open. */
  readonly someHere: (here: number, total: number) => string;

  readonly youCleared: string;
  readonly nothingToClear: string;
  readonly contactCleared: (name: string) => string;
  readonly boardCleared: string;
  readonly contactIsNewer: (name: string) => string;
  readonly boardIsNewer: string;
  readonly contactMuted: (name: string) => string;
  readonly storageDamaged: string;
  readonly storageFailed: string;
  readonly storageRecovered: string;
  readonly noHost: string;
  readonly hostIsSilent: string;
}

export const ENGLISH: Strings = {
  language: "en",
  direction: "ltr",

  board: "Board",
  toolbar: "Drawing tools",
  backToChat: "Back to chat",
  showAll: "Show all",
  percent: (zoom) => `${Math.round(zoom * 100)} %`,
  backToActualSize: (percent) => `Zoom ${percent}. Back to 100 %`,
  showMe: (name) => `Show me ${name}`,
  fingersMove: "Fingers move the board",
  fingersDraw: "Draw with fingers",
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
  pixels: (size) => `${size} px`,

  connecting: "Connecting…",
  loading: "Opening your board…",
  privateBoard: "Private board",
  you: "You",
  tab: (number) => `Tab ${number}`,
  waitingFor: (name) => `Waiting for ${name}`,
  isHere: (name) => `${name} is here`,
  isDrawing: (name) => `${name} is drawing`,
  isAway: (name) => `${name} is away`,
  areDrawing: (count) => `${count} are drawing`,
  sending: (strokes) =>
    strokes === 0 ? "Sending…" : strokes === 1 ? "Sending 1 stroke" : `Sending ${strokes} strokes`,
  hasEverything: (name) => `${name} has everything`,
  allHaveEverything: "All here have everything",
  savedHere: "Your drawing is saved here",
  notSaved: "Not saved at the moment",
  startDrawing: "You can start drawing",
  boardEmpty: "The board is empty",
  someHere: (here, total) => `${here} of ${total} are here`,

  youCleared: "Board cleared",
  nothingToClear: "The board is empty already",
  contactCleared: (name) => `${name} cleared the board`,
  boardCleared: "The board was cleared",
  contactIsNewer: (name) => `${name} has a newer Inkmesh. Update yours to draw together.`,
  boardIsNewer: "A newer Inkmesh drew on this board. Update yours to see all of it.",
  contactMuted: (name) => `${name}'s app keeps sending damaged data and is not listened to any more.`,
  storageDamaged: "A part of this board could not be read. The rest is here.",
  storageFailed: "This board cannot be saved at the moment.",
  storageRecovered: "This board is being saved again.",
  noHost: "No Spixi here: this board stays in this browser.",
  hostIsSilent: "No answer from Spixi yet: this drawing is not saved.",
};
