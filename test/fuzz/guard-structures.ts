/*
 * Updates for the cases of the guard: out of writes as there are, and of writes that nobody makes.
 */
import type { Prng } from "../../src/base/prng.ts";
import { markKey, undoneKey } from "../../src/board/document/marks.ts";
import { labelKey } from "../board/guard/lab.ts";
import { content, decodeRaw } from "../board/guard/raw-update.ts";
import type { RawStruct, RawUpdate } from "../board/guard/raw-update.ts";
import type { Material } from "./guard-stage.ts";
import {
  anyAttribute,
  anyAttributeKey,
  anyClock,
  anyContent,
  anyDeletion,
  anyId,
  anyInk,
  anyKey,
  anyMark,
  anyParent,
  anyUpdate,
  CLIENTS,
  pick,
} from "./guard-values.ts";

export function mutateRaw(prng: Prng, raw: RawUpdate, material: Material): void {
  const section = raw.sections.length > 0 ? pick(prng, raw.sections) : undefined;
  const struct = section && section.structs.length > 0 ? pick(prng, section.structs) : undefined;
  switch (prng.below(15)) {
    case 0:
      if (section) section.client = pick(prng, CLIENTS);
      break;
    case 1:
      if (section) section.clock = anyClock(prng, section.clock);
      break;
    case 2:
      if (struct) struct.content = anyContent(prng);
      break;
    case 3:
      if (struct) struct.origin = anyId(prng, struct.origin);
      break;
    case 4:
      if (struct) struct.rightOrigin = anyId(prng, struct.rightOrigin);
      break;
    case 5:
      if (struct) {
        struct.origin = undefined;
        struct.parent = anyParent(prng);
        struct.key = prng.chance(0.5) ? anyKey(prng) : undefined;
      }
      break;
    case 6:
      if (struct) struct.key = anyKey(prng);
      break;
    case 7:
      if (section) section.structs.splice(prng.below(section.structs.length + 1), 0, anyStruct(prng));
      break;
    case 8:
      if (section) section.structs.splice(prng.below(section.structs.length), 1);
      break;
    case 9:
      section?.structs.reverse();
      break;
    case 10:
      if (section) section.claimed = anyClock(prng, section.structs.length);
      break;
    case 11:
      raw.claimedSections = anyClock(prng, raw.sections.length);
      break;
    case 12:
      raw.sections.push(...decodeRaw(anyUpdate(prng, material)).sections);
      break;
    case 13:
      if (section && struct) section.structs.push({ ...struct });
      break;
    default:
      raw.deletions.push(anyDeletion(prng));
  }
}

/** An update out of the schema's own words, so that much of it is nearly right. */
export function madeUp(prng: Prng): RawUpdate {
  const sections = Array.from({ length: prng.below(3) + (prng.chance(0.9) ? 1 : 0) }, () => {
    const client = pick(prng, CLIENTS);
    const clock = prng.chance(0.7) ? 0 : anyClock(prng, 0);
    const structs = Array.from({ length: 1 + prng.below(5) }, (_, i) => anyStruct(prng, client, clock + i));
    return { client, clock, structs };
  });
  const deletions = Array.from({ length: prng.chance(0.3) ? 1 + prng.below(3) : 0 }, () => anyDeletion(prng));
  return { sections, deletions };
}

function anyStruct(prng: Prng, client?: number, clock = 0): RawStruct {
  const before = { client: client ?? pick(prng, CLIENTS), clock: Math.max(0, clock - 1) };
  switch (prng.below(14)) {
    case 0:
      return { parent: "items", content: content.text() };
    case 1:
      return { origin: anyId(prng, before), content: content.text() };
    case 2:
      return { parent: before, content: content.string(anyInk(prng)) };
    case 3:
      return { origin: before, content: content.string(anyInk(prng)) };
    case 4:
      return { parent: "marks", key: markKey(before.client, prng.below(4)), content: anyMark(prng) };
    case 5:
      return {
        parent: "marks",
        key: undoneKey(markKey(before.client, prng.below(4))),
        content: prng.chance(0.7) ? content.any(prng.chance(0.5)) : content.deleted(1 + prng.below(9)),
      };
    case 6:
      return { parent: "meta", key: "format", content: content.any(prng.below(4)) };
    case 7:
    case 8:
      return { parent: "attrs", key: anyAttributeKey(prng, before), content: anyAttribute(prng) };
    case 9:
      return { origin: anyId(prng, before), content: anyAttribute(prng) };
    case 10:
      return { parent: "labels", key: labelKey(before), content: content.text() };
    case 11:
      return { parent: before, content: content.text() };
    case 12:
      return {
        origin: prng.chance(0.7) ? anyId(prng, before) : undefined,
        rightOrigin: anyId(prng, before),
        content: content.string(anyInk(prng)),
      };
    default:
      return {
        origin: prng.chance(0.5) ? anyId(prng, before) : undefined,
        rightOrigin: prng.chance(0.3) ? anyId(prng, before) : undefined,
        parent: anyParent(prng),
        key: prng.chance(0.5) ? anyKey(prng) : undefined,
        content: anyContent(prng),
      };
  }
}
