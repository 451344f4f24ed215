import { translation } from "../../../src/base/matrix.ts";
import type { LaserPoint, Preview } from "../../../src/board/previews/preview.ts";
import type { PreviewFrame } from "../../../src/sync/wire/preview-codec.ts";

export const moved = (x: number): Preview => ({ kind: "transform", ids: ["7.1"], matrix: translation(x, 0) });
export const shine = (...points: LaserPoint[]): Preview => ({ kind: "laser", color: 1, points });
export const frame = (revision: number, preview: Preview | undefined, clock = 0): PreviewFrame => ({
  type: "preview",
  revision,
  clock,
  preview,
});
