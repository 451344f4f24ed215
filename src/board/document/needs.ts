import { TEXT } from "./attributes.ts";
import { FIRST_LAYER } from "./board.ts";
import type { LayerId } from "./board.ts";
import { layerKey, readKey } from "./keys.ts";
import type { KeyPath } from "./keys.ts";
import { CUT_STEPS, decodeMark } from "./marks.ts";
import type { Mark } from "./marks.ts";
import { LAYER_FIELDS } from "./schema.ts";

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
    case "entry":
      return makerKey === undefined ? NOTHING : [{ client: client!, made: makerKey }];
    case "named layer":
      return layerNeeds((value && TEXT.decode(value)) ?? FIRST_LAYER);
    case "references": {
      const mark = decodeMark(value);
      return mark ? referencesOf(mark) : NOTHING;
    }
    case "nothing":
      return NOTHING;
  }
}

/** Nothing makes the first layer, nor what has no name of a layer. */
function layerNeeds(layer: LayerId): readonly Need[] {
  const { client, makerKey } = readKey("attrs", layerKey(layer, LAYER_FIELDS.place.key)) ?? {};
  return client === undefined || makerKey === undefined ? NOTHING : [{ client, made: makerKey }];
}

function referencesOf(mark: Mark): Need[] {
  if (mark.kind === "clear") return [...mark.below].map(([client, end]) => ({ client, end }));
  const steps = mark.kind === "cut" ? CUT_STEPS : 1;
  return [...mark.ranges].map(([client, ranges]) => ({
    client,
    end: Math.ceil((ranges.at(-1)?.end ?? 0) / steps),
  }));
}
