import { LIMITS } from "../../board/document/limits.ts";
import { NEARLY } from "../../board/writing/room.ts";

/** Whether a board has little room for further pages: `left` of them. */
export function isFewLeft(left: number): boolean {
  return left <= Math.round(LIMITS.pages.writes * (1 - NEARLY));
}
