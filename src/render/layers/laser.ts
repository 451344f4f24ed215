/*
 * The light of laser pointers: a glowing trail that gets thinner and fades with its age.
 */
import { boundsOf, distance, type Point } from "../../base/geometry.ts";
import { LASER_MS, type LaserPoint } from "../../board/previews/preview.ts";
import { flattenCurve } from "../../ink/curve.ts";
import type { Light } from "./live-content.ts";
import { displayColor } from "../canvas/theme.ts";

/** The light of one laser pointer. */
export interface LaserTrail {
  /** 0xRRGGBB, as chosen for the light theme. */
  readonly color: number;
  /** Oldest first. */
  readonly points: readonly LaserPoint[];
}

/** In pixels of CSS. */
const CORE_RADIUS = 3;
/** From the outside in: how much wider than the core, and how strong. */
const GLOW = [
  { reach: 3.2, alpha: 0.1 },
  { reach: 2.3, alpha: 0.16 },
  { reach: 1.6, alpha: 0.28 },
  { reach: 1, alpha: 0.95 },
];
/** The middle is nearly white, as bright light is. */
const SPARK = { reach: 0.4, alpha: 0.85 };
/** In pixels of CSS. */
const STEP = 2;

/** A place of a trail, with what is left of its light: 1 .. 0. */
interface Lit extends Point {
  readonly life: number;
}

/** How a trail looks `later` milliseconds after it was told; undefined when it is dark. `zoom`: CSS pixels to a world unit. */
export function laserLight({ color, points }: LaserTrail, later: number, zoom: number): Light | undefined {
  const lit = points
    .map(({ x, y, age }) => ({ x, y, pressure: 1 - (age + later) / LASER_MS }))
    .filter(({ pressure }) => pressure > 0);
  if (lit.length === 0) return undefined;
  const trail = flattenCurve(lit, STEP / zoom).map(({ x, y, pressure }) => ({ x, y, life: pressure }));
  const radius = CORE_RADIUS / zoom;
  const box = boundsOf(trail, (GLOW[0]!.reach + 1) * radius)!;
  return {
    box,
    paint(context, { transform, appearance }) {
      const { scale, x, y } = transform;
      const places = trail.map((each) => ({ x: each.x * scale + x, y: each.y * scale + y, life: each.life }));
      const core = radius * scale;
      const paint = (style: string, { reach, alpha }: typeof SPARK): void => {
        context.globalAlpha = alpha;
        context.fillStyle = style;
        context.fill(taper(places, core * reach));
      };
      for (const each of GLOW) paint(displayColor(color, appearance.dark), each);
      paint("#ffffff", SPARK);
    },
  };
}

/** One path, wide where the light is young, whose parts all turn the same way: none cuts a hole into another. */
function taper(places: readonly Lit[], radius: number): Path2D {
  const path = new Path2D();
  for (const [i, place] of places.entries()) {
    const own = radius * place.life;
    path.moveTo(place.x + own, place.y);
    path.arc(place.x, place.y, own, 0, 2 * Math.PI);
    const next = places[i + 1];
    if (next) bridge(path, place, next, radius);
  }
  return path;
}

function bridge(path: Path2D, from: Lit, to: Lit, radius: number): void {
  const length = distance(from, to);
  if (length === 0) return;
  const side = { x: (from.y - to.y) / length, y: (to.x - from.x) / length };
  const corner = ({ x, y, life }: Lit, sign: number): [number, number] => [
    x + side.x * radius * life * sign,
    y + side.y * radius * life * sign,
  ];
  path.moveTo(...corner(from, -1));
  path.lineTo(...corner(to, -1));
  path.lineTo(...corner(to, 1));
  path.lineTo(...corner(from, 1));
  path.closePath();
}
