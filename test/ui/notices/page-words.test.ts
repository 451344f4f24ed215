import { describe, expect, it } from "vitest";
import type { BoardChange, Layer } from "../../../src/board/document/board.ts";
import { FIRST_LAYER } from "../../../src/board/document/board.ts";
import type { Contact } from "../../../src/session.ts";
import { createAnnouncer } from "../../../src/ui/notices/announcer.ts";
import { boardNews } from "../../../src/ui/notices/board-news.ts";
import { createFollow } from "../../../src/ui/people/follow.ts";
import { activeLayerOf } from "../../../src/ui/choices/active-layer.ts";
import { layerTitle } from "../../../src/ui/words/layer-title.ts";
import { stepText } from "../../../src/ui/notices/step-text.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";
import type { Who } from "../../../src/ui/people/who.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";

const BO: Who = { names: "Bo", areSeveral: false };
const ALL: Who = { names: "Bo and 3 others", areSeveral: true };

const view = (left: number) => ({ minX: left, minY: 0, maxX: left + 100, maxY: 100 });
const contact = (address: string, name?: string, left = 0): Contact => ({
  address,
  state: name === undefined ? "away" : "here",
  drawing: false,
  hasEverything: true,
  missingStrokes: 0,
  page: undefined,
  isFull: false,
  presence:
    name === undefined
      ? undefined
      : { document: 0, name, color: 0, tool: "pen", view: view(left), penDown: false, cursor: undefined },
  tip: undefined,
  preview: undefined,
});

describe("news of the board", () => {
  const nothing: BoardChange = {
    origin: "remote",
    by: [],
    shown: [],
    extended: [],
    hidden: [],
    altered: [],
    settings: false,
  };
  const news = (change: Partial<BoardChange>): string | undefined =>
    boardNews({ ...nothing, ...change }, BO, ENGLISH);
  it("tells what a contact did, and nothing that this person did", () => {
    expect(news({ shown: ["1.1"], drawn: true })).toBe("Bo drew");
    expect(news({ extended: ["1.1"], drawn: true })).toBe("Bo drew");
    expect(news({ shown: ["1.1"] })).toBe("Bo changed something");
    expect(news({ hidden: ["1.1"] })).toBe("Bo erased something");
    expect(news({ altered: ["1.1"] })).toBe("Bo changed something");
    expect(news({ settings: true })).toBe("Bo changed something");
    expect(news({ origin: "local", shown: ["1.1"], drawn: true })).toBeUndefined();
    expect(news({ origin: "storage", shown: ["1.1"], drawn: true })).toBeUndefined();
  });
  it("speaks of several people as of several", () => {
    expect(boardNews({ ...nothing, hidden: ["1.1"] }, ALL, ENGLISH)).toBe("Bo and 3 others erased something");
  });
  it("is said every few seconds at most, and then the latest", async () => {
    const clock = createSimulatedClock();
    const said: string[] = [];
    const announcer = createAnnouncer({
      speak: (text) => said.push(text),
      now: () => clock.now(),
      after: (ms, task) => clock.after(ms, task),
    });
    announcer.say(() => "one");
    await clock.advance(0);
    expect(said).toEqual(["one"]);
    announcer.say(() => "two");
    await clock.advance(1000);
    announcer.say(() => "three");
    await clock.advance(2900);
    expect(said).toEqual(["one"]);
    await clock.advance(200);
    expect(said).toEqual(["one", "three"]);
    await clock.advance(10_000);
    announcer.say(() => "four");
    announcer.close();
    await clock.advance(10_000);
    expect(said).toEqual(["one", "three"]);
  });
});

describe("a step of the history", () => {
  it("says why it did less than it should", () => {
    expect(stepText("skipped", BO, ENGLISH)).toBe("Bo has already erased or changed that.");
    expect(stepText("partly", BO, ENGLISH)).toContain("a part");
    expect(stepText("shared", BO, ENGLISH)).toBe(
      "Bo has erased or changed the same: it stays so until that is taken back too.",
    );
    expect(stepText("done", BO, ENGLISH)).toBeUndefined();
    expect(stepText("nothing", BO, ENGLISH)).toBeUndefined();
    expect(stepText("skipped", ALL, ENGLISH)).toBe("Bo and 3 others have already erased or changed that.");
  });
});

describe("layers", () => {
  const layer = (id: string, name: string): Layer => ({ id, name, hidden: false, locked: false, opacity: 1 });
  const layers = [layer("1.1", ""), layer(FIRST_LAYER, "Paper"), layer("1.2", "")];
  it("are called by their names, or by their places from the bottom", () => {
    expect(layers.map(({ id }) => layerTitle(layers, id, ENGLISH))).toEqual(["Layer 1", "Paper", "Layer 3"]);
  });
  it("the first is drawn on where the chosen one is gone", () => {
    expect(activeLayerOf(layers, "1.2")).toBe(layers[2]);
    expect(activeLayerOf(layers, "7.7")).toBe(layers[1]);
  });
});

describe("following a contact", () => {
  it("goes where it looks, once for each place, until one stops or it leaves", () => {
    const went: number[] = [];
    const whom: (string | undefined)[] = [];
    const follow = createFollow({
      turnTo: () => true,
      goTo: ({ minX }) => went.push(minX),
      onChange: () => whom.push(follow.whom()),
    });
    follow.update([contact("a", "Bo", 10)]);
    expect(went).toEqual([]);
    follow.toggle("a");
    follow.update([contact("a", "Bo", 10)]);
    follow.update([contact("a", "Bo", 20)]);
    expect(went).toEqual([10, 20]);
    follow.stop();
    follow.update([contact("a", "Bo", 30)]);
    expect(went).toEqual([10, 20]);
    follow.toggle("a");
    follow.update([contact("a")]);
    expect(went).toEqual([10, 20, 30]);
    expect(whom).toEqual(["a", undefined, "a", undefined]);
  });
});
