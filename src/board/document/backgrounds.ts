/** Only append: the place is the code. */
export const BACKGROUNDS = ["plain", "dots", "grid", "lines"] as const;
export type Background = (typeof BACKGROUNDS)[number];
