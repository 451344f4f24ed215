import * as Y from "yjs";

/**
 * - `ready`: everything that the update builds on is in the document.
 * - `known`: it says nothing that the document does not have; no need to apply it.
 * - `waiting`: something that it builds on is missing.
 * - `malformed`: not a Yjs update (V1).
 */
export type Readiness = "ready" | "known" | "waiting" | "malformed";

/**
 * Whether a Yjs update can be applied as a whole. Yjs would keep one that cannot in the document
 * itself, and hand it on with every save; here it has to wait outside.
 */
export function readinessOf(doc: Y.Doc, update: Uint8Array): Readiness {
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return "malformed";
  }
  // Clocks up to which each session is there: in the document, or in this update before the struct.
  const reach = new Map<number, number>();
  const reached = (client: number): number => reach.get(client) ?? Y.getState(doc.store, client);
  let news = false;
  for (const struct of decoded.structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    if (clock > reached(client)) return "waiting";
    const end = clock + struct.length;
    if (end > reached(client)) {
      reach.set(client, end);
      news = true;
    }
  }
  for (const struct of decoded.structs) {
    if (!(struct instanceof Y.Item)) continue;
    const parent = struct.parent instanceof Y.ID ? struct.parent : null;
    for (const id of [struct.origin, struct.rightOrigin, parent]) {
      if (id && id.clock >= reached(id.client)) return "waiting";
    }
  }
  for (const [client, ranges] of decoded.ds.clients) {
    for (const { clock, len } of ranges) {
      if (clock + len > reached(client)) return "waiting";
      news = true;
    }
  }
  return news ? "ready" : "known";
}
