/*
 * A path as SVG has it, traced like one of a canvas: whole numbers, relative to where it has come, and as short as
 * it goes. The smooth curve of ink, whose next control point is the mirror image of the one before, is said by its
 * points alone: corners are even numbers, so nothing is rounded on the way.
 */
import type { Point } from "../../base/geometry.ts";
import type { PathSink } from "../shapes/path.ts";

export interface SvgPath extends PathSink {
  /** The `d` of it. */
  data(): string;
}

/** `unit`: what is traced is multiplied by it, and then by no more than rounding from a whole number; `origin`: added to that. */
export function createSvgPath(unit: number, origin: Point): SvgPath {
  let data = "";
  let command = "";
  let at: Point = { x: 0, y: 0 };
  let start = at;
  /** The control point of the curve that leads here. */
  let control: Point | undefined;

  const place = (x: number, y: number): Point => ({
    x: Math.round(x * unit + origin.x),
    y: Math.round(y * unit + origin.y),
  });
  const say = (next: string, numbers: readonly number[]): void => {
    if (next !== command) data += next;
    for (const [i, number] of numbers.entries()) {
      data += number < 0 || (i === 0 && next !== command) ? number : ` ${number}`;
    }
    command = next;
  };
  const from = ({ x, y }: Point): number[] => [x - at.x, y - at.y];
  const goTo = (to: Point, by: Point | undefined): void => {
    at = to;
    control = by;
  };
  const line = (to: Point): void => {
    say("l", from(to));
    goTo(to, undefined);
  };
  const round = (x: number, y: number, radius: number, angle: number): void => {
    const to = place(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const size = Math.round(radius * unit);
    say("a", [size, size, 0, 0, 1, ...from(to)]);
    goTo(to, undefined);
  };

  return {
    moveTo(x, y) {
      const to = place(x, y);
      if (data === "") say("M", [to.x, to.y]);
      else say("m", from(to));
      start = to;
      goTo(to, undefined);
    },
    lineTo: (x, y) => line(place(x, y)),
    quadraticCurveTo(controlX, controlY, x, y) {
      const by = place(controlX, controlY);
      const to = place(x, y);
      const isMirrored = control && 2 * at.x - control.x === by.x && 2 * at.y - control.y === by.y;
      if (isMirrored) say("t", from(to));
      else say("q", [...from(by), ...from(to)]);
      goTo(to, by);
    },
    arc(x, y, radius, first, last) {
      const begin = [x + radius * Math.cos(first), y + radius * Math.sin(first)] as const;
      if (data === "") this.moveTo(...begin);
      else line(place(...begin));
      // An arc that ends where it began is none at all.
      const parts = Math.ceil((last - first) / Math.PI);
      for (let i = 1; i <= parts; i++) round(x, y, radius, first + ((last - first) * i) / parts);
    },
    closePath() {
      say("z", []);
      goTo(start, undefined);
    },
    data: () => data,
  };
}
