/*
 * Makes a file of what is on a board, a moment at a time, as long as somebody waits for it.
 */
import { grownBy, type Box } from "../../base/geometry.ts";
import type { Board, Item, ItemId } from "../../board/document/board.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import { createFrozenInk, type FrozenInk } from "../../render/output/frozen-ink.ts";
import { largestScale, paintPng } from "../../render/output/png-painter.ts";
import { svgOf } from "../../render/output/svg-painter.ts";
import { drawList } from "../../render/scene/draw-list.ts";
import type { Words } from "../../render/shapes/words.ts";
import type { BlobHash } from "../../board/document/picture.ts";
import { createOutPictures, type OutPictures } from "./out-pictures.ts";
import type { Pages, PageTurn as Turn } from "../../session/pages.ts";
import { boardText } from "../../session/board-file.ts";
import { clipboardText } from "../../tools/clipboard.ts";
import { pageOf } from "./importing.ts";
import type { Format } from "./ways.ts";
import { TYPES } from "./ways.ts";

export interface Wanted {
  readonly format: Format;
  readonly area: "page" | "selection" | "view";
  /** Of a PNG: pixels to a CSS pixel. */
  readonly scale: number;
  readonly hasPaper: boolean;
}

/** What a person looks at. */
export interface Shown {
  /** A picture's bytes; undefined: they are not on this device. */
  readonly bytesOf: (hash: BlobHash) => Promise<Uint8Array | undefined>;
  readonly words: Words;
  readonly board: Board;
  readonly pages: Pages;
  readonly selected: readonly ItemId[];
  /** World units, and CSS pixels to one. */
  readonly view: Box;
  readonly zoom: number;
  readonly theme: InkTheme;
}

export interface Made {
  readonly blob: Blob;
  /** The same as text, where it can be copied so. */
  readonly text: string | undefined;
  /** Of a PNG that would be too large as it was wanted: its pixels to a CSS pixel. */
  readonly smaller?: number;
  /** Some pictures have no bytes in it, or in its text, which would be too large with them. */
  readonly lacking?: "all" | "text";
}

/** Around what is exported, in world units. */
const MARGIN = 24;
/** So many characters of an SVG are one part of it. */
const PART = 1 << 18;
/** A larger SVG is none to be pasted. */
const MOST_TEXT = 4_000_000;
/** Of the work on a picture, so much is measuring. */
const MEASURED = 0.1;

/** Undefined: stopped, or there is nothing to export, or it could not be read. Rejects where the engine has no memory for it. */
export async function makeExport(wanted: Wanted, shown: Shown, turn: Turn): Promise<Made | undefined> {
  if (wanted.format === "inkmesh") return makeFile(wanted, shown, turn);
  const { words, board, selected, zoom, theme } = shown;
  const chosen = new Set(board.whole(selected));
  const items = board.items().filter(({ id }: Item) => wanted.area !== "selection" || chosen.has(id));
  const pictures = createOutPictures(items, shown.bytesOf);
  const ink = createFrozenInk({ items, layers: board.layers(), words, pictures: pictures.source });
  const background: Place["theme"]["background"] = wanted.hasPaper ? board.background() : "none";
  let share = 0;
  for (const measuring = ink.measure(); measuring.next().done !== true;) {
    share += (MEASURED - share) / 100;
    if (!(await turn(share))) return undefined;
  }
  const isView = wanted.area === "view";
  const around = ink.bounds();
  const region = isView ? shown.view : around && grownBy(around, MARGIN);
  if (!region) return undefined;
  const at = { region, zoom: isView ? zoom : 1, theme: { ...theme, background } };
  const later: Turn = (done = 0) => turn(MEASURED + (1 - MEASURED) * done);
  const isSvg = wanted.format === "svg";
  try {
    if (!(await pictures.load(isSvg, () => turn(MEASURED)))) return undefined;
    return await (isSvg
      ? makeSvg(ink, { ...at, addressOf: pictures.addressOf }, later)
      : makePng(ink, at, wanted.scale, later));
  } finally {
    pictures.close();
  }
}

interface Place {
  readonly region: Box;
  readonly zoom: number;
  readonly theme: InkTheme & { readonly background: ReturnType<Board["background"]> | "none" };
}

async function makePng(
  ink: FrozenInk,
  { region, zoom, theme }: Place,
  pixels: number,
  turn: Turn,
): Promise<Made | undefined> {
  const scale = largestScale(region, zoom * pixels);
  const appearance = { ...theme, pixelRatio: scale / zoom };
  const painting = paintPng({ ink, region, scale, appearance, createCanvas });
  let step = painting.next();
  while (!step.done) {
    if (!(await turn(step.value))) {
      painting.return(createCanvas());
      return undefined;
    }
    step = painting.next();
  }
  const canvas = step.value;
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, TYPES.png);
  });
  // Some engines give the memory back only then.
  canvas.width = 0;
  if (!blob) throw new Error("a canvas gives no PNG");
  return { blob, text: undefined, ...(scale < zoom * pixels ? { smaller: scale / zoom } : {}) };
}

async function makeSvg(
  ink: FrozenInk,
  { region, zoom, theme, addressOf }: Place & Pick<OutPictures, "addressOf">,
  turn: Turn,
): Promise<Made | undefined> {
  const ids = ink.within(region);
  const parts: Blob[] = [];
  let part = "";
  let chars = 0;
  let count = 0;
  const svg = svgOf({
    list: drawList(ink, ids),
    region,
    zoom,
    appearance: { ...theme, pixelRatio: zoom },
    addressOf,
  });
  for (const text of svg) {
    part += text;
    if (part.length > PART) {
      parts.push(new Blob([part]));
      chars += part.length;
      part = "";
    }
    if (!(await turn(Math.min(++count / ids.length, 1)))) return undefined;
  }
  parts.push(new Blob([part]));
  chars += part.length;
  const blob = new Blob(parts, { type: TYPES.svg });
  return { blob, text: chars <= MOST_TEXT ? await blob.text() : undefined };
}

/** All pages; or what is selected, as a text of a few items where that is all. */
async function makeFile(
  { area }: Wanted,
  { board, pages, selected, bytesOf }: Shown,
  turn: Turn,
): Promise<Made | undefined> {
  const copied = area === "selection" ? board.copy(selected) : undefined;
  const items = copied && clipboardText(copied);
  if (items !== undefined && copied!.every(({ kind }) => kind !== "picture")) {
    return { blob: new Blob([items]), text: items };
  }
  let isLacking = false;
  const file = await pages.pack(
    turn,
    async (hash) => {
      const bytes = await bytesOf(hash);
      isLacking ||= !bytes;
      return bytes;
    },
    copied && pageOf(copied).content,
  );
  if (!file) return undefined;
  const isSmall = file.length < MOST_TEXT / 2;
  return {
    blob: new Blob([file as BlobPart], { type: TYPES.inkmesh }),
    text: isSmall ? boardText(file) : items,
    ...(isLacking ? { lacking: "all" } : isSmall ? {} : { lacking: "text" }),
  };
}

function createCanvas(): HTMLCanvasElement {
  return document.createElement("canvas");
}
