/*
 * Reads drawings and libraries of Excalidraw, of all their versions: what this app has too becomes items, and what it
 * has not is named, so that a person can be told. Such files come from anywhere: whatever is in them, nothing is
 * thrown, and no more is made of them than a board takes.
 */
import type { Point } from "../base/geometry.ts";
import { IDENTITY, multiply, translation, type Matrix } from "../base/matrix.ts";
import type { CopiedItem } from "../board/document/board.ts";
import { MAX_LABEL_CHARS } from "../board/document/labels.ts";
import { LIMITS } from "../board/document/limits.ts";
import { MAX_WIDTH } from "../ink/header.ts";
import type { InkPoint, ItemTool, StrokeHeader } from "../ink/stroke.ts";
import { colorOf, isObject, isShown, listOf, numberOf, type Json } from "./excalidraw-values.ts";

/** What is not on a board of ours. */
export type LeftOut = "pictures" | "fills" | "dashes" | "rest";

/** A picture in it, which nobody has looked into yet. */
export interface LooseImage {
  /** Of the items so many are below it. */
  readonly at: number;
  /** A `data:` address, if it is one. */
  readonly address: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly matrix: Matrix;
}

export interface ReadDrawing {
  /** Bottom first, where they were; of a library side by side. */
  readonly items: readonly CopiedItem[];
  /** Bottom first. */
  readonly images: readonly LooseImage[];
  readonly leftOut: ReadonlySet<LeftOut>;
  readonly isLibrary: boolean;
}

/** `too-large`: it has more than is read at once. */
export type DrawingProblem = "broken" | "too-large";

/** Of a file; pictures take the most of it. */
const MOST_CHARS = 32 * 1024 * 1024;
const MOST_ITEMS = LIMITS.copiedItems.takes;
/** Also those that are deleted, or that nothing is made of. */
const MOST_ELEMENTS = 50_000;
const MOST_POINTS = 200_000;
const MOST_IMAGES = 100;
const SMALLEST_WIDTH = 1 / 4;
/** Its freehand ink is so many times as wide as it says; our pens are as wide as they say where they are pressed hard. */
const PEN_WIDTHS = 4;
const USUAL_TYPE = 20;
/** Between the things of a library, and how wide a row of them gets. */
const GAP = 40;
const ROW = 1200;
/** So near its beginning or its end a file says what it is. */
const NEAR = 4096;

interface Reading {
  readonly items: CopiedItem[];
  readonly images: LooseImage[];
  readonly leftOut: Set<LeftOut>;
  /** By their names. */
  readonly files: Json;
  /** How many more may come. */
  points: number;
}

/** Whether a text says that it is such a file, or a copy out of one. */
export function isExcalidraw(text: string): boolean {
  const says = /"type"\s*:\s*"excalidraw/u;
  return /^\s*\{/u.test(text) && (says.test(text.slice(0, NEAR)) || says.test(text.slice(-NEAR)));
}

/** Undefined where the text is no such file. */
export function readExcalidraw(text: string): ReadDrawing | DrawingProblem | undefined {
  if (!isExcalidraw(text)) return undefined;
  if (text.length > MOST_CHARS) return "too-large";
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return "broken";
  }
  if (!isObject(file)) return "broken";
  const files = isObject(file["files"]) ? file["files"] : {};
  const reading: Reading = { items: [], images: [], leftOut: new Set(), files, points: MOST_POINTS };
  const isLibrary = file["type"] === "excalidrawlib";
  const groups = isLibrary
    ? listOf(file["libraryItems"] ?? file["library"]).map((group) =>
        listOf(isObject(group) ? group["elements"] : group),
      )
    : [listOf(file["elements"])];
  if (groups.reduce((sum, { length }) => sum + length, groups.length) > MOST_ELEMENTS) return "too-large";
  if (isLibrary) readSideBySide(reading, groups);
  else for (const element of groups[0]!) readElement(reading, element, IDENTITY);
  const { items, images, leftOut } = reading;
  if (isFull(reading)) return "too-large";
  const isEmpty = items.length + images.length + leftOut.size === 0;
  return isEmpty ? "broken" : { items, images, leftOut, isLibrary };
}

