import type { Resource } from "../../src/board/document/limits.ts";
import type { SizeLimits } from "../../src/board/document/size.ts";

/** So much that nothing in a test comes near it. */
const ENOUGH = { writes: 1_000_000_000, takes: 1_000_000_000 };

/** Of a board's size, where only some of it is scarce. */
export function smallLimits(scarce: Partial<Record<Resource, number>>): SizeLimits {
  const limitOf = (of: Resource): SizeLimits[Resource] => {
    const writes = scarce[of];
    // Two who fill it apart from each other fill it together (document/limits.ts).
    return writes === undefined ? ENOUGH : { writes, takes: of === "sessions" ? writes + 4 : writes * 2 };
  };
  return {
    sessions: limitOf("sessions"),
    writes: limitOf("writes"),
    content: limitOf("content"),
    marks: limitOf("marks"),
    standingMarks: limitOf("standingMarks"),
  };
}
