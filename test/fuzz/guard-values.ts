/*
 * Sessions, clocks, keys, contents and bytes for the cases of the guard: right ones, near misses and rubbish.
 */
import { encodePicture } from "../../src/board/document/picture.ts";
import { createPointEncoder, END } from "../../src/ink/codec.ts";
import { encodeHeader } from "../../src/ink/header.ts";
import { PICTURE_TOOL } from "../../src/ink/stroke.ts";
import * as encoding from "lib0/encoding";
import type { Prng } from "../../src/base/prng.ts";
import type { WriteId } from "../../src/board/document/write-id.ts";
import { encodeMark, markKey, undoneKey } from "../../src/board/document/marks.ts";
import {
  CONTACT,
  CONTACT_EARLIER,
  itemKey,
  labelKey,
  LATE_STRANGER,
  OWN,
  OWN_EARLIER,
  STRANGER,
} from "../board/guard/lab.ts";
import { content } from "../board/guard/raw-update.ts";
import type { RawContent, RawUpdate } from "../board/guard/raw-update.ts";
import { SPEAKER } from "./guard-stage.ts";
import type { Material } from "./guard-stage.ts";

export const CLIENTS = [
  OWN,
  OWN_EARLIER,
  CONTACT,
  CONTACT_EARLIER,
  STRANGER,
  LATE_STRANGER,
  SPEAKER,
  2600,
  0,
  2 ** 32 - 1,
];

export const BIG = [2 ** 14, 2 ** 21, 2 ** 28, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1];

export function anyUpdate(prng: Prng, { fresh, known }: Material): Uint8Array {
  return pick(prng, prng.chance(0.8) ? fresh : known);
}

export function mutateBytes(prng: Prng, update: Uint8Array): Uint8Array {
  let bytes = [...update];
  for (let left = 1 + prng.below(3); left > 0; left--) {
    const at = prng.below(bytes.length + 1);
    const length = prng.below(8);
    switch (prng.below(7)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        if (at < bytes.length) bytes[at]! ^= 1 << prng.below(8);
        break;
      case 2:
        if (at < bytes.length) bytes[at] = prng.below(256);
        break;
      case 3:
        bytes.splice(at, length);
        break;
      case 4:
        bytes.splice(at, 0, ...Array.from({ length }, () => prng.below(256)));
        break;
      case 5:
        bytes.splice(at, 0, ...bytes.slice(prng.below(bytes.length + 1)).slice(0, length * 4));
        break;
      default:
        bytes.splice(at, 1, ...numberBytes(pick(prng, BIG)));
    }
  }
  return Uint8Array.from(bytes);
}

export function anyContent(prng: Prng): RawContent {
  return pick(prng, [
    () => content.gc(anyClock(prng, 1)),
    () => content.deleted(anyClock(prng, 1)),
    () => content.json('"x"'),
    () => content.binary(new Uint8Array(prng.below(9))),
    () => content.string(anyInk(prng)),
    () => content.string(""),
    () => content.string("a\u{1F58A}"),
    () => content.embed("{}"),
    () => content.format("bold", "true"),
    () => content.type(prng.below(8), "p"),
    () => content.any(...[1, true, null, "x", 1.5, {}, [], 2n ** 40n].slice(prng.below(8), 8)),
    () => content.any(prng.below(70)),
    () => content.doc("guid"),
    () => content.skip(anyClock(prng, 1)),
    () => ({ ref: prng.below(32), bytes: Uint8Array.from({ length: prng.below(6) }, () => prng.below(256)) }),
  ])();
}

export function anyAttribute(prng: Prng): RawContent {
  if (prng.chance(0.2)) return content.deleted(1 + prng.below(5));
  return content.binary(new Uint8Array(prng.chance(0.9) ? prng.below(40) : 120 + prng.below(20)));
}

export function anyAttributeKey(prng: Prng, near: WriteId): string {
  const item = anyId(prng, near);
  const layer = `l${item.client.toString(36)}.${prng.below(3)}`;
  return pick(prng, [
    itemKey(item, "tczlx"[prng.below(5)]!),
    `${layer}.${"nohkaxz"[prng.below(7)]!}`,
    `q${item.client.toString(36)}.${prng.below(3)}.${"mnoxez"[prng.below(6)]!}`,
    `q.${"noxem"[prng.below(5)]!}`,
    "l.h",
    "p.b",
  ]);
}