function readSideBySide(reading: Reading, groups: readonly (readonly unknown[])[]): void {
  let [x, y, height] = [0, 0, 0];
  for (const group of groups) {
    const boxes = group.filter(isShown).map(boxOf);
    if (boxes.length === 0) continue;
    const least = (key: "x" | "y"): number => boxes.reduce((a, box) => Math.min(a, box[key]), Infinity);
    const size = (from: number, key: "x" | "y", length: "width" | "height"): number =>
      boxes.reduce((a, box) => Math.max(a, box[key] + Math.abs(box[length]) - from), 0);
    const [left, top] = [least("x"), least("y")];
    const [width, depth] = [size(left, "x", "width"), size(top, "y", "height")];
    if (x > 0 && x + width > ROW) [x, y, height] = [0, y + height + GAP, 0];
    for (const element of group) readElement(reading, element, translation(x - left, y - top));
    x += width + GAP;
    height = Math.max(height, depth);
  }
}

/** More than a board takes at once. */
function isFull({ points, items }: Reading): boolean {
  return points < 0 || items.length > MOST_ITEMS;
}

/** Its sides may be below zero. */
function boxOf(element: Json): Point & LooseImage["size"] {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => numberOf(element[key], 0));
  return { x: x!, y: y!, width: width!, height: height! };
}

/** `to`: takes it where it is to be. */
function readElement(reading: Reading, element: unknown, to: Matrix): void {
  if (!isShown(element) || isFull(reading)) return;
  const { items, leftOut } = reading;
  const box = boxOf(element);
  const { width, height } = box;
  const type = element["type"];
  const matrix = multiply(to, placeOf(box, numberOf(element["angle"], 0)));
  const paint = (tool: ItemTool, size: number, points: readonly InkPoint[], isPressed = false): void => {
    reading.points -= points.length;
    const header = headerOf(element, tool, size, isPressed);
    if (points.length > 0) items.push({ kind: "stroke", header, points, matrix, attributes: {} });
  };
  const thickness = numberOf(element["strokeWidth"], 1);
  const corners = [inkAt(0, 0), inkAt(width, height)];
  noteLooks(element, leftOut);

  if (type === "rectangle" || type === "ellipse") paint(type, thickness, corners);
  else if (type === "diamond") {
    const [w, h] = [width / 2, height / 2];
    paint(
      "marker",
      thickness,
      straight([
        [w, 0],
        [width, h],
        [w, height],
        [0, h],
        [w, 0],
      ]),
    );
  } else if (type === "freedraw" || type === "draw") {
    const points = pointsOf(element, reading.points);
    const pressures = element["simulatePressure"] === false ? listOf(element["pressures"]) : [];
    const isPressed = points.length > 1 && pressures.length >= points.length;
    const pressed = isPressed
      ? points.map((each, i) => ({
          ...each,
          pressure: Math.min(Math.max(numberOf(pressures[i], 0.5), 0), 1),
        }))
      : points;
    paint("pen", PEN_WIDTHS * thickness, pressed, isPressed);
  } else if (type === "line" || type === "arrow") {
    const given = pointsOf(element, reading.points);
    readLine(element, given.length > 1 ? given : corners, (tool, points) => paint(tool, thickness, points));
  } else if (type === "text") readText(reading, element, matrix);
  else if (type === "frame" || type === "magicframe") {
    paint("rectangle", 1, corners);
    if (typeof element["name"] === "string") {
      const above = multiply(matrix, translation(0, -1.5 * USUAL_TYPE));
      readText(reading, { ...element, text: element["name"] }, above);
    }
  } else if (type !== "image") leftOut.add("rest");
  else if (!readImage(reading, element, { size: { width, height }, matrix })) leftOut.add("pictures");
}

/** Says whether there is one. */
function readImage(
  { items, images, files }: Reading,
  element: Json,
  { size, matrix }: Pick<LooseImage, "size" | "matrix">,
): boolean {
  const { fileId } = element;
  const file = typeof fileId === "string" ? files[fileId] : undefined;
  const address = isObject(file) ? file["dataURL"] : undefined;
  // What is cropped there would be distorted.
  if (typeof address !== "string" || element["crop"] || images.length >= MOST_IMAGES) return false;
  if (size.width <= 0 || size.height <= 0) return false;
  images.push({ at: items.length, address, size, matrix });
  return true;
}

