/*
 * What stays on a board besides marks: sessions, layers, attributes, words and strokes, as many as contacts take.
 */
import { STACK_PLACE, TEXT } from "../../src/board/document/attributes.ts";
import { LIMITS } from "../../src/board/document/limits.ts";
import { CUT_STEPS, encodeMark, markKey } from "../../src/board/document/marks.ts";
import { itemId, writeOf } from "../../src/board/document/item-id.ts";
import type { WriteId } from "../../src/board/document/write-id.ts";
import { shortId } from "../../src/board/document/write-id.ts";
import { MAX_FRAMES } from "../../src/sync/wire/frame.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { after } from "../board/guard/costs.ts";
import { createDevice, itemKey, labelOf, layerKey } from "../board/guard/lab.ts";
import { content, encodeRaw, section } from "../board/guard/raw-update.ts";
import type { RawStruct } from "../board/guard/raw-update.ts";
import { stroke } from "../board/guard/raw-writes.ts";
import { sectionsFrame, times, updateFrame, written } from "./large-kind.ts";
import type { LargeKind } from "./large-kind.ts";
import { sessionsWithStrokes } from "./large-marks.ts";
import { DRAWERS } from "./large-stage.ts";

function attribute(of: WriteId, field: string, value: Uint8Array): RawStruct {
  return { parent: "attrs", key: itemKey(of, field), content: content.binary(value) };
}

function layer(client: number, n: number, field: string, value: Uint8Array): RawStruct {
  return { parent: "attrs", key: layerKey(client, n, field), content: content.binary(value) };
}

/** A value of a field for each item, as many as of all; `make`: of an item and the one after it. */
function forEach(
  field: string,
  make: (next: WriteId) => Uint8Array,
  then?: RawStruct,
): LargeKind["messages"] {
  return function* (on, size) {
    const structs = on.items
      .slice(0, on.items.length * size)
      .map((item, i) => attribute(item, field, make(on.items[(i + 1) % on.items.length]!)));
    yield* written(on.freshSessions(), structs, 1500);
    if (then) yield* written(on.freshSessions(), [then], 1);
  };
}

const nameOf = ({ client, clock }: WriteId): string => itemId(client, clock);

