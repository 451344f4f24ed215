import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { openBoardRegister } from "../../../src/board/storage/board-register.ts";
import type { BoardRegister } from "../../../src/board/storage/board-register.ts";
import { decodeRegister, encodeRegister } from "../../../src/board/storage/register-codec.ts";
import type { KnownBoard, RegisterContent } from "../../../src/board/storage/register-codec.ts";
import type { Address } from "../../../src/env/host.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createFakeStorage } from "../../support/fake-storage.ts";
import { newerRegister } from "../../support/newer-register.ts";

const address = fc.string({ maxLength: 12, unit: "grapheme" });
const board: fc.Arbitrary<KnownBoard> = fc.record({
  participants: fc.record({
    own: fc.option(address, { nil: undefined }),
    remotes: fc.array(address, { maxLength: 5 }),
  }),
  holdsSomething: fc.boolean(),
  bytes: fc.option(fc.nat(), { nil: undefined }),
  changedAt: fc.option(fc.nat(), { nil: undefined }),
  isRemoved: fc.constantFrom(true, undefined),
});
const content: fc.Arbitrary<RegisterContent> = fc.record({
  boards: fc.array(board, { maxLength: 6 }),
  answers: fc.array(fc.record({ from: fc.string(), to: fc.string() }), { maxLength: 4 }),
});

function withOthers(...remotes: Address[]): KnownBoard {
  return { participants: { own: "ann", remotes }, holdsSomething: true };
}

describe("the bytes of a register", () => {
  test("decode to what was encoded", () => {
    fc.assert(
      fc.property(content, fc.nat(), (each, generation) => {
        expect(decodeRegister(encodeRegister(each, generation))).toEqual({
          kind: "register",
          generation,
          content: each,
        });
      }),
    );
  });

  test("are the same in every version", () => {
    const written = { boards: [withOthers("bo")], answers: [{ from: "b1", to: "b2" }] };
    expect(Buffer.from(encodeRegister(written, 3)).toString("hex")).toMatchInlineSnapshot(
      `"424901030203616e6e02626f01030001010102623102623270d85ca9c0d0494e"`,
    );
  });

  test("with sizes too, which versions before do not look at", () => {
    const [known, unknown] = [withOthers("bo"), withOthers("cy")];
    const boards = [
      { ...known, bytes: 1234, changedAt: 5 },
      { ...unknown, isRemoved: true },
    ];
    const bytes = Buffer.from(encodeRegister({ boards, answers: [] }, 3)).toString("hex");
    expect(bytes).toMatchInlineSnapshot(
      `"424901030303616e6e02626f02637902030001010700010200d309060000bd037aa60a8f187f"`,
    );
  });

  test("are known to be damaged: any byte changed, anything cut off or added", () => {
    fc.assert(
      fc.property(content, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, place, flip) => {
        const bytes = encodeRegister(each, 1);
        const at = place % bytes.length;
        const changed = bytes.map((byte, i) => (i === at ? byte ^ flip : byte));
        for (const bad of [changed, bytes.subarray(0, at), new Uint8Array([...bytes, flip])])
          expect(decodeRegister(bad)).toEqual({ kind: "damaged" });
      }),
    );
  });
});

function createDevice(seed: number) {
  const clock = createSimulatedClock();
  const storage = createFakeStorage(clock, createPrng(seed));
  const warnings: string[] = [];
  async function open(): Promise<BoardRegister | undefined> {
    let opened: { register: BoardRegister | undefined } | undefined;
    const log = { warn: (message: string) => void warnings.push(message) };
    void openBoardRegister({ storage, log }).then((register) => (opened = { register }));
    await clock.runUntil(() => opened !== undefined, 1000);
    return opened!.register;
  }
  const boards = async (): Promise<string[]> =>
    (await open())!.content().boards.map(({ participants }) => participants.remotes.join());
  return { clock, storage, warnings, open, boards };
}

