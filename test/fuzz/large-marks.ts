/*
 * Marks: as many, and as full of ranges or of sessions, as contacts take; then all of them switched in one
 * message, and back in another one.
 */
import { CUT_STEPS, encodeMark, encodeSwitch, markKey, undoneKey } from "../../src/board/document/marks.ts";
import type { Mark } from "../../src/board/document/marks.ts";
import { LIMITS } from "../../src/board/document/limits.ts";
import type { Frame } from "../../src/sync/wire/frame.ts";
import { after } from "../board/guard/costs.ts";
import { content, section } from "../board/guard/raw-update.ts";
import type { RawStruct } from "../board/guard/raw-update.ts";
import { sectionsFrame, times, updateFrame, written } from "./large-kind.ts";
import type { LargeKind } from "./large-kind.ts";
import type { LargeStage } from "./large-stage.ts";

/** Some of the room is for those who are honest. */
const MARKS_BYTES = LIMITS.marks.takes * 0.9;

const STAMP = 5;

/** Marks of a fresh session, so many in a message; then its switches, as many in a message as are taken. */
function* switched(client: number, marks: readonly Mark[], perMessage: number): Iterable<readonly Frame[]> {
  const structs = marks.map((mark, n): RawStruct => ({
    parent: "marks",
    key: markKey(client, n),
    content: content.binary(encodeMark(mark)),
  }));
  yield* written(client, structs, perMessage);
  const first = (n: number): RawStruct => ({
    parent: "marks",
    key: undoneKey(markKey(client, n)),
    content: content.binary(encodeSwitch(true, STAMP)),
  });
  const second = (n: number): RawStruct => ({
    origin: { client, clock: marks.length + n },
    content: content.binary(encodeSwitch(false, STAMP)),
  });
  for (const [round, make] of [first, second].entries()) {
    for (const { from, to } of switchable(marks)) {
      const clock = (1 + round) * marks.length + from;
      yield updateFrame(section(client, clock, ...times(to - from, (i) => make(from + i))));
    }
  }
}

/** In runs that may be switched in one message. */
function switchable(marks: readonly Mark[]): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let left = 0;
  for (const [n, mark] of marks.entries()) {
    const { length } = encodeMark(mark);
    const run = runs.at(-1);
    if (run && length <= left) run.to = n + 1;
    else {
      runs.push({ from: n, to: n + 1 });
      left = LIMITS.switchedBytes.takes;
    }
    left -= length;
  }
  return runs;
}

/** Every second clock of each drawer's session, in marks of so many ranges; each round at other places. */
function* dense({ ends }: LargeStage, kind: "erase" | "cut", perMark: number, round: number): Iterable<Mark> {
  const steps = kind === "cut" ? CUT_STEPS : 1;
  const shift = kind === "cut" ? (round * 7) % (CUT_STEPS / 2) : round % 2;
  for (const [client, end] of ends) {
    for (let from = 0; from < end - 1; from += perMark * 2) {
      const ranges = times(Math.min(perMark, (end - from) / 2), (i) => {
        const start = (from + 2 * i) * steps + shift;
        return { start, end: start + Math.ceil(steps / 2) };
      });
      yield { kind, ranges: new Map([[client, ranges]]) };
    }
  }
}

/** Rounds of marks until they take so many bytes. */
function upTo(bytes: number, make: (round: number) => Iterable<Mark>): Mark[] {
  const marks: Mark[] = [];
  for (let sum = 0, round = 0; sum < bytes; round++) {
    for (const mark of make(round)) {
      sum += encodeMark(mark).length;
      if (sum < bytes) marks.push(mark);
    }
  }
  return marks;
}

/** So many sessions, from one number on, with a stroke each, each after the one before. */
export function* sessionsWithStrokes(
  { items }: LargeStage,
  first: number,
  count: number,
): Iterable<readonly Frame[]> {
  const perMessage = 4000;
  let before = items.at(-1)!;
  for (let from = 0; from < count; from += perMessage) {
    yield sectionsFrame(
      times(Math.min(perMessage, count - from), (i) => {
        const { client, clock } = before;
        before = { client: first + from + i, clock: 0 };
        return { ...before, structs: [after(client, clock)] };
      }),
    );
  }
}

export const MARK_KINDS: readonly LargeKind[] = [
  {
    name: "clears of everything",
    messages: (on, size) =>
      switched(
        on.freshSessions(),
        times(1300 * size, () => ({ kind: "clear", page: "", below: on.ends })),
        1300,
      ),
  },
  {
    name: "a clear that stands and falls in each of the frames of a message",
    *messages(on) {
      const client = on.freshSessions();
      const mark: Mark = { kind: "clear", page: "", below: on.ends };
      const key = markKey(client, 0);
      const value = content.binary(encodeMark(mark));
      yield* written(client, [{ parent: "marks", key, content: value }], 1);
      yield times(16, (i): Frame => {
        const at: RawStruct =
          i === 0
            ? { parent: "marks", key: undoneKey(key), content: value }
            : { origin: { client, clock: i }, content: value };
        return {
          type: "update",
          update: section(client, 1 + i, {
            ...at,
            content: content.binary(encodeSwitch(i % 2 === 0, STAMP)),
          }),
        };
      });
    },
  },
  {
    name: "erase marks over everything",
    messages: (on, size) =>
      switched(
        on.freshSessions(),
        times(1300 * size, () => ({
          kind: "erase",
          ranges: new Map([...on.ends].map(([client, end]) => [client, [{ start: 0, end }]] as const)),
        })),
        900,
      ),
  },
  ...(["erase", "cut"] as const).flatMap((kind): LargeKind[] => [
    {
      name: `${kind} marks full of ranges`,
      messages: (on, size) =>
        switched(
          on.freshSessions(),
          upTo(MARKS_BYTES * size, (round) => dense(on, kind, kind === "cut" ? 2000 : 4000, round)),
          3,
        ),
    },
    {
      name: `${kind} marks of two ranges`,
      messages: (on, size) =>
        switched(
          on.freshSessions(),
          upTo(MARKS_BYTES * size, (round) => dense(on, kind, 2, round)).slice(0, 2000 * size),
          1300,
        ),
    },
  ]),
  {
    name: "erase marks full of sessions",
    *messages(on, size) {
      const first = on.freshSessions();
      const count = Math.ceil(7000 * size);
      yield* sessionsWithStrokes(on, first, count);
      const ranges = new Map(times(count, (i) => [first + i, [{ start: 0, end: 1 }]] as const));
      yield* switched(
        on.freshSessions(),
        upTo(MARKS_BYTES * size, () => [{ kind: "erase", ranges }]),
        1,
      );
    },
  },
];
