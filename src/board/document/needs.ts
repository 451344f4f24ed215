import type { KeyPath } from "./keys.ts";
import { CUT_STEPS, decodeMark } from "./marks.ts";
import type { Mark } from "./marks.ts";

/** What a value is about, of which Yjs knows nothing: its author had seen it. */
export type Need =
  /** All writes of a session below the clock `end`. */
  | { readonly client: number; readonly end: number }
  /** The first value of a key of the attributes, by the session `client`. */
  | { readonly client: number; readonly made: string };

const NOTHING: readonly Need[] = [];

/** `value`: where it is binary. */
export function needsOf(
  { field, client, n, makerKey }: KeyPath,
  value: Uint8Array | undefined,
): readonly Need[] {
  switch (field.needs) {
    case "item":
      return [{ client: client!, end: n! + 1 }];
    case "layer":
      return makerKey === undefined ? NOTHING : [{ client: client!, made: makerKey }];
    case "references": {
      const mark = decodeMark(value);
      return mark ? referencesOf(mark) : NOTHING;
    }
    case "nothing":
      return NOTHING;
  }
}

function referencesOf(mark: Mark): Need[] {
  if (mark.kind === "clear") return [...mark.below].map(([client, end]) => ({ client, end }));
  const steps = mark.kind === "cut" ? CUT_STEPS : 1;
  return [...mark.ranges].map(([client, ranges]) => ({
    client,
    end: Math.ceil((ranges.at(-1)?.end ?? 0) / steps),
  }));
}
