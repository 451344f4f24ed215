/*
 * Which pages are in memory: few, whichever are looked at, and all on which this person drew.
 */
import { describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createPageMemory } from "../../src/session/page-memory.ts";
import type { LoadedPage, PageMemory } from "../../src/session/page-memory.ts";

const SESSION = 7;

/** Pages that take 20 ms to be read; `stored`: whether the storage has taken all of them. */
function createPages() {
  const clock = createSimulatedClock();
  const state = { stored: true };
  const closed: string[] = [];
  const hurry = vi.fn<() => void>();
  const memory = createPageMemory({
    clock,
    session: SESSION,
    hurry,
    leaving: () => undefined,
    load: (id) =>
      new Promise((resolve) => {
        const doc = new Y.Doc();
        doc.clientID = SESSION;
        const page = {
          id,
          document: { doc, journal: { isMirrored: () => state.stored } },
          whole: Promise.resolve({ damaged: false, newer: false, failed: false }),
          close: () => closed.push(id),
        } as unknown as LoadedPage;
        clock.after(20, () => resolve(page));
      }),
  });
  return { clock, memory, state, closed, hurry };
}

const inMemory = (memory: PageMemory): string[] => [...memory.all()].map(({ id }) => id);

/** One after the other. */
async function lookAt(
  { clock, memory }: ReturnType<typeof createPages>,
  ids: readonly string[],
): Promise<string[]> {
  const seen: string[] = [];
  for (const id of ids) void memory.borrow(id, (page) => seen.push(page.id), true);
  await clock.runUntil(() => seen.length === ids.length, 60_000);
  return seen;
}

describe("pages in memory", () => {
  test("are the one that is shown and one more, however many are looked at", async () => {
    const pages = createPages();
    const { clock, memory } = pages;
    void memory.keep("shown");
    await clock.advance(100);
    const ids = Array.from({ length: 50 }, (_, i) => `p${i}`);
    expect(await lookAt(pages, ids)).toEqual(ids);
    expect(inMemory(memory)).toEqual(["shown", "p49"]);
    for (const id of ids) {
      void memory.keep(id);
      await clock.advance(100);
      expect(inMemory(memory).length).toBeLessThanOrEqual(2);
      expect(memory.get(id)).toBeDefined();
    }
  });

  test("stay when this person drew on them, and when the storage has not taken them", async () => {
    const pages = createPages();
    const { clock, memory, state, closed } = pages;
    void memory.keep("drawn on");
    await clock.advance(100);
    memory.get("drawn on")!.document.doc.getArray("items").push([1]);
    memory.keepNone();
    await lookAt(pages, ["a", "b"]);
    expect(inMemory(memory)).toEqual(["drawn on", "b"]);
    state.stored = false;
    await lookAt(pages, ["c"]);
    expect(inMemory(memory)).toEqual(["drawn on", "b", "c"]);
    state.stored = true;
    await lookAt(pages, ["d"]);
    expect(inMemory(memory)).toEqual(["drawn on", "d"]);
    expect(closed).toEqual(["a", "b", "c"]);
  });

  test("are read once, whoever asks at once, and those for which a person waits first", async () => {
    const pages = createPages();
    const { clock, memory, hurry } = pages;
    const seen: string[] = [];
    let giveBack = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      giveBack = resolve;
    });
    void memory.borrow("sync", () => held, false);
    await clock.advance(100);
    for (const id of ["x", "y"]) void memory.borrow(id, () => seen.push(id), false);
    hurry.mockImplementation(() => giveBack());
    void memory.borrow("looked at", () => seen.push("looked at"), true);
    await clock.advance(1000);
    expect(seen).toEqual(["looked at", "x", "y"]);
    const [first, second] = [memory.keep("z"), memory.keep("z")];
    await clock.advance(100);
    expect(await first).toBe(await second);
  });

  test("go on coming when what was to be done with one fails", async () => {
    const pages = createPages();
    let error: unknown;
    const fail = (): never => {
      throw new Error("it broke");
    };
    void pages.memory.borrow("a", fail, true).catch((caught: unknown) => (error = caught));
    expect(await lookAt(pages, ["b", "c"])).toEqual(["b", "c"]);
    expect(error).toEqual(new Error("it broke"));
  });

  test("come no more when all is closed, and one that is dropped meanwhile is closed when it comes", async () => {
    const { clock, memory, closed } = createPages();
    const dropped = memory.keep("dropped");
    memory.drop("dropped");
    const late = memory.keep("late");
    await clock.advance(5);
    memory.close();
    await clock.advance(100);
    expect([await dropped, await late]).toEqual([undefined, undefined]);
    expect(closed.sort()).toEqual(["dropped", "late"]);
  });
});