describe("the register of a device", () => {
  test("has the boards that hold something, the one opened last first", async () => {
    const { open, boards } = createDevice(1);
    const register = (await open())!;
    expect(register.content()).toEqual({ boards: [], answers: [] });
    register.record({ board: withOthers("bo") });
    register.record({ board: withOthers("cy") });
    register.record({ board: { ...withOthers("dee"), holdsSomething: false } });
    expect(await boards()).toEqual(["cy", "bo"]);
    (await open())!.record({ board: withOthers("bo") });
    expect(await boards()).toEqual(["bo", "cy"]);
  });

  test("says that a board holds nothing any more, in its place", async () => {
    const { open } = createDevice(2);
    const register = (await open())!;
    register.record({ board: withOthers("bo") });
    register.record({ board: withOthers("cy") });
    register.record({ board: { ...withOthers("bo"), holdsSomething: false } });
    const { boards } = (await open())!.content();
    expect(boards).toEqual([withOthers("cy"), { ...withOthers("bo"), holdsSomething: false }]);
  });

  test("is written only where something is news", async () => {
    const { open, storage } = createDevice(3);
    const register = (await open())!;
    const answer = { from: "b1", to: "b2" };
    for (let i = 0; i < 3; i++) register.record({ board: withOthers("bo"), answer });
    expect(storage.writes).toBe(1);
    (await open())!.record({ board: withOthers("bo"), answer });
    expect(storage.writes).toBe(1);
    expect((await open())!.content().answers).toEqual([answer]);
  });

  test("forgets the oldest boards and answers, and stays within a value of the storage", async () => {
    const { open, boards, storage } = createDevice(4);
    const register = (await open())!;
    for (let i = 0; i < 400; i++) {
      register.record({ board: withOthers(`n${i}`), answer: { from: `b${i}`, to: "b" } });
    }
    expect(await boards()).toEqual(Array.from({ length: 256 }, (_, i) => `n${399 - i}`));
    expect((await open())!.content().answers).toHaveLength(128);
    for (let i = 0; i < 200; i++) {
      const crowd = Array.from({ length: 60 }, (_, n) => `${i} ${n} `.padEnd(70, "x"));
      register.record({ board: withOthers(...crowd) });
    }
    for (const table of ["boards-0", "boards-1"])
      expect(storage.files.get(table, "0")!.length).toBeLessThanOrEqual(storage.maxBytes);
    const kept = await boards();
    expect(kept.length).toBeGreaterThan(10);
    expect(kept[0]).toContain("199 0 ");
  });

  test.each(["boards-0", "boards-1"])("survives damage of %s", async (table) => {
    const { open, boards, storage, warnings } = createDevice(5);
    const register = (await open())!;
    register.record({ board: withOthers("bo") });
    register.record({ board: withOthers("cy") });
    storage.files.set(table, "0", new Uint8Array([1, 2, 3]));
    expect(await boards()).toContain("bo");
    expect(warnings).toEqual(["register: a copy is damaged"]);
    (await open())!.record({ board: withOthers("dee") });
    expect((await boards())[0]).toBe("dee");
  });

  test("starts anew where both copies are damaged", async () => {
    const { open, boards, storage } = createDevice(6);
    for (const table of ["boards-0", "boards-1"]) storage.files.set(table, "0", new Uint8Array(40));
    (await open())!.record({ board: withOthers("bo") });
    expect(await boards()).toEqual(["bo"]);
  });

  test("of a newer version, or of a storage that fails, is neither read nor overwritten", async () => {
    const { open, storage } = createDevice(7);
    (await open())!.record({ board: withOthers("bo") });
    const { writes } = storage;
    storage.error = "busy";
    expect(await open()).toBeUndefined();
    storage.error = undefined;
    storage.files.set("boards-0", "0", newerRegister());
    expect(await open()).toBeUndefined();
    expect(storage.writes).toBe(writes);
  });

  test("that cannot be written is told to the log, and stands in nobody's way", async () => {
    const { open, clock, storage, warnings } = createDevice(8);
    const register = (await open())!;
    storage.error = "full";
    register.record({ board: withOthers("bo") });
    await clock.advance(1000);
    expect(warnings).toEqual(["register: it could not be written: full"]);
    storage.error = undefined;
    register.record({ board: withOthers("cy") });
    expect((await open())!.content().boards).toHaveLength(2);
  });
});
