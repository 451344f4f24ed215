import * as Y from "yjs";
import { decodeLabel } from "../document/labels.ts";
import type { LabelCharacter } from "../document/labels.ts";
import type { MarkCover } from "./mark-cover.ts";

/** The characters that are not erased, in their order. */
export function charactersOf(label: Y.Text, cover: Pick<MarkCover, "erases">): LabelCharacter[] {
  const found: LabelCharacter[] = [];
  for (let run = label._start; run; run = run.right) {
    if (run.deleted || !(run.content instanceof Y.ContentString)) continue;
    const { client, clock } = run.id;
    for (const [i, unit] of [...unitsOf(run.content.str)].entries()) {
      if (!cover.erases(client, clock + i)) found.push({ client, clock: clock + i, unit });
    }
  }
  return found;
}

function* unitsOf(text: string): Iterable<string> {
  for (let i = 0; i < text.length; i++) yield text[i]!;
}

/** The words that are not erased, as a person reads them. Run by run: a text may be long, and is read with each change. */
export function textOf(label: Y.Text | undefined, cover: Pick<MarkCover, "unerased">): string {
  let stored = "";
  for (let run = label?._start; run; run = run.right) {
    if (run.deleted || !(run.content instanceof Y.ContentString)) continue;
    const { client, clock } = run.id;
    for (const { start, end } of cover.unerased(client, { start: clock, end: clock + run.length }))
      stored += run.content.str.slice(start - clock, end - clock);
  }
  return decodeLabel(stored);
}
