import type { Resource } from "../../board/document/limits.ts";
import type { Strings } from "../words/strings.ts";

/** How full the board is in words, with what can be done about it. */
export function roomText(of: Resource, stage: "nearly" | "full", { room }: Strings): string {
  const isFull = stage === "full";
  if (of === "sessions") return isFull ? room.sessionsFull : room.sessionsNearly;
  if (of === "marks" || of === "standingMarks") return isFull ? room.marksFull : room.marksNearly;
  return isFull ? room.full : room.nearly;
}

/** Kinds of notices: of each there is one at a time. What is written, and what that holds, run out alike. */
export const ROOM_KINDS: Readonly<Record<Resource, string>> = {
  sessions: "room-sessions",
  writes: "room",
  content: "room",
  marks: "room-marks",
  standingMarks: "room-marks",
};
