import type { Presence } from "../../../src/sync/wire/presence-frame.ts";

export const PRESENCE: Presence = {
  document: 0,
  name: "",
  color: 0x1d4ed8,
  tool: "pen",
  view: { minX: -180, minY: -320, maxX: 180, maxY: 320 },
  penDown: false,
  cursor: undefined,
};
export const pointing = (x: number, y = 0): Presence => ({ ...PRESENCE, cursor: { x, y } });
