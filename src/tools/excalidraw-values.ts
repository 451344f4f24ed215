/*
 * The values in files of Excalidraw, whatever they are.
 */
export type Json = Readonly<Record<string, unknown>>;

/** No coordinate is larger, in world units. */
const FARTHEST = 2 ** 20;
const INK = 0x1e1e1e;

/** "#rgb", "#rrggbb" with or without what shows through, or the colour of usual ink. */
export function colorOf(text: unknown): number {
  const digits = typeof text === "string" ? /^#([\da-f]{3,8})$/iu.exec(text)?.[1] : undefined;
  if (digits === undefined) return INK;
  const six =
    digits.length < 6
      ? Array.from(digits.slice(0, 3), (digit) => digit + digit).join("")
      : digits.slice(0, 6);
  return Number.parseInt(six, 16);
}

export function isShown(element: unknown): element is Json {
  return isObject(element) && element["isDeleted"] !== true;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function numberOf(value: unknown, otherwise: number): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return otherwise;
  return Math.min(Math.max(value, -FARTHEST), FARTHEST);
}