export function anyInk(prng: Prng): string {
  if (prng.chance(0.1)) return anyPictureInk(prng);
  return String.fromCharCode(...Array.from({ length: 1 + prng.below(12) }, () => prng.below(0xd800)));
}

/** The whole text of a picture, with a record that is right, damaged, or lies. */
function anyPictureInk(prng: Prng): string {
  const header = {
    tool: PICTURE_TOOL,
    color: 0,
    width: 1,
    input: "mouse",
    pressure: false,
    scale: 0,
  } as const;
  const points = createPointEncoder(header).encode([
    { x: 0, y: 0, pressure: 0.5 },
    { x: prng.below(500), y: prng.below(500), pressure: 0.5 },
  ]);
  const size = (): number => pick(prng, [0, 1, 640, 4096, 2 ** 20, 2 ** 31]);
  const thumbnail = Uint8Array.from({ length: prng.below(90) }, () => prng.below(256));
  const said = { width: size(), height: size(), bytes: size(), thumbnail };
  const record = encodePicture({
    hash: "0f".repeat(32),
    type: pick(prng, ["png", "jpeg", "webp"] as const),
    ...said,
  });
  const damaged = prng.chance(0.3) ? record.slice(prng.below(9)) : record;
  return `${encodeHeader(header, { slot: 0, time: 0 })}${points}${END}${damaged}${END}`;
}

export function anyMark(prng: Prng): RawContent {
  if (prng.chance(0.2)) return content.binary(Uint8Array.from({ length: 9 }, () => prng.below(256)));
  const client = pick(prng, CLIENTS);
  const clock = anyClock(prng, 3);
  if (prng.chance(0.4))
    return content.binary(encodeMark({ kind: "clear", page: "", below: new Map([[client, clock]]) }));
  const kind = prng.chance(0.5) ? "erase" : "cut";
  const start = anyClock(prng, 0) * (kind === "cut" ? 1000 : 1);
  const ranges = new Map([[client, [{ start, end: start + 1 + prng.below(9) }]]]);
  return content.binary(encodeMark({ kind, ranges }));
}

export function anyDeletion(prng: Prng): RawUpdate["deletions"][number] {
  const ranges = Array.from({ length: 1 + prng.below(3) }, () => ({
    clock: anyClock(prng, prng.below(20)),
    length: anyClock(prng, 1),
  }));
  return prng.chance(0.1)
    ? { client: pick(prng, CLIENTS), ranges, claimed: anyClock(prng, 1) }
    : { client: pick(prng, CLIENTS), ranges };
}

export function anyParent(prng: Prng): string | WriteId {
  const name = pick(prng, [
    "items",
    "marks",
    "meta",
    "attrs",
    "labels",
    "layers",
    "",
    "__proto__",
    undefined,
    undefined,
  ]);
  return name ?? { client: pick(prng, CLIENTS), clock: prng.below(30) };
}

export function anyKey(prng: Prng): string {
  const key = markKey(pick(prng, CLIENTS), prng.below(4));
  const attribute = anyAttributeKey(prng, { client: pick(prng, CLIENTS), clock: prng.below(30) });
  return pick(prng, [
    "format",
    "",
    "__proto__",
    attribute,
    labelKey(anyId(prng, undefined)),
    key,
    undoneKey(key),
    `${key}.u.u`,
    key.toUpperCase(),
  ]);
}

export function anyId(prng: Prng, near: WriteId | undefined): WriteId {
  if (near && prng.chance(0.5)) return { client: near.client, clock: anyClock(prng, near.clock) };
  return { client: pick(prng, CLIENTS), clock: prng.chance(0.9) ? prng.below(30) : pick(prng, BIG) };
}

export function anyClock(prng: Prng, near: number): number {
  const dice = prng.below(10);
  if (dice < 4) return near;
  if (dice < 8) return Math.max(0, near + prng.below(7) - 3);
  return dice === 8 ? prng.below(200) : pick(prng, BIG);
}

function numberBytes(value: number): number[] {
  return [...encoding.encode((encoder) => encoding.writeVarUint(encoder, value))];
}

export function pick<T>(prng: Prng, list: readonly T[]): T {
  return list[prng.below(list.length)]!;
}