export const WRITE_KINDS: readonly LargeKind[] = [
  { name: "sessions", messages: (on, size) => sessionsWithStrokes(on, on.freshSessions(), 7000 * size) },
  {
    name: "layers, with an item each, and one of them hidden",
    *messages(on, size) {
      const client = on.freshSessions();
      const count = Math.floor(2 * LIMITS.layers.takes * size);
      yield* written(
        client,
        times(count, (n) => layer(client, n, "o", new Uint8Array(8))),
        LIMITS.layers.takes / 2,
      );
      const layers = Math.min(count, LIMITS.layers.takes);
      const moved = on.items.slice(0, 9000 * size);
      const onLayers = moved.map((item, i) => attribute(item, "l", TEXT.encode(shortId(client, i % layers))));
      yield* written(on.freshSessions(), onLayers, 1500);
      yield* written(on.freshSessions(), [layer(client, 0, "h", Uint8Array.of(1))], 1);
    },
  },
  {
    name: "slots of a session",
    *messages(on, size) {
      const client = on.freshSessions();
      const slots = times(1500 * size, (n): RawStruct => ({
        parent: "sessions",
        key: `l${shortId(client, n)}`,
        content: content.binary(TEXT.encode("")),
      }));
      yield* written(client, slots, 1500);
    },
  },
  {
    name: "values of one attribute, of two sessions by turns",
    *messages(on, size) {
      const first = on.freshSessions();
      const value = content.binary(new Uint8Array(3));
      const turn = (i: number): WriteId => ({ client: first + (i % 2), clock: i >> 1 });
      const key = itemKey(on.items[0]!, "c");
      for (let from = 0; from < 20_000 * size; from += 2000) {
        yield sectionsFrame(
          [0, 1].map((which) => ({
            client: first + which,
            clock: from >> 1,
            structs: times(1000, (k): RawStruct => {
              const n = from + k * 2 + which;
              return n === 0
                ? { parent: "attrs", key, content: value }
                : { origin: turn(n - 1), content: value };
            }),
          })),
        );
      }
      yield* written(first + 2, [{ parent: "attrs", key, content: value }], 1);
    },
  },
  { name: "a colour for each item", messages: forEach("c", () => Uint8Array.of(1, 2, 3)) },
  {
    name: "a place in the order for each item, beside the next one",
    messages: forEach(
      "z",
      (next) => STACK_PLACE.encode({ beside: nameOf(next), offset: 1 }),
      attribute({ client: DRAWERS[0]!, clock: 3 }, "z", STACK_PLACE.encode({ beside: "1.1", offset: 2 })),
    ),
  },
  { name: "each item follows the next one", messages: forEach("e", (next) => TEXT.encode(nameOf(next))) },
  {
    name: "words of very many sessions in one text",
    *messages(on, size) {
      const first = on.freshSessions();
      const device = createDevice(first, on.stage.state());
      const updates: Uint8Array[] = [];
      device.doc.on("update", (each: Uint8Array) => updates.push(each));
      const header = { tool: "text", input: "mouse", color: 1, width: 9, pressure: false, scale: 0 } as const;
      const id = device.board.board.addText(header, { x: 1, y: 1 }, undefined, "ab");
      const { client, clock } = labelOf(device, writeOf(id))._start!.id;
      device.close();
      yield* updates.map(updateFrame);
      for (let i = 1; i <= 30 * size; i++) {
        const words: RawStruct = {
          origin: { client, clock },
          rightOrigin: { client, clock: clock + 1 },
          content: content.string("x".repeat(10_000)),
        };
        yield updateFrame(section(first + i, 0, words));
      }
    },
  },
  {
    name: "strokes that all grow in one message",
    *messages(on, size) {
      const client = on.freshSessions();
      const last = on.items.at(-1)!;
      const count = Math.ceil(4000 * size);
      const strokes = times(count, (i) => (i === 0 ? after(last.client, last.clock) : after(client, i - 1)));
      yield updateFrame(section(client, 0, ...strokes));
      const grown = times(count, (clock): RawStruct => ({
        parent: { client, clock },
        content: content.string("ab"),
      }));
      yield updateFrame(section(client, count, ...grown));
    },
  },
  {
    name: "strokes in front of everything, and as many colours as fit",
    *messages(on, size) {
      const first = on.freshSessions();
      const colours = on.items.slice(0, 2000 * size).map((item) => attribute(item, "c", new Uint8Array(3)));
      for (let i = 0; i < 5; i++)
        yield sectionsFrame([
          ...times(6 * size, (k) => ({ client: first + 10 * i + k, clock: 0, structs: [stroke()] })),
          { client: first + 10 * i + 9, clock: 0, structs: colours },
        ]);
    },
  },
  {
    name: "strokes in front of everything, in each of the frames of a message",
    *messages(on, size) {
      const first = on.freshSessions();
      for (let i = 0; i < 2; i++)
        yield times(MAX_FRAMES, (k) => ({
          type: "update",
          update: encodeRaw({
            sections: times(4 * size, (n) => ({
              client: first + 100 * i + 5 * k + n,
              clock: 0,
              structs: [stroke()],
            })),
            deletions: [],
          }),
        }));
    },
  },
  {
    name: "cuts of one stroke",
    *messages(on, size): Iterable<readonly Frame[]> {
      const client = on.freshSessions();
      const [drawer] = DRAWERS;
      const cuts = times(9000 * size, (n): RawStruct => {
        const start = 5 * CUT_STEPS + (n % CUT_STEPS);
        const ranges = new Map([[drawer!, [{ start, end: start + 1 }]]]);
        return {
          parent: "marks",
          key: markKey(client, n),
          content: content.binary(encodeMark({ kind: "cut", ranges })),
        };
      });
      yield* written(client, cuts, 1300);
    },
  },
];
