import type { Checking } from "./checking.ts";
import { readKey } from "../document/keys.ts";
import type { KeyPath } from "../document/keys.ts";
import { decodeSwitch, isEmptyMark, markOf, undoneKey } from "../document/marks.ts";
import { MAPS } from "../document/schema.ts";
import { checkMark } from "./mark-values.ts";
import { lastIdOf, sameId } from "./session-writes.ts";
import type { ValuePath } from "./schema-paths.ts";
import { valuesOf } from "./entries.ts";
import type { List } from "./entries.ts";
import type { References } from "./references.ts";
import { Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** The values of the maps, as their rows of the schema want them. All throw Refusal and Missing. */
export interface Values {
  check(struct: ScannedStruct, path: ValuePath): void;
  /** New clocks at the end of a known run of deleted values. */
  rest(struct: ScannedStruct, path: ValuePath): void;
  /** Whether this update gives a path that one session writes a value after that write. */
  replaces(path: ValuePath, id: WriteId | undefined): boolean;
}

export function createValues(checking: Checking, references: References): Values {
  const { roots, holds, paths, tally, isForeign, put } = checking;
  /** What only one session writes: the last write of this update. */
  const lasts = new Map<string, WriteId>();
  /** What several sessions may write at once. */
  const lists = new Map<string, List>();
  /** Marks that stand or fall, or may. */
  const switched = new Set<string>();

  /** A mark that is there is switched, or emptied while it stands: its bytes are read, once for all of an update. */
  function countSwitched(key: string): void {
    const { mark, isSwitch } = markOf(key);
    const value = roots.marks.get(mark);
    if (!(value instanceof Uint8Array) || switched.has(mark)) return;
    if (!isSwitch && decodeSwitch(roots.marks.get(undoneKey(mark)))) return;
    switched.add(mark);
    tally.switched += value.length;
  }

  function putIn(path: ValuePath, struct: ScannedStruct): void {
    const name = nameOf(path);
    let list = lists.get(name);
    if (!list) {
      list = valuesOf(roots[path.in], path.key);
      lists.set(name, list);
    }
    put(struct, list);
  }

  /** What a path has for good already: the value that stands, and before it another one. */
  function isReplaced(last: WriteId): boolean {
    const { origin } = paths.isStored(last) ? paths.storedItem(last) : paths.scanned(last);
    return origin !== null && origin !== undefined;
  }

  /** Each value right after the last, and only one where it is written once. */
  function checkMaker(struct: ScannedStruct, path: ValuePath, { client, n, field }: KeyPath): void {
    const { noun } = MAPS[path.in];
    if (client !== struct.client) throw new Refusal(`${noun} of another session`);
    const name = nameOf(path);
    const last = lasts.get(name) ?? roots[path.in]._map.get(path.key)?.lastId;
    if (!sameId(struct.origin, last)) throw new Refusal(`${noun} that was not last`);
    if (field.times !== "often" && last) {
      const isEmptied = field.times === "emptied" && struct.value !== undefined && isEmptyMark(struct.value);
      if (!isEmptied || isReplaced(last)) throw new Refusal(`${noun} for a second time`);
    }
    // Of what is emptied once only the first value goes, and the empty one stands after it.
    if (field.times === "emptied" && struct.length > 1) throw new Refusal(`${noun} for a second time`);
    if (field.needs === "item") {
      if (n! >= struct.clock) throw new Refusal(`${noun} of what is yet to be drawn`);
      if (paths.pathOfId({ client, clock: n! }).in !== "items") throw new Refusal(`${noun} of no item`);
    }
    lasts.set(name, lastIdOf(struct));
  }

  return {
    check(struct, path) {
      const at = readKey(path.in, path.key);
      const { noun } = MAPS[path.in];
      if (!at) throw new Refusal(`${noun} that no board has`);
      const { field, subject } = at;
      if (subject.in !== "both" && subject.in !== holds) throw new Refusal(`${noun} of another document`);
      const { content, value } = struct;
      const isGone = field.times !== "once" && content === "deleted";
      if (content !== field.content && content !== field.formerly && !isGone)
        throw new Refusal(`not the value of ${noun}`);
      if (value && value.length > field.maxBytes) throw new Refusal(`the value of ${noun} is too long`);
      if (field.writer === "maker") checkMaker(struct, path, at);
      // Anybody's, after any value that its session knew: that it is the last is for Yjs to say.
      else putIn(path, struct);
      if (path.in === "marks") {
        if (field.needs === "references" && value && isForeign) checkMark(value);
        // What was replaced since switches nothing.
        if (content !== "deleted") countSwitched(path.key);
      }
      references.value(struct, path.key, at);
      if (!value) return;
      tally.content += value.length;
      if (path.in === "marks") tally.marks += value.length;
    },
    rest(struct, path) {
      const field = readKey(path.in, path.key)?.field;
      if (struct.content !== "deleted" || field?.times !== "often") throw new Refusal("a write that grew");
      if (field?.writer === "maker") lasts.set(nameOf(path), lastIdOf(struct));
      else putIn(path, struct);
    },
    replaces(path, id) {
      const last = lasts.get(nameOf(path));
      return last !== undefined && !(id && sameId(last, id));
    },
  };
}

function nameOf({ in: map, key }: ValuePath): string {
  return `${map} ${key}`;
}
