import type { PNG } from "pngjs";

/** How two pictures of the same board, painted by two engines, differ. */
export interface Difference {
  /** Pixels of the first that are not paper. */
  readonly inked: number;
  /** Pixels of either whose colour the other one has nowhere near. */
  readonly wrong: number;
  /** The most of these that touch one another. */
  readonly largest: number;
}

/**
 * Engines round the soft edge of a shape in their own ways and put a letter up to a pixel aside, so a
 * pixel is wrong only where a channel lies by more than this outside what the nine pixels around the same
 * place have in the other picture. Of 255.
 */
const SLACK = 40;

export function differenceOf(a: PNG, b: PNG): Difference {
  if (a.width !== b.width || a.height !== b.height) throw new Error("The pictures differ in size.");
  const wrong = new Set([...strangersOf(a, b), ...strangersOf(b, a)]);
  let inked = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if ([0, 1, 2].some((channel) => a.data[at + channel] !== a.data[channel])) inked++;
  }
  return { inked, wrong: wrong.size, largest: largestOf(wrong, a.width) };
}

/** The indices of pixels of `a` that have no like near them in `b`. */
function strangersOf(a: PNG, b: PNG): number[] {
  const { width, height } = a;
  const found: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      if (isStranger(a, b, y * width + x)) found.push(y * width + x);
    }
  }
  return found;
}

function isStranger(a: PNG, b: PNG, index: number): boolean {
  for (let channel = 0; channel < 3; channel++) {
    const own = a.data[index * 4 + channel]!;
    // Most of it is alike.
    if (Math.abs(own - b.data[index * 4 + channel]!) <= SLACK) continue;
    let least = 255;
    let most = 0;
    for (const row of [-a.width, 0, a.width]) {
      for (let at = index + row - 1; at <= index + row + 1; at++) {
        least = Math.min(least, b.data[at * 4 + channel]!);
        most = Math.max(most, b.data[at * 4 + channel]!);
      }
    }
    if (own < least - SLACK || own > most + SLACK) return true;
  }
  return false;
}

/** The size of the largest patch of pixels that touch by a side or a corner. */
function largestOf(pixels: ReadonlySet<number>, width: number): number {
  const left = new Set(pixels);
  let largest = 0;
  for (const first of pixels) {
    if (!left.delete(first)) continue;
    const patch = [first];
    for (const pixel of patch) {
      for (const row of [-width, 0, width]) {
        for (let next = pixel + row - 1; next <= pixel + row + 1; next++)
          if (left.delete(next)) patch.push(next);
      }
    }
    largest = Math.max(largest, patch.length);
  }
  return largest;
}
