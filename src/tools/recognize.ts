/*
 * Recognizes the shape that a rough stroke was meant as, once the pen rests. What fits none well stays as it
 * was drawn.
 */
import { boundsOf, centreOf, distance, type Box, type Point } from "../base/geometry.ts";
import { flattenCurve } from "../ink/curve.ts";
import type { InkPoint, ShapeTool } from "../ink/stroke.ts";
import { fitEllipse, fitRectangle, type Fit } from "./fit.ts";
import { cornersAlong, lengthOf, resample } from "./polyline.ts";
import { distanceToLine } from "./sweep.ts";

/** What a rough stroke was meant as. */
export interface RecognizedShape {
  readonly tool: ShapeTool;
  readonly from: Point;
  readonly to: Point;
}

/** Smaller than this, in screen pixels, it is writing. */
const SMALLEST = 48;
const COUNT = 96;

/** A line leaves the straight way by no more than this part of it, and is not longer by more than that. */
const BENT = 0.05;
const DETOUR = 1.06;
/** A line that is as level, or as upright, as this tangent says, is meant so. */
const LEVEL = 0.05;

/** The hooks of an arrow: how long, in parts of the shaft, and how far from it, as cosines. */
const SHORTEST_HOOK = 0.08;
const LONGEST_HOOK = 0.45;
const WIDEST = Math.cos((65 * Math.PI) / 180);
const NARROWEST = Math.cos((12 * Math.PI) / 180);

/** The ends of what goes round are no further apart than this part of its length. */
const GAP = 0.15;
/** How much longer than its outline what goes round may be: the hand goes on over the beginning. */
const OVERLAP = 1.25;
/** How far off the outline it may be, in parts of its mean side. */
const ROUGH = 0.045;
const ROUGHEST = 0.16;
/** An ellipse that is so nearly as high as wide is a circle. */
const ROUND = 0.85;
/** Flatter than this, it is a line drawn to and fro. */
const FLATTEST = 0.12;
/** A rectangle may have been drawn as askew as this, in steps of a degree. */
const ASKEW = 15;

/** Undefined for what is best left as it was drawn. `zoom`: of the canvas that it was drawn on. */
export function recognizeShape(points: readonly InkPoint[], zoom: number): RecognizedShape | undefined {
  const box = boundsOf(points);
  if (!box || distance({ x: box.minX, y: box.minY }, { x: box.maxX, y: box.maxY }) * zoom < SMALLEST) {
    return undefined;
  }
  const places = resample(flattenCurve(points, 2 / zoom), COUNT);
  return asLine(places) ?? asArrow(places) ?? asClosed(places);
}

function asLine(places: readonly Point[]): RecognizedShape | undefined {
  const from = places[0]!;
  const to = places.at(-1)!;
  const length = distance(from, to);
  if (lengthOf(places) > DETOUR * length) return undefined;
  const bent = Math.max(...places.map((place) => distanceToLine(place, from, to)));
  return bent <= BENT * length ? { tool: "line", from, to: levelled(from, to) } : undefined;
}

function levelled(from: Point, to: Point): Point {
  const dx = Math.abs(to.x - from.x);
  const dy = Math.abs(to.y - from.y);
  if (dy <= LEVEL * dx) return { x: to.x, y: from.y };
  if (dx <= LEVEL * dy) return { x: from.x, y: to.y };
  return to;
}

/**
 * A straight shaft, and after its tip a hook back along it; or two, one to each side, by way of the tip
 * or straight across.
 */
function asArrow(places: readonly Point[]): RecognizedShape | undefined {
  const corners = cornersAlong(
    places,
    BENT * Math.max(...places.map((place) => distance(places[0]!, place))),
  );
  const [from, tip, ...rest] = corners;
  if (!from || !tip || rest.length === 0 || rest.length > 4) return undefined;
  const shaft = distance(from, tip);
  const atTip = (place: Point): boolean => distance(place, tip) < SHORTEST_HOOK * shaft;
  const hooks = rest.filter((place) => !atTip(place));
  if (hooks.length === 0 || hooks.length > 2 || !hooks.every((end) => isHook(from, tip, end)))
    return undefined;
  const [left, right] = hooks;
  if (left && right && side(from, tip, left) === side(from, tip, right)) return undefined;
  return { tool: "arrow", from, to: levelled(from, tip) };
}

function isHook(from: Point, tip: Point, end: Point): boolean {
  const shaft = distance(from, tip);
  const hook = distance(tip, end);
  if (hook < SHORTEST_HOOK * shaft || hook > LONGEST_HOOK * shaft) return false;
  const dot = (from.x - tip.x) * (end.x - tip.x) + (from.y - tip.y) * (end.y - tip.y);
  const cos = dot / (shaft * hook);
  return cos >= WIDEST && cos <= NARROWEST;
}

function side(from: Point, to: Point, place: Point): boolean {
  return (to.x - from.x) * (place.y - from.y) > (to.y - from.y) * (place.x - from.x);
}

function asClosed(places: readonly Point[]): RecognizedShape | undefined {
  const length = lengthOf(places);
  if (distance(places[0]!, places.at(-1)!) > GAP * length) return undefined;
  const ellipse = usable(fitEllipse(places), length, perimeterOfEllipse);
  const rectangle = usable(bestRectangle(places), length, perimeterOfBox);
  if (ellipse && (!rectangle || ellipse.mean <= rectangle.mean))
    return between("ellipse", rounded(ellipse.box));
  return rectangle && between("rectangle", rectangle.box);
}

function bestRectangle(places: readonly Point[]): Fit | undefined {
  let best: Fit | undefined;
  for (let degrees = -ASKEW; degrees <= ASKEW; degrees++) {
    const fit = fitRectangle(places, (degrees * Math.PI) / 180);
    if (fit && (!best || fit.mean < best.mean)) best = fit;
  }
  return best;
}

function usable(
  fit: Fit | undefined,
  length: number,
  perimeterOf: (width: number, height: number) => number,
): Fit | undefined {
  if (!fit?.complete) return undefined;
  const width = fit.box.maxX - fit.box.minX;
  const height = fit.box.maxY - fit.box.minY;
  const mean = (width + height) / 2;
  const fits =
    Math.min(width, height) >= FLATTEST * Math.max(width, height) &&
    length <= OVERLAP * perimeterOf(width, height) &&
    fit.mean <= ROUGH * mean &&
    fit.worst <= ROUGHEST * mean;
  return fits ? fit : undefined;
}

function perimeterOfBox(width: number, height: number): number {
  return 2 * (width + height);
}

function perimeterOfEllipse(width: number, height: number): number {
  return Math.PI * Math.sqrt((width * width + height * height) / 2);
}

function rounded(box: Box): Box {
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  if (Math.min(width, height) < ROUND * Math.max(width, height)) return box;
  const radius = (width + height) / 4;
  const { x, y } = centreOf(box);
  return { minX: x - radius, minY: y - radius, maxX: x + radius, maxY: y + radius };
}

function between(tool: "rectangle" | "ellipse", { minX, minY, maxX, maxY }: Box): RecognizedShape {
  return { tool, from: { x: minX, y: minY }, to: { x: maxX, y: maxY } };
}
