import type { Roots } from "../document/document.ts";
import { referencesOf } from "../document/mark-references.ts";
import { decodeMark } from "../document/marks.ts";
import type { AttributeKey } from "../document/keys.ts";
import type { WritesBySession } from "./session-writes.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/**
 * What a write is about, of which Yjs knows nothing: its author had seen it, so it must be here. Nobody
 * hides or changes what is yet to be drawn.
 */
export interface References {
  mark(struct: ScannedStruct, value: Uint8Array): void;
  attribute(struct: ScannedStruct, key: string, about: AttributeKey): void;
  /** After all writes of the update: what they are about and comes with them. */
  whole(): ReadonlyMap<ScannedStruct, readonly WriteId[]>;
}

/** All throw Refusal and Missing. */
export function createReferences(
  roots: Roots,
  sessions: WritesBySession,
  ownClient: number | undefined,
): References {
  const reaches = new Map<ScannedStruct, WriteId[]>();
  /** By the key of its place in the order, the write of this update that makes a layer. */
  const made = new Map<string, ScannedStruct>();
  const layers: { struct: ScannedStruct; client: number; order: string }[] = [];

  /** `end`: the first clock of a session that it is not about. */
  function needs(struct: ScannedStruct, client: number, end: number): void {
    const writes = sessions.of(client);
    if (end <= writes.state) return;
    if (client === ownClient || (client === struct.client && end > struct.clock))
      throw new Refusal("about what is yet to be drawn");
    const last = { client, clock: end - 1 };
    if (end > writes.end) throw new Missing(last);
    const others = reaches.get(struct);
    if (others) others.push(last);
    else reaches.set(struct, [last]);
  }

  function needsLayer(struct: ScannedStruct, client: number, order: string): void {
    if (roots.attrs._map.has(order)) return;
    if (client === ownClient) throw new Refusal("about a layer that is yet to be made");
    const first = made.get(order);
    const { state, end } = sessions.of(client);
    if (!first) throw new Missing({ client, clock: Math.max(state, end) });
    reaches.set(struct, [{ client, clock: first.clock }]);
  }

  return {
    mark(struct, value) {
      const mark = decodeMark(value);
      for (const [client, end] of mark ? referencesOf(mark) : []) needs(struct, client, end);
    },
    attribute(struct, key, about) {
      if (about.of === "item") needs(struct, about.item.client, about.item.clock + 1);
      if (about.of !== "layer") return;
      const { client, order } = about;
      if (key === order) {
        // Whoever gets a change of the layer must have this one write first: there may be no other.
        if (struct.origin) return;
        if (client !== struct.client) throw new Refusal("a layer in another session's name");
        if (made.has(order) || roots.attrs._map.has(order)) throw new Refusal("a layer made twice");
        made.set(order, struct);
      } else if (client !== struct.client) {
        layers.push({ struct, client, order });
      }
    },
    whole() {
      for (const { struct, client, order } of layers) needsLayer(struct, client, order);
      return reaches;
    },
  };
}
