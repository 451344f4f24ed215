import type { InkStart, InkWrite } from "./ink-write.ts";

/** What one clock of a session's ink is: a start or a character's code. */
export type InkUnit = InkStart | number;

export function unitsOf(writes: readonly InkWrite[]): InkUnit[] {
  const units: InkUnit[] = [];
  for (const write of writes) {
    if (write.kind === "start") units.push(write);
    else for (let i = 0; i < write.text.length; i++) units.push(write.text.charCodeAt(i));
  }
  return units;
}

/** Neighbouring characters as one text. */
export function writesOf(units: readonly InkUnit[]): InkWrite[] {
  const writes: InkWrite[] = [];
  let text = "";
  for (const unit of [...units, undefined]) {
    if (typeof unit === "number") {
      text += String.fromCharCode(unit);
      continue;
    }
    if (text !== "") writes.push({ kind: "text", text });
    text = "";
    if (unit) writes.push(unit);
  }
  return writes;
}
