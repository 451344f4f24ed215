import type { Strings } from "../words/strings.ts";

const KB = 1000;
const MB = 1000 * KB;

/** How much something takes on this device, with its unit in the person's language. `bytes`: 0 or more. */
export function sizeWords(bytes: number, { language }: Pick<Strings, "language">): string {
  const [unit, size] = bytes < MB ? (["kilobyte", KB] as const) : (["megabyte", MB] as const);
  const digits = bytes < 10 * size ? 1 : 0;
  return new Intl.NumberFormat(`${language}-u-nu-latn`, {
    style: "unit",
    unit,
    maximumFractionDigits: digits,
  }).format(bytes / size);
}
