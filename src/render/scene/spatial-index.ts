import { overlaps, type Box } from "../../base/geometry.ts";

/**
 * Boxes by where they are. Finding those that touch a place costs what is near it, not what there is
 * in all.
 */
export interface SpatialIndex<Key> {
  /** Puts a box in, in place of the key's former one. */
  set(key: Key, box: Box): void;
  delete(key: Key): void;
  get(key: Key): Box | undefined;
  /** All keys whose box touches `box`, in no order. */
  within(box: Box): Key[];
  /** A box around all; undefined where there is none. */
  bounds(): Box | undefined;
}

/** World units; the side of the smallest cells. Those of each further grid are twice as large. */
const SMALLEST = 64;
const GRIDS = 40;

interface Place {
  readonly box: Box;
  readonly grid: number;
  readonly cell: string;
}

/**
 * Grids of cells, each twice as coarse as the one before. A box lies in the one cell that holds its
 * top left corner, in the grid whose cells are at least as large as it is: so it reaches into the next
 * cells at most.
 */
export function createSpatialIndex<Key>(): SpatialIndex<Key> {
  const places = new Map<Key, Place>();
  const grids = new Map<number, Map<string, Set<Key>>>();
  let bounds: Box | undefined;
  let boundsKnown = true;

  const remove = (key: Key): void => {
    const place = places.get(key);
    if (!place) return;
    places.delete(key);
    const cells = grids.get(place.grid)!;
    const cell = cells.get(place.cell)!;
    cell.delete(key);
    if (cell.size === 0) cells.delete(place.cell);
    if (cells.size === 0) grids.delete(place.grid);
    // Only what lay at the edge can have held the bounds open.
    if (bounds && reachesEdge(place.box, bounds)) boundsKnown = false;
  };

  return {
    set(key, box) {
      remove(key);
      const grid = gridFor(box);
      const side = SMALLEST * 2 ** grid;
      const cell = cellName(Math.floor(box.minX / side), Math.floor(box.minY / side));
      const cells = grids.get(grid) ?? new Map<string, Set<Key>>();
      grids.set(grid, cells);
      const keys = cells.get(cell);
      if (keys) keys.add(key);
      else cells.set(cell, new Set([key]));
      places.set(key, { box, grid, cell });
      if (boundsKnown) bounds = around(bounds, box);
    },
    delete: remove,
    get: (key) => places.get(key)?.box,
    within(box) {
      const found: Key[] = [];
      const look = (keys: Iterable<Key> | undefined): void => {
        for (const key of keys ?? []) if (overlaps(places.get(key)!.box, box)) found.push(key);
      };
      for (const [grid, cells] of grids) {
        const side = SMALLEST * 2 ** grid;
        const left = Math.floor(box.minX / side) - 1;
        const right = Math.floor(box.maxX / side);
        const top = Math.floor(box.minY / side) - 1;
        const bottom = Math.floor(box.maxY / side);
        if ((right - left + 1) * (bottom - top + 1) > cells.size) {
          for (const keys of cells.values()) look(keys);
          continue;
        }
        for (let x = left; x <= right; x++) {
          for (let y = top; y <= bottom; y++) look(cells.get(cellName(x, y)));
        }
      }
      return found;
    },
    bounds() {
      if (!boundsKnown) {
        bounds = undefined;
        for (const { box } of places.values()) bounds = around(bounds, box);
        boundsKnown = true;
      }
      return bounds;
    },
  };
}

function gridFor(box: Box): number {
  const size = Math.max(box.maxX - box.minX, box.maxY - box.minY);
  return Math.min(Math.max(Math.ceil(Math.log2(size / SMALLEST)), 0), GRIDS);
}

function cellName(x: number, y: number): string {
  return `${x},${y}`;
}

function reachesEdge(box: Box, bounds: Box): boolean {
  return (
    box.minX <= bounds.minX || box.minY <= bounds.minY || box.maxX >= bounds.maxX || box.maxY >= bounds.maxY
  );
}

/** As `unionOf`, and the same object where nothing grows: this runs for each item of a large board. */
function around(bounds: Box | undefined, box: Box): Box {
  if (!bounds) return box;
  if (!reachesEdge(box, bounds)) return bounds;
  return {
    minX: Math.min(bounds.minX, box.minX),
    minY: Math.min(bounds.minY, box.minY),
    maxX: Math.max(bounds.maxX, box.maxX),
    maxY: Math.max(bounds.maxY, box.maxY),
  };
}
