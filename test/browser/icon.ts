import type { Point } from "../../src/base/geometry.ts";

/** A place on the centre line of a brush stroke; `t` runs from 0 at its start to 1 at its end. */
interface Place extends Point {
  readonly t: number;
}

const SIZE = 512;
const CENTER: Point = { x: 268, y: 256 };
const TILT = -Math.PI / 4;
/** Brush width, distance of a hairpin's two legs, and the strip of paper that shows beside the upper stroke. */
const BRUSH = 58;
const GAP = 138;
const HALO = 13;
const START_X = -176;
const BEND_X = 104;
const END_X = -196;
const COLORS = { paper: "#fbf8f1", indigo: "#3d41c8", coral: "#f4604a" } as const;

/**
 * The app's icon: two people's brush strokes, each a hairpin, woven through each other at four
 * crossings, over and under in turn. An SVG document of 512 x 512 px.
 */
export function iconSvg(): string {
  const indigo = placed(hairpin(), TILT);
  const coral = placed(hairpin(), TILT + Math.PI / 2);
  // Coral lies above everywhere; at two opposite crossings indigo is painted once more, above it.
  const patches = [crossing(-GAP / 2, -GAP / 2), crossing(GAP / 2, GAP / 2)].flatMap((center) => [
    fill(outline(around(indigo, center, 50), HALO, false), "paper"),
    fill(outline(around(indigo, center, 56), 0, false), "indigo"),
  ]);
  const strokes = [
    fill(outline(indigo, 0, true), "indigo"),
    fill(outline(coral, HALO, true), "paper"),
    fill(outline(coral, 0, true), "coral"),
    ...patches,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 ${SIZE} ${SIZE}">
  <rect x="8" y="8" width="496" height="496" rx="116" fill="${COLORS.paper}"/>
  <rect x="9.5" y="9.5" width="493" height="493" rx="114.5" fill="none" stroke="#2a2140" stroke-opacity=".1" stroke-width="3"/>
  ${strokes.join("\n  ")}
</svg>
`;
}

function fill(path: string, paint: keyof typeof COLORS): string {
  return `<path d="${path}" fill="${COLORS[paint]}"/>`;
}

/** Along the upper leg, round the bend and back along the lower leg; the legs are slightly bowed, as a hand draws. */
function hairpin(): Place[] {
  const radius = GAP / 2;
  const out = BEND_X - START_X;
  const bend = Math.PI * radius;
  const back = BEND_X - END_X;
  const bow = (part: number): number => -4 * Math.sin(part * Math.PI);
  const steps = 240;
  return Array.from({ length: steps + 1 }, (_, i): Place => {
    const t = i / steps;
    const s = t * (out + bend + back);
    if (s < out) return { t, x: START_X + s, y: -radius + bow(s / out) };
    if (s < out + bend) {
      const angle = (s - out) / radius - Math.PI / 2;
      return { t, x: BEND_X + Math.cos(angle) * radius, y: Math.sin(angle) * radius };
    }
    const q = s - out - bend;
    return { t, x: BEND_X - q, y: radius + bow(q / back) };
  });
}

function placed(line: readonly Place[], angle: number): Place[] {
  return line.map((place) => ({ t: place.t, ...turned(place, angle) }));
}

function crossing(x: number, y: number): Point {
  return turned({ x, y }, TILT);
}

function turned({ x, y }: Point, angle: number): Point {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { x: CENTER.x + x * cos - y * sin, y: CENTER.y + x * sin + y * cos };
}

function around(line: readonly Place[], center: Point, radius: number): Place[] {
  return line.filter(({ x, y }) => Math.hypot(x - center.x, y - center.y) < radius);
}

/** A brush swells a little on its way and is lifted slowly. */
function halfWidth(t: number, extra: number): number {
  const end = Math.min(1, (1 - t) / 0.24);
  const lifted = 0.36 + 0.64 * (1 - (1 - end) ** 2);
  return (BRUSH * lifted * (1 - 0.07 * Math.cos(t * Math.PI * 3))) / 2 + extra;
}

function outline(line: readonly Place[], extra: number, roundEnds: boolean): string {
  const left: string[] = [];
  const right: string[] = [];
  line.forEach((place, i) => {
    const a = line[Math.max(0, i - 1)]!;
    const b = line[Math.min(line.length - 1, i + 1)]!;
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const nx = (-(b.y - a.y) / length) * halfWidth(place.t, extra);
    const ny = ((b.x - a.x) / length) * halfWidth(place.t, extra);
    left.push(`${(place.x + nx).toFixed(1)} ${(place.y + ny).toFixed(1)}`);
    right.unshift(`${(place.x - nx).toFixed(1)} ${(place.y - ny).toFixed(1)}`);
  });
  if (!roundEnds) return `M${[...left, ...right].join("L")}Z`;
  const arc = (t: number, to: string): string => {
    const radius = halfWidth(t, extra).toFixed(1);
    return `A${radius} ${radius} 0 0 0 ${to}`;
  };
  return `M${left.join("L")}${arc(1, right[0]!)}L${right.slice(1).join("L")}${arc(0, left[0]!)}Z`;
}
