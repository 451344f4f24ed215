/** A phone's screen in CSS pixels. */
export interface Screen {
  readonly width: number;
  readonly height: number;
}

export const SCREENS: readonly (readonly [string, string])[] = [
  ["390x844", "Phone 390 × 844"],
  ["360x640", "Small phone 360 × 640"],
  ["844x390", "Phone, landscape 844 × 390"],
  ["820x1180", "Tablet 820 × 1180"],
  ["1280x800", "Desktop 1280 × 800"],
];

export const RATIOS: readonly number[] = [1, 1.5, 2, 2.625, 3];

/** `390x844`; undefined where the text is no screen of 200 to 4000 px a side. */
export function parseScreen(text: string): Screen | undefined {
  const match = /^\s*(\d{3,4})\s*[x×]\s*(\d{3,4})\s*$/.exec(text);
  if (!match) return undefined;
  const [width, height] = [Number(match[1]), Number(match[2])];
  return Math.min(width, height) >= 200 && Math.max(width, height) <= 4000 ? { width, height } : undefined;
}

export function formatScreen({ width, height }: Screen): string {
  return `${width}x${height}`;
}
