import * as Y from "yjs";

/**
 * The items that a transaction put into `parent`, session by session. Yjs's own `event.changes`
 * copies what it found so far for each further item: a board that joins at once took 20 s there.
 */
export function newItemsOf(transaction: Y.Transaction, parent: unknown): Y.Item[] {
  const { beforeState, afterState, doc } = transaction;
  const found: Y.Item[] = [];
  for (const [client, end] of afterState) {
    const from = beforeState.get(client) ?? 0;
    const structs = end > from ? doc.store.clients.get(client) : undefined;
    if (!structs) continue;
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const struct = structs[i]!;
      if (struct instanceof Y.Item && struct.parent === parent && struct.id.clock >= from) found.push(struct);
    }
  }
  return found;
}
