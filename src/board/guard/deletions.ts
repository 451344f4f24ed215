import * as Y from "yjs";
import { readKey } from "../document/keys.ts";
import { lastIdOf } from "./session-writes.ts";
import type { SchemaPath } from "./schema-paths.ts";
import type { Checking } from "./checking.ts";
import { Missing, Refusal } from "./refusal.ts";
import type { ScannedDeletion } from "./scan.ts";
import type { Values } from "./values.ts";
import type { WriteId } from "../document/write-id.ts";

/** What an update deletes. */
export interface Deletions {
  /** `hasWrites`: the update has something new besides. Throws Refusal and Missing. */
  check(deletion: ScannedDeletion, hasWrites: boolean): void;
  /** Values that anybody may replace, and that must not stand last when all is applied. */
  readonly replaced: readonly WriteId[];
}

/**
 * Only a value that was replaced is ever deleted, and Yjs deletes it with what replaces it: a
 * deletion that comes without is no news yet, and of anything else it is no honest one.
 */
export function createDeletions(
  { sessions, paths }: Checking,
  values: Values,
  ownClient: number | undefined,
): Deletions {
  const { scanned, pathOf, pathOfItem } = paths;
  const replaced: WriteId[] = [];

  /** `last` is undefined for a value that is in the document and stands. */
  function checkReplaced(
    path: SchemaPath,
    last: WriteId | undefined,
    { client, clock }: WriteId,
    hasWrites: boolean,
  ): void {
    const field = "key" in path ? readKey(path.in, path.key)?.field : undefined;
    if (!("key" in path) || field?.content === "text") throw new Refusal("a deletion of ink or words");
    if (field?.writer !== "maker") replaced.push({ client, clock });
    else if (!values.replaces(path, last) && (hasWrites || client === ownClient))
      throw new Refusal("a deletion of what stands");
  }

  return {
    replaced,
    check({ client, clock, length }, hasWrites) {
      const session = sessions.of(client);
      const end = Math.min(clock + length, Math.max(session.state, session.end));
      if (end < clock + length) {
        if (client === ownClient) throw new Refusal("a deletion of what is yet to be written");
        if (hasWrites) throw new Missing({ client, clock: clock + length - 1 });
      }
      let at = clock;
      if (at < session.state) {
        let index = Y.findIndexSS(session.stored as (Y.Item | Y.GC)[], at);
        for (; at < end && index < session.stored.length; index++) {
          const struct = session.stored[index]!;
          if (!struct.deleted) checkReplaced(pathOfItem(struct as Y.Item), undefined, struct.id, hasWrites);
          at = struct.id.clock + struct.length;
        }
      }
      while (at < end) {
        const struct = scanned({ client, clock: at });
        if (struct.content !== "deleted") checkReplaced(pathOf(struct), lastIdOf(struct), struct, hasWrites);
        at = struct.clock + struct.length;
      }
    },
  };
}
