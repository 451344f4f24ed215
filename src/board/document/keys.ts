import { MAX_CLOCK } from "./write-id.ts";
import type { WriteId } from "./write-id.ts";

/** Numbers in keys are base 36 and in their one spelling. */
const CLIENT = "(0|[1-9a-z][0-9a-z]{0,6})";
const CLOCK = "(0|[1-9a-z][0-9a-z]{0,5})";
const COUNT = "(?:0|[1-9a-z][0-9a-z]{0,9})";
const MAX_CLIENT = 2 ** 32 - 1;

/** `session.n` of marks.ts, and `.u` where it is the mark's switch. */
const MARK = new RegExp(`^${CLIENT}\\.${COUNT}(\\.u)?$`);
/** Of attributes.ts: of an item, of a layer that a session made, of the first layer and of the page. */
const ITEM = new RegExp(`^i${CLIENT}\\.${CLOCK}\\.[tczl]$`);
const LAYER = new RegExp(`^(l${CLIENT}\\.${COUNT}\\.)[nohkax]$`);
const SHARED = /^(?:l\.[nohkax]|p\.b)$/;
const LABEL = new RegExp(`^${CLIENT}\\.${CLOCK}$`);

export interface MarkKey {
  readonly client: number;
  readonly isSwitch: boolean;
}

/** What an attribute is about, and must not come before. */
export type AttributeKey =
  | { readonly of: "item"; readonly item: WriteId }
  /** `order`: the key whose first value, by the session `client`, makes the layer. */
  | { readonly of: "layer"; readonly client: number; readonly order: string }
  | { readonly of: "shared" };

/** Each is undefined for a key that no board has. */
export function readMarkKey(key: string): MarkKey | undefined {
  const match = MARK.exec(key);
  return match ? { client: Number.parseInt(match[1]!, 36), isSwitch: match[2] !== undefined } : undefined;
}

export function readAttributeKey(key: string): AttributeKey | undefined {
  const item = ITEM.exec(key);
  if (item) {
    const id = idOf(item[1]!, item[2]!);
    return id && { of: "item", item: id };
  }
  const layer = LAYER.exec(key);
  if (layer) {
    const client = Number.parseInt(layer[2]!, 36);
    return client > MAX_CLIENT ? undefined : { of: "layer", client, order: `${layer[1]!}o` };
  }
  return SHARED.test(key) ? { of: "shared" } : undefined;
}

/** The item whose words a label holds. */
export function readLabelKey(key: string): WriteId | undefined {
  const match = LABEL.exec(key);
  return match ? idOf(match[1]!, match[2]!) : undefined;
}

function idOf(client: string, clock: string): WriteId | undefined {
  const id = { client: Number.parseInt(client, 36), clock: Number.parseInt(clock, 36) };
  return id.client > MAX_CLIENT || id.clock >= MAX_CLOCK ? undefined : id;
}
