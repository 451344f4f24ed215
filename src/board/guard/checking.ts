import type { Roots } from "../document/document.ts";
import type { DocumentKind } from "../document/schema-rows.ts";
import type { WritesBySession } from "./session-writes.ts";
import type { SchemaPaths } from "./schema-paths.ts";
import type { List } from "./entries.ts";
import type { ScannedStruct } from "./scan.ts";

/** What the checks of one update have in common. */
export interface Checking {
  readonly roots: Roots;
  readonly holds: DocumentKind;
  readonly sessions: WritesBySession;
  readonly paths: SchemaPaths;
  /** What the update adds to the board; and the bytes of the marks that it makes stand or fall. */
  readonly tally: { content: number; marks: number; switched: number };
  /** It comes from a contact, and not from storage, which may hold what older versions took. */
  readonly isForeign: boolean;
  /** Told of steps of comparing before they are taken; throws where they are too many. */
  spend(steps: number): void;
  /** Names the list where Yjs will look for the place of a write. */
  put(struct: ScannedStruct, list: List): void;
}
