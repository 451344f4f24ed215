/*
 * Copying and pasting. The system's clipboard is used where the page may, by events of the clipboard and
 * by buttons; elsewhere this page remembers what was copied.
 */
import { boundsOf, type Box, type Point, unionOf } from "../../base/geometry.ts";
import { apply, boxThrough, translation } from "../../base/matrix.ts";
import {
  type Board,
  type CopiedItem,
  type CopiedStroke,
  type CopiedText,
  FIRST_LAYER,
  type ItemId,
} from "../../board/document/board.ts";
import { isTextTool } from "../../board/reading/shown-item.ts";
import type { StrokeHeader, TextTool } from "../../ink/stroke.ts";
import { type ClipboardProblem, clipboardText, readClipboard } from "../../tools/clipboard.ts";
import type { TextSize } from "../../tools/hit.ts";
import type { Selection } from "../../tools/selection.ts";
import type { Strings } from "../words/strings.ts";

/** Copies and pastes through the system's clipboard, as far as it is open to this page. */
export interface ClipboardAccess {
  /** For buttons, which bring no event of the clipboard with them. Each says whether it did anything. */
  copy(): boolean;
  cut(): boolean;
  paste(): boolean;
  close(): void;
}

export interface ClipboardDeps {
  readonly board: Board;
  readonly selection: Selection;
  readonly strings: Strings;
  readonly sizeOf: TextSize;
  /** How words from another app are to look. */
  readonly header: () => StrokeHeader & { readonly tool: "text" };
  /** Where pasted things go, in world units, and the world units to a CSS pixel. */
  readonly middle: () => Point;
  readonly zoom: () => number;
  readonly isAllowed: () => boolean;
  /** Tells the person that nothing may be added to this layer. */
  readonly refuse: () => void;
  readonly onPasted: (ids: readonly ItemId[]) => void;
  readonly say: (text: string) => void;
}

/** Each further paste of the same is moved by this many CSS pixels; after so many it starts again. */
const BESIDE = 16;
const MOST_BESIDE = 12;

export function createClipboardAccess(deps: ClipboardDeps): ClipboardAccess {
  const { board, selection, strings, say } = deps;
  /** What was copied here: it serves where the page may not read the system's clipboard. */
  let memory: string | undefined;
  let pasted: { readonly text: string; times: number } | undefined;

  /** The text of what is selected. */
  const take = (): string | undefined => {
    const text = clipboardText(board.copy(selection.ids()));
    if (text === undefined) say(strings.tooLargeToCopy);
    else memory = text;
    pasted = undefined;
    return text;
  };

  const pasteText = (text: string): void => {
    if (!deps.isAllowed()) return deps.refuse();
    const items = readClipboard(text, deps.header());
    if (typeof items === "string") return say(problemText(items, strings));
    const box = boxOf(items, deps.sizeOf);
    if (!box) return say(strings.nothingToPaste);
    const times = pasted?.text === text ? (pasted.times + 1) % MOST_BESIDE : 0;
    pasted = { text, times };
    const { x, y } = deps.middle();
    const off = (times * BESIDE) / deps.zoom();
    const dx = Math.round(x - (box.minX + box.maxX) / 2 + off);
    const dy = Math.round(y - (box.minY + box.maxY) / 2 + off);
    deps.onPasted(board.paste(items, translation(dx, dy)));
  };

  const write = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say(strings.copied);
    } catch {
      // There is none, or it is closed to this page.
      say(strings.copiedHere);
    }
  };
  const read = async (): Promise<void> => {
    let text = memory;
    try {
      text = (await navigator.clipboard.readText()) || memory;
    } catch {
      if (text === undefined) return say(strings.pasteRefused);
    }
    if (text === undefined) say(strings.nothingToPaste);
    else pasteText(text);
  };

  const copy = (): boolean => {
    if (selection.ids().length === 0) return false;
    const text = take();
    if (text !== undefined) void write(text);
    return text !== undefined;
  };

  const onCopy = (event: ClipboardEvent): void => {
    if (selection.ids().length === 0 || isTyping() || hasMarkedText()) return;
    event.preventDefault();
    const text = take();
    if (text === undefined) return;
    event.clipboardData?.setData("text/plain", text);
    if (event.type === "cut") selection.erase();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (isTyping()) return;
    event.preventDefault();
    const data = event.clipboardData;
    const text = data?.getData("text/plain") ?? "";
    if (text === "" && (data?.files.length ?? 0) > 0) return say(strings.noPictures);
    pasteText(text || (memory ?? ""));
  };
  document.addEventListener("copy", onCopy);
  document.addEventListener("cut", onCopy);
  document.addEventListener("paste", onPaste);

  return {
    copy,
    cut: () => copy() && selection.erase(),
    paste() {
      void read();
      return true;
    },
    close() {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    },
  };
}

/** A field has its own copying and pasting. */
function isTyping(): boolean {
  return document.activeElement?.matches("input[type=text], textarea") ?? false;
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
  for (const item of items)
    around = unionOf(around, item.kind === "text" ? wordsBox(item, sizeOf) : inkBox(item));
  return around;
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

function isTextHeader(header: StrokeHeader): header is StrokeHeader & { readonly tool: TextTool } {
  return isTextTool(header.tool);
}
