import type { Box, Point } from "../../base/geometry.ts";

/** What a person can have in the hand. The place is the code on the wire: only append. */
export const PRESENCE_TOOLS = [
  "pen",
  "marker",
  "highlighter",
  "line",
  "arrow",
  "rectangle",
  "ellipse",
  "text",
  "note",
  "eraser",
  "cutter",
  "select",
  "laser",
  "pan",
] as const;
export type PresenceTool = (typeof PRESENCE_TOOLS)[number];

/** What a person does on the board at the moment. Told to those who are here, and never stored. */
export interface Presence {
  /** The number of the document on which the person is. */
  readonly document: number;
  /** What the person wants to be called, as `cleanName` leaves it; empty: nothing. */
  readonly name: string;
  /** 0xRRGGBB, of the brush in the hand. */
  readonly color: number;
  /** Undefined: one that a newer version has. */
  readonly tool: PresenceTool | undefined;
  /** The part of the world that the person sees. */
  readonly view: Box;
  readonly penDown: boolean;
  /** The pointer's place in the world. Undefined while ink flows from it: then it is the tip of that. */
  readonly cursor: Point | undefined;
}

/** One statement of it. Of one session's statements the one with the highest revision counts. */
export interface PresenceFrame {
  readonly type: "presence";
  /** Counts a session's statements from 0. */
  readonly revision: number;
  readonly presence: Presence;
}
