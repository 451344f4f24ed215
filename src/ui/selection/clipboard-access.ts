/*
 * Copying, pasting and dropping. The system's clipboard is used where the page may, by events of the
 * clipboard and by buttons; elsewhere this page remembers what was copied.
 */
import { boundsOf, type Box, centreOf, type Point, unionOf } from "../../base/geometry.ts";
import { apply, boxThrough, isIdentity, translation } from "../../base/matrix.ts";
import {
  type Board,
  type CopiedItem,
  type CopiedStroke,
  type CopiedText,
  FIRST_LAYER,
  type ItemId,
} from "../../board/document/board.ts";
import { croppedBox, NO_CROP } from "../../board/document/picture.ts";
import { isTextTool } from "../../board/reading/shown-item.ts";
import type { StrokeHeader, TextTool } from "../../ink/stroke.ts";
import { type ClipboardProblem, clipboardText, readClipboard } from "../../tools/clipboard.ts";
import type { TextSize } from "../../tools/hit.ts";
import { copiedWords } from "../../tools/copied-words.ts";
import type { Selection } from "../../tools/selection.ts";
import { MAX_CARRIED_BYTES } from "../../tools/clipboard-html.ts";
import { isField } from "../widgets/field.ts";
import type { Strings } from "../words/strings.ts";
import { type CopiedPictures, createCopiedPictures, type PictureBytes } from "./copied-pictures.ts";
import {
  type ClipboardContents,
  contentsOf,
  type ForeignContents,
  NOTHING,
  putContents,
  readContents,
  writeContents,
} from "./system-clipboard.ts";

/** Copies and pastes through the system's clipboard, as far as it is open to this page. */
export interface ClipboardAccess {
  /** For buttons, which bring no event of the clipboard with them. Each says whether it did anything. */
  copy(): boolean;
  cut(): boolean;
  paste(): boolean;
  close(): void;
}

/** Takes what was pasted or dropped and is more than words and copied items; says whether it does. */
export type TakeIn = (data: { readonly files: readonly File[]; readonly text: string }, at: Point) => boolean;

/** Where pasted and dropped things go, in world units. */
export interface PastePlaces {
  readonly middle: () => Point;
  /** Words from another app get lines that are no wider. */
  readonly lineWidth: () => number;
  /** World units to a CSS pixel. */
  readonly zoom: () => number;
  /** Where a pointer is, as a place in the world. */
  readonly placeAt: (event: MouseEvent) => Point;
}

export interface ClipboardDeps {
  readonly board: Board;
  readonly selection: Selection;
  readonly strings: Strings;
  readonly sizeOf: TextSize;
  /** How words from another app are to look. */
  readonly header: () => StrokeHeader & { readonly tool: "text" };
  readonly places: PastePlaces;
  readonly isAllowed: () => boolean;
  /** Tells the person that nothing may be added to this layer. */
  readonly refuse: () => void;
  readonly onPasted: (ids: readonly ItemId[]) => void;
  readonly messages: ClipboardMessages;
}

/** What comes through the clipboard and is not the canvas's. */
export interface ClipboardMessages {
  /** Files were pasted, or dropped at a place. */
  readonly takeFiles: (files: readonly Blob[], at: Point | undefined) => void;
  readonly takeIn: TakeIn;
  readonly pictureBytes: PictureBytes;
  readonly say: (text: string) => void;
}

/** Each further paste of the same is moved by this many CSS pixels; after so many it starts again. */
const BESIDE = 16;
const MOST_BESIDE = 12;
/** Its clipboard takes no more than a megabyte, in which a byte of a picture takes almost three. */
const MOST_ON_ANDROID = 250_000;

