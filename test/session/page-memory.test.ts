/*
 * Which pages are in memory: few, whichever are looked at and drawn on.
 */
import { describe, expect, test, vi } from "vitest";
import { createSimulatedClock } from "../../src/simulator/simulated-clock.ts";
import { createPageMemory } from "../../src/session/page-memory.ts";
import type { LeftPage } from "../../src/session/left-page.ts";
import type { PageMemory } from "../../src/session/page-memory.ts";
import type { LoadedPage } from "../../src/session/pages-in-memory.ts";

/**
 * Pages that take 20 ms to be read. `stored`: whether the storage has taken all of them; `busy`: on these the person is
 * in the midst of something; `drawnOn`: of these something is to be had when they come back.
 */
function createPages() {
  const clock = createSimulatedClock();
  const state = { stored: true, busy: new Set<string>(), drawnOn: new Map<string, LeftPage>() };
  const settle = vi.fn<() => void>();
  const given: (readonly [string, LeftPage])[] = [];
  const closed: string[] = [];
  const hurry = vi.fn<() => void>();
  const memory = createPageMemory({
    clock,
    hurry,
    leaving: () => undefined,
    load: (id, left) =>
      new Promise((resolve) => {
        if (left) given.push([id, left]);
        const page = {
          id,
          document: { journal: { settle } },
          whole: Promise.resolve({ damaged: false, newer: false, failed: false }),
          mayLeave: () => state.stored && !state.busy.has(id),
          leave: () => state.drawnOn.get(id),
          close: () => closed.push(id),
        } as unknown as LoadedPage;
        clock.after(20, () => resolve(page));
      }),
  });
  return { clock, memory, state, closed, hurry, settle, given };
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

  test("leave when this person drew on them, too, and get back what was done there", async () => {
    const pages = createPages();
    const { clock, memory, state, given } = pages;
    const left = new Map(["a", "b", "c"].map((id) => [id, {} as LeftPage]));
    state.drawnOn = left;
    for (const id of ["a", "b", "c", "d"]) {
      void memory.keep(id);
      await clock.advance(1000);
    }
    expect(inMemory(memory)).toEqual(["c", "d"]);
    expect(given).toEqual([]);
    await lookAt(pages, ["a", "b"]);
    expect(given).toEqual(["a", "b"].map((id) => [id, left.get(id)]));
    // What is emptied for good gets nothing back.
    memory.drop("c");
    memory.drop("b");
    await lookAt(pages, ["b", "c"]);
    expect(given.length).toBe(2);
  });

  test("stay when the storage has not taken them, which is to be done soon; nobody waits twice for that", async () => {
    const pages = createPages();
    const { clock, memory, state, closed, settle } = pages;
    void memory.keep("shown");
    await clock.advance(1000);
    await lookAt(pages, ["a", "b"]);
    expect([inMemory(memory), closed]).toEqual([["shown", "b"], ["a"]]);
    state.stored = false;
    settle.mockClear();
    const from = clock.now();
    await lookAt(pages, ["c"]);
    expect(settle).toHaveBeenCalled();
    expect(clock.now() - from).toBeGreaterThan(4000);
    const then = clock.now();
    await lookAt(pages, ["c", "b", "c"]);
    expect(clock.now() - then).toBeLessThan(1000);
    expect(inMemory(memory).sort()).toEqual(["b", "c", "shown"]);
    state.stored = true;
    await clock.advance(10_000);
    expect(inMemory(memory)).toEqual(["shown", "c"]);
  });

  test("stay when the person is in the midst of something there, and go when that is over", async () => {
    const { clock, memory, state } = createPages();
    state.busy.add("a");
    for (const id of ["a", "b", "c"]) {
      void memory.keep(id);
      await clock.advance(1000);
    }
    expect(inMemory(memory)).toEqual(["a", "c"]);
    void memory.keep("d");
    await clock.advance(1000);
    expect(inMemory(memory)).toEqual(["a", "d"]);
    state.busy.clear();
    void memory.keep("e");
    await clock.advance(1000);
    expect(inMemory(memory)).toEqual(["d", "e"]);
  });

  test("do not leave while they are shown, until the next one is there", async () => {
    const { clock, memory, closed } = createPages();
    void memory.keep("shown");
    await clock.advance(100);
    void memory.borrow("other", () => undefined, true);
    const next = memory.keep("next");
    await clock.advance(15);
    expect(closed).toEqual([]);
    expect(memory.get("shown")).toBeDefined();
    await clock.advance(1000);
    expect((await next)?.id).toBe("next");
    expect(inMemory(memory).length).toBe(2);
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
