import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import type { Verdict } from "../../../src/board/guard/check.ts";
import { RESOURCES } from "../../../src/board/document/limits.ts";
import { addSize, overOf, SIZE_LIMITS, sizeOf } from "../../../src/board/document/size.ts";
import { markKey } from "../../../src/board/document/marks.ts";
import { MAX_STEPS, useCostliest } from "./costs.ts";
import { expectAlive } from "./expect-alive.ts";
import { bring, createDevice, createLab, draw, LATE_STRANGER, STRANGER } from "./lab.ts";
import { content, encodeRaw, section } from "./raw-update.ts";

const costliest = useCostliest();

const MAX_SIZE = {
  sessions: SIZE_LIMITS.sessions.takes,
  writes: SIZE_LIMITS.writes.takes,
  content: SIZE_LIMITS.content.takes,
  marks: SIZE_LIMITS.marks.takes,
  standingMarks: 0,
};

describe("floods", () => {
  test("of marks end where the board is full; ink goes on", () => {
    const device = createDevice(5);
    const contact = createDevice(6);
    draw(contact, 1);
    bring(contact, device);
    const value = content.binary(new Uint8Array(40_000).fill(99));
    let verdict: Verdict | undefined;
    let n = 0;
    for (; verdict === undefined || verdict.kind === "ready"; n++) {
      verdict = device.admit(
        section(STRANGER, n, { parent: "marks", key: markKey(STRANGER, n), content: value }),
      );
    }
    expect(verdict.kind).toBe("full");
    expect((n - 1) * 40_000).toBeLessThanOrEqual(MAX_SIZE.marks);
    expect(n * 40_000).toBeGreaterThan(MAX_SIZE.marks);
    draw(contact, 2);
    expect(bring(contact, device).map(({ kind }) => kind)).toEqual(["ready"]);
    expect(device.board.board.items().length).toBe(2);
  });

  test("of new sessions end where the board is full; those that it has go on", () => {
    const device = createDevice(5);
    const contact = createDevice(6);
    draw(contact, 1);
    bring(contact, device);
    const kinds: string[] = [];
    for (let i = 0; i * 1000 < MAX_SIZE.sessions + 1000; i++) {
      const sections = Array.from({ length: 1000 }, (_, k) => {
        const client = 10_000 + i * 1000 + k;
        const mark = { parent: "marks", key: markKey(client, 0), content: content.binary(new Uint8Array(1)) };
        return { client, clock: 0, structs: [mark] };
      });
      kinds.push(device.admit(encodeRaw({ sections, deletions: [] })).kind);
    }
    expect(kinds.at(-1)).toBe("full");
    expect(kinds.filter((kind) => kind === "ready").length).toBe(Math.floor(MAX_SIZE.sessions / 1000));
    expect(device.doc.store.clients.size).toBeLessThanOrEqual(MAX_SIZE.sessions);
    draw(contact, 2);
    expect(bring(contact, device).map(({ kind }) => kind)).toEqual(["ready"]);
  });

  test("are counted as they came: what the guard adds up is what is there", () => {
    const lab = createLab();
    const start = createDevice(LATE_STRANGER);
    let sum = sizeOf(start.doc);
    for (const verdict of bring(lab.page, start, 100)) {
      if (verdict.kind === "ready") sum = addSize(sum, verdict.size);
    }
    const counted = sizeOf(start.doc);
    // Runs that Yjs merges are fewer writes afterwards.
    expect({ ...sum, writes: 0 }).toEqual({ ...counted, writes: 0 });
    expect(sum.writes).toBeGreaterThanOrEqual(counted.writes);
  });

  // Those that stand are not more than all marks.
  test.each(RESOURCES.filter((each) => each !== "standingMarks"))("of %s are noticed", (what) => {
    expect(overOf(MAX_SIZE, "takes", SIZE_LIMITS)).toBeUndefined();
    expect(overOf({ ...MAX_SIZE, [what]: MAX_SIZE[what] + 1 }, "takes", SIZE_LIMITS)).toBe(what);
  });

  test("of rubbish cost little and leave nothing", () => {
    const lab = createLab();
    const prng = createPrng(9);
    const updates = Array.from({ length: 300 }, () =>
      Uint8Array.from({ length: 60_000 }, () => prng.below(256)),
    );
    expect(costliest(lab.page, updates).steps).toBeLessThan(MAX_STEPS);
    expectAlive(lab);
  });
});