export function createClipboardAccess(deps: ClipboardDeps): ClipboardAccess {
  const { board, selection, strings, places, messages } = deps;
  const { say } = messages;
  const pictures = picturesOf(deps);
  /** What was copied here, and with which words: the items may be lost on their way through a system. */
  let memory: ClipboardContents | undefined;
  let pasted: { readonly text: string; times: number } | undefined;

  /** What is selected. */
  const take = (): ClipboardContents | undefined => {
    const copied = board.copy(selection.ids());
    const items = clipboardText(copied);
    pasted = undefined;
    if (items === undefined) {
      say(strings.tooLargeToCopy);
      return undefined;
    }
    const words = copiedWords(copied, (text) => wordsBox(text, deps.sizeOf));
    memory = { items, words, pictures: pictures.of(copied) };
    return memory;
  };

  /** The items that are meant, as a text; without any, the words. */
  const textOf = ({ items, words }: ClipboardContents): string => {
    if (items !== undefined) return items;
    const isOwn = memory !== undefined && (words === "" || sameWords(words, memory.words));
    return isOwn ? (memory?.items ?? words) : words;
  };

  /** `at`: the middle of it; a further paste of the same in the same place lies beside it. */
  const put = (text: string, at: Point, off: number, came: readonly Uint8Array[]): void => {
    if (!deps.isAllowed()) return deps.refuse();
    const read = readClipboard(text, deps.header());
    if (typeof read === "string") return say(problemText(read, strings));
    const items = read.map((item) => inLines(item, deps));
    const box = boxOf(items, deps.sizeOf);
    if (!box) return say(strings.nothingToPaste);
    const { x, y } = centreOf(box);
    const way = translation(Math.round(at.x - x + off), Math.round(at.y - y + off));
    const brought = pictures.bring(items, came);
    const ids = board.paste(items, way);
    deps.onPasted(ids);
    void brought.then((areAll) => ids.length > 0 && !areAll && say(strings.picture.withoutBytes));
  };
  const paste = (contents: ForeignContents): void => {
    const { items, words, files } = contents;
    if (items === undefined && words === "" && files.length > 0) return messages.takeFiles(files, undefined);
    const text = textOf(contents);
    const times = pasted?.text === text ? (pasted.times + 1) % MOST_BESIDE : 0;
    pasted = { text, times };
    put(text, places.middle(), (times * BESIDE) / places.zoom(), contents.pictures);
  };

  const isTaken = (data: DataTransfer | null, at: Point): boolean =>
    data !== null && messages.takeIn({ files: [...data.files], text: data.getData("text/plain") }, at);

  const write = async (contents: ClipboardContents): Promise<void> => {
    say((await writeContents(contents)) ? strings.copied : strings.copiedHere);
  };
  const read = async (): Promise<void> => {
    let contents: ForeignContents = NOTHING;
    try {
      contents = await readContents();
    } catch {
      if (!memory) return say(strings.pasteRefused);
    }
    if (!messages.takeIn({ files: [], text: contents.words }, places.middle())) paste(contents);
  };

  const copy = (): boolean => {
    if (selection.ids().length === 0) return false;
    const contents = take();
    if (contents) void write(contents);
    return contents !== undefined;
  };

  const onCopy = (event: ClipboardEvent): void => {
    if (selection.ids().length === 0 || isTyping() || hasMarkedText()) return;
    event.preventDefault();
    const contents = take();
    if (!contents) return;
    if (event.clipboardData) putContents(event.clipboardData, contents);
    if (event.type === "cut") selection.erase();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const contents = contentsOf(event.clipboardData);
    // A field takes words, and knows nothing of pictures.
    if (isTyping() && (contents.words !== "" || contents.files.length === 0)) return;
    event.preventDefault();
    if (!isTaken(event.clipboardData, places.middle())) paste(contents);
  };
  /** Where it is dropped; into a field, the field's own words. */
  const onDrop = (event: DragEvent): void => {
    if (!isField(event.target) && isTaken(event.dataTransfer, places.placeAt(event))) return;
    const { items, words, pictures: came, files } = contentsOf(event.dataTransfer);
    if (files.length > 0) return messages.takeFiles(files, places.placeAt(event));
    if (isField(event.target)) return;
    put(items ?? words, places.placeAt(event), 0, came);
  };
  const stopped = new AbortController();
  const { signal } = stopped;
  document.addEventListener("copy", onCopy, { signal });
  document.addEventListener("cut", onCopy, { signal });
  document.addEventListener("paste", onPaste, { signal });
  document.addEventListener("drop", onDrop, { signal });

  return {
    copy,
    cut: () => copy() && selection.erase(),
    paste() {
      void read();
      return true;
    },
    close() {
      pictures.close();
      stopped.abort();
    },
  };
}

function picturesOf({ board, selection, messages }: ClipboardDeps): CopiedPictures {
  return createCopiedPictures({
    board,
    selection,
    bytes: messages.pictureBytes,
    most: /Android/u.test(navigator.userAgent) ? MOST_ON_ANDROID : MAX_CARRIED_BYTES,
  });
}

/** A field has its own copying and pasting. */
function isTyping(): boolean {
  return isField(document.activeElement);
}

/** As a system hands words on: with other ends of lines, perhaps, and another end. */
function sameWords(a: string, b: string): boolean {
  const plain = (words: string): string => words.replace(/\r\n?/gu, "\n").trim();
  return plain(a) === plain(b);
}

function problemText(problem: ClipboardProblem, strings: Strings): string {
  return {
    "too-large": strings.tooLargeToPaste,
    newer: strings.pasteNewer,
    broken: strings.pasteBroken,
    empty: strings.nothingToPaste,
  }[problem];
}

/** Words of the page are marked, for example in the help: these are to be copied, not what is selected. */
function hasMarkedText(): boolean {
  return getSelection()?.isCollapsed === false;
}

/** A box around copied items, where they were. */
function boxOf(items: readonly CopiedItem[], sizeOf: TextSize): Box | undefined {
  let around: Box | undefined;
  for (const item of items) around = unionOf(around, copiedBox(item, sizeOf));
  return around;
}

function copiedBox(item: CopiedItem, sizeOf: TextSize): Box | undefined {
  if (item.kind === "picture")
    return boxThrough(item.matrix, croppedBox(item.size, item.attributes.crop ?? NO_CROP));
  return item.kind === "text" ? wordsBox(item, sizeOf) : inkBox(item);
}

function inkBox({ points, matrix }: CopiedStroke): Box | undefined {
  return boundsOf(points.map((point) => apply(matrix, point)));
}

function wordsBox(item: CopiedText, sizeOf: TextSize): Box {
  const { header, matrix } = item;
  const size = isTextHeader(header)
    ? sizeOf({ ...item, header, id: "", client: 0, layer: FIRST_LAYER, ended: true })
    : undefined;
  return boxThrough(matrix, { minX: 0, minY: 0, maxX: size?.width ?? 0, maxY: size?.height ?? 0 });
}

/** Words that were never on a board yet have no place. */
function inLines(item: CopiedItem, { sizeOf, places }: ClipboardDeps): CopiedItem {
  if (item.kind !== "text" || item.size || item.attributes.width !== undefined || !isIdentity(item.matrix))
    return item;
  const { maxX, minX } = wordsBox(item, sizeOf);
  const width = places.lineWidth();
  return maxX - minX > width ? { ...item, attributes: { ...item.attributes, width } } : item;
}

function isTextHeader(header: StrokeHeader): header is StrokeHeader & { readonly tool: TextTool } {
  return isTextTool(header.tool);
}
