import type * as Y from "yjs";
import type { Checking } from "./checking.ts";
import { readAttributeKey, readLabelKey, readMarkKey } from "../document/keys.ts";
import { lastIdOf, sameId } from "./session-writes.ts";
import type { SchemaPath } from "./schema-paths.ts";
import { valuesOf } from "./placing.ts";
import type { List } from "./placing.ts";
import type { References } from "./references.ts";
import { Refusal } from "./refusal.ts";
import type { ScannedStruct } from "./scan.ts";
import type { WriteId } from "../document/write-id.ts";

/** The longest value of an attribute. */
export const MAX_ATTRIBUTE_BYTES = 128;

type Key = Extract<SchemaPath, { readonly key: string }>;

/** The values of the maps. All throw Refusal and Missing. */
export interface Values {
  check(struct: ScannedStruct, path: Key): void;
  /** New clocks at the end of a known run of deleted values. */
  rest(struct: ScannedStruct, path: Key): void;
  /** Whether this update gives a mark or its switch a value after that write. */
  replacesMark(key: string, id: WriteId | undefined): boolean;
}

export function createValues(checking: Checking, references: References): Values {
  const { roots, paths, tally, put } = checking;
  const marks = new Map<string, WriteId>();
  const labels = new Set<string>();
  /** Of attributes and settings, which several sessions may write at once. */
  const lists = new Map<string, List>();

  function putIn({ in: map, key }: Key, struct: ScannedStruct): void {
    const name = `${map} ${key}`;
    let list = lists.get(name);
    if (!list) {
      list = valuesOf(roots[map], key);
      lists.set(name, list);
    }
    put(struct, list);
  }

  /** A mark is set once, its switch as often as its session likes, each time after the last. */
  function checkMark(struct: ScannedStruct, key: string): void {
    const read = readMarkKey(key);
    if (read?.client !== struct.client) throw new Refusal("a mark of another session");
    const last = marks.get(key) ?? lastValue(roots.marks, key)?.lastId;
    if (!sameId(struct.origin, last)) throw new Refusal("a mark that was not last");
    if (!read.isSwitch) {
      if (!struct.value || last) throw new Refusal("not a mark");
      references.mark(struct, struct.value);
      tally.content += struct.value.length;
      tally.marks += struct.value.length;
    } else if (struct.content !== "boolean" && struct.content !== "deleted") {
      throw new Refusal("not a mark's switch");
    }
    marks.set(key, lastIdOf(struct));
  }

  /** Anybody's, after any value that its session knew: that it is the last is for Yjs to say. */
  function checkAttribute(struct: ScannedStruct, path: Key): void {
    const about = readAttributeKey(path.key);
    if (!about) throw new Refusal("an attribute that no board has");
    const { value, content } = struct;
    if (value ? value.length > MAX_ATTRIBUTE_BYTES : content !== "deleted")
      throw new Refusal("not an attribute's value");
    references.attribute(struct, path.key, about);
    tally.content += value?.length ?? 0;
    putIn(path, struct);
  }

  /** The words of an item are made once, by the session that made the item, and after it. */
  function checkLabel(struct: ScannedStruct, key: string): void {
    const item = readLabelKey(key);
    if (struct.content !== "text" || !item) throw new Refusal("not a label");
    if (item.client !== struct.client || item.clock >= struct.clock)
      throw new Refusal("a label of another session's item");
    if (struct.origin || labels.has(key) || lastValue(roots.labels, key)) throw new Refusal("a second label");
    if (paths.pathOfId(item).in !== "items") throw new Refusal("a label of no item");
    labels.add(key);
  }

  /**
   * `format`, written by whoever finds none or an older one: also by the same session again, while what
   * replaced its value is on the way.
   */
  function checkSetting(struct: ScannedStruct, path: Key): void {
    if (path.key !== "format") throw new Refusal("an unknown setting");
    if (struct.content !== "integer" && struct.content !== "deleted") throw new Refusal("not a version");
    putIn(path, struct);
  }

  return {
    check(struct, path) {
      if (path.in === "marks") checkMark(struct, path.key);
      else if (path.in === "attrs") checkAttribute(struct, path);
      else if (path.in === "labels") checkLabel(struct, path.key);
      else checkSetting(struct, path);
    },
    rest(struct, path) {
      if (struct.content !== "deleted") throw new Refusal("a write that grew");
      if (path.in === "attrs" || path.in === "meta") putIn(path, struct);
      else if (path.in === "marks") marks.set(path.key, lastIdOf(struct));
      else throw new Refusal("a write that grew");
    },
    replacesMark(key, id) {
      const last = marks.get(key);
      return last !== undefined && !(id && sameId(last, id));
    },
  };
}

function lastValue(map: Y.Map<unknown>, key: string): Y.Item | null {
  return map._map.get(key) ?? null;
}