/** A line, with a head at each end that has one, straight or round as it is. */
function readLine(
  element: Json,
  points: readonly InkPoint[],
  paint: (tool: ItemTool, points: readonly InkPoint[]) => void,
): void {
  const isArrow = element["type"] === "arrow";
  const isRound = Boolean(element["roundness"]) || element["strokeSharpness"] === "round";
  // Arrows of old files say nothing of their heads.
  const hasHead = (key: string, otherwise: boolean): boolean =>
    key in element ? Boolean(element[key]) : otherwise;
  const atEnd = hasHead("endArrowhead", isArrow);
  const atStart = hasHead("startArrowhead", false);
  const [first, last] = [points[0]!, points.at(-1)!];
  if (points.length === 2) {
    if (!atEnd && !atStart) paint("line", points);
    if (atEnd) paint("arrow", points);
    if (atStart) paint("arrow", [last, first]);
    return;
  }
  paint("marker", isRound && !element["elbowed"] ? points : straight(points.map(({ x, y }) => [x, y])));
  if (atEnd) paint("arrow", [points.at(-2)!, last]);
  if (atStart) paint("arrow", [points[1]!, first]);
}

function readText({ items, leftOut }: Reading, element: Json, matrix: Matrix): void {
  const text =
    typeof element["text"] === "string"
      ? element["text"].replace(/\r\n?/gu, "\n").replace(/[^\P{Cc}\n\t]/gu, "")
      : "";
  if (text.trim() === "") return;
  if (text.length > MAX_LABEL_CHARS) {
    leftOut.add("rest");
    return;
  }
  const header = headerOf(element, "text", numberOf(element["fontSize"], USUAL_TYPE), false);
  items.push({ kind: "text", header, size: undefined, matrix, attributes: {}, text });
}

/** What of its looks a board of ours does not have. */
function noteLooks(element: Json, leftOut: Set<LeftOut>): void {
  const { type, backgroundColor: fill, strokeStyle, opacity } = element;
  const isShape =
    type === "rectangle" ||
    type === "ellipse" ||
    type === "diamond" ||
    type === "line" ||
    type === "freedraw";
  if (isShape && typeof fill === "string" && fill !== "transparent" && fill !== "") leftOut.add("fills");
  if (isShape && (strokeStyle === "dashed" || strokeStyle === "dotted")) leftOut.add("dashes");
  if (typeof opacity === "number" && opacity < 100) leftOut.add("rest");
}

/** Turned about its middle. */
function placeOf({ x, y, width, height }: ReturnType<typeof boxOf>, angle: number): Matrix {
  if (angle === 0) return translation(x, y);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turn = { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
  return multiply(
    translation(x + width / 2, y + height / 2),
    multiply(turn, translation(-width / 2, -height / 2)),
  );
}

function headerOf(element: Json, tool: ItemTool, size: number, pressure: boolean): StrokeHeader {
  const width = Math.round(Math.min(Math.max(size, SMALLEST_WIDTH), MAX_WIDTH) * 4) / 4;
  return { tool, color: colorOf(element["strokeColor"]), width, input: "mouse", pressure, scale: 0 };
}

/** At most `most` of them, and one more. */
function pointsOf(element: Json, most: number): InkPoint[] {
  return listOf(element["points"])
    .slice(0, Math.max(most, 0) + 1)
    .map((point) =>
      Array.isArray(point) ? inkAt(numberOf(point[0], 0), numberOf(point[1], 0)) : inkAt(0, 0),
    );
}

/** Ink bends from point to point, but where these are close: then it goes straight, around corners. */
function straight(corners: readonly (readonly number[])[]): InkPoint[] {
  return corners.flatMap(([x = 0, y = 0], i) => {
    const [fromX = x, fromY = y] = corners[i - 1] ?? [];
    const part = (t: number): InkPoint => inkAt(fromX + (x - fromX) * t, fromY + (y - fromY) * t);
    return i === 0 ? [part(1)] : [part(1 / 16), part(15 / 16), part(1)];
  });
}

function inkAt(x: number, y: number): InkPoint {
  return { x, y, pressure: 0.5 };
}
