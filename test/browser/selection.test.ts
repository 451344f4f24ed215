import type { Frame, Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { handsOn, INPUTS, type Input } from "./hands.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import { allSee } from "./meeting.ts";
import type { Color, Place } from "./picture.ts";

const { simulator, alice, bob, alices, bobs, closeAfter } = useKeptMeeting();

const bothSee = (inked: readonly Place[], blank?: readonly Place[]): Promise<void> =>
  allSee([alice, bob], inked, blank);

/** The corners of a box, and the middle of its left side, where Bob's rectangle has ink. */
const boxOf = (left: number, top: number, width: number, height: number): Place[] => [
  [left, top],
  [left + width, top],
  [left, top + height],
  [left + width, top + height],
  [left, top + height / 2],
];
const BOX = boxOf(80, 240, 80, 60);
/** Where only its duplicate has ink, and where both have. */
const COPY: Place = [176, 286];
const CROSSING: Place = [160, 256];

type Hue = "paper" | "dark" | "red";
const hueOf = ([red, , blue]: Color): Hue => (red < 100 ? "dark" : red - blue > 100 ? "red" : "paper");

/** Mouse, finger and pen in turn, of which the pen is not forgotten: after it, fingers move the view. */
function inputs(): typeof INPUTS {
  closeAfter();
  return INPUTS;
}

/** Bob has drawn a rectangle and has the selecting tool in the hand. */
async function boxDrawn(): Promise<void> {
  await bobs.press("r");
  await bobs.drag([80, 240], [160, 300]);
  await bothSee(BOX);
  await bobs.press("v");
}

async function boxSelected(): Promise<Frame> {
  await boxDrawn();
  await bobs.tap([80, 270]);
  const frame = await bob.frame();
  await frame.locator("#selection-menu").waitFor();
  return frame;
}

const menuOf = (frame: Frame, command: string): Locator =>
  frame.locator(`#selection-menu [data-command="${command}"]`);
/** The middle of what Bob's page shows. */
const placeOf = async (shown: Locator): Promise<Place> => {
  const box = (await shown.boundingBox())!;
  const screen = (await bob.screen.boundingBox())!;
  return [box.x + box.width / 2 - screen.x, box.y + box.height / 2 - screen.y];
};
const handleOf = async (name: string): Promise<Place> =>
  placeOf((await bob.frame()).locator(`[data-handle="${name}"]`));

describe("what is selected", () => {
  it("moves, gets larger and turns, which the other sees before it ends; each is one step", async () => {
    const frame = await boxSelected();
    const handles = await frame.locator(".selection-handle:visible").all();
    expect(handles).toHaveLength(9);
    for (const handle of handles) {
      const { width, height } = (await handle.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
    const moved = boxOf(100, 340, 80, 60);
    const larger = boxOf(80, 240, 160, 120);
    // On its side: as wide as it was high.
    const turned = boxOf(100, 220, 120, 160);
    for (const input of inputs()) {
      const hands = handsOn(simulator, bob, input);
      const drag = async (inked: readonly Place[], blank: Place, ...places: Place[]): Promise<void> => {
        await hands.start(...places);
        const message = `${input}, on the way to ${inked.join(" ")}`;
        await expect.poll(() => alice.inkedPlaces(inked), { message }).toBe(inked.length);
        expect(await alice.inkedPlaces([blank]), message).toBe(0);
        await hands.lift();
        await bothSee(inked, [blank]);
      };
      await bobs.press("Escape");
      await hands.tap([80, 270]);
      await drag(moved, [80, 240], [120, 270], [140, 370]);
      await bobs.press("Control+z");
      await bothSee(BOX);
      const [x, y] = await handleOf("se");
      await drag(larger, [160, 280], [x, y], [x + 80, y + 60]);
      const turn = await handleOf("rotate");
      await drag(turned, [80, 240], turn, [turn[0] + 160, 300]);
      await bobs.press("Control+z", "Control+z");
      await bothSee(BOX, [[240, 300]]);
    }
    await bobs.press("Control+y");
    await bothSee(larger);
    const [right, middle] = await handleOf("e");
    await bobs.drag([right, middle], [right - 80, middle]);
    await bothSee(boxOf(80, 240, 80, 120));
    await simulator.samePixels(alice, bob);
  });

  it("is chosen with a lasso, or with a frame, by mouse, finger and pen, or all at once", async () => {
    await boxDrawn();
    await bobs.press("l");
    await bobs.drag([200, 240], [280, 300]);
    await bobs.press("v");
    const frame = await bob.frame();
    /** How many things, without what they are. */
    const selected = async (): Promise<string | undefined> =>
      (await frame.locator("#canvas-overlay [role=status]").innerText()).split(":")[0];
    const encloses = async (input: Input, places: readonly Place[], words: string): Promise<void> => {
      await handsOn(simulator, bob, input).drag(...places);
      await expect.poll(selected, { message: input }).toBe(words);
      await bobs.press("Escape");
      expect(await selected()).toBe("");
    };
    const lasso = (input: Input): Promise<void> =>
      encloses(
        input,
        [
          [60, 220],
          [180, 220],
          [180, 320],
          [60, 320],
        ],
        "1 thing selected",
      );
    const choose = async (way: string): Promise<void> => {
      await bobs.press("c");
      await frame.getByRole("radio", { name: way }).check();
      await bobs.press("Escape");
    };
    await lasso("mouse");
    await lasso("touch");
    await choose("Frame");
    for (const input of inputs())
      await encloses(
        input,
        [
          [60, 220],
          [300, 320],
        ],
        "2 things selected",
      );
    // The pen comes last: after it, fingers move the view.
    await choose("Lasso");
    await lasso("pen");
    await bobs.press("Control+a");
    expect(await selected()).toBe("2 things selected");
    await bobs.tap([20, 500]);
    expect(await selected()).toBe("");
  });

  it("is changed by the menu beside it: copied, recoloured, moved in the order, deleted, each one step; put on a layer", async () => {
    await boxDrawn();
    const frame = await bob.frame();
    /** What both see: of the copy and of where the copy crosses the original. */
    const bothShow = async (message: string, ...hues: readonly Hue[]): Promise<void> => {
      for (const phone of [alice, bob]) {
        const seen = async (): Promise<readonly Hue[]> => (await phone.colors([COPY, CROSSING])).map(hueOf);
        await expect.poll(seen, { message }).toEqual(hues);
      }
    };
    for (const input of inputs()) {
      const hands = handsOn(simulator, bob, input);
      const tap = async (button: Locator): Promise<void> => hands.tap(await placeOf(button));
      await hands.tap([80, 270]);
      await frame.locator("#selection-menu").waitFor();
      const menu = (await frame.locator("#selection-menu").boundingBox())!;
      const screen = (await bob.screen.boundingBox())!;
      expect(menu.x).toBeGreaterThanOrEqual(screen.x);
      expect(menu.x + menu.width).toBeLessThanOrEqual(screen.x + screen.width);
      await tap(menuOf(frame, "duplicate"));
      await bothShow(`${input}: duplicated`, "dark", "dark");
      await tap(menuOf(frame, "colors"));
      const red = frame.locator("#selection-menu").getByRole("button", { name: "Red" });
      const dot = red.locator("span");
      expect(await dot.evaluate((each) => each.getBoundingClientRect().width)).toBeGreaterThan(20);
      expect(await dot.evaluate((each) => getComputedStyle(each).backgroundColor)).not.toBe(
        "rgba(0, 0, 0, 0)",
      );
      await tap(red);
      await bothShow(`${input}: recoloured`, "red", "red");
      await tap(menuOf(frame, "backward"));
      await bothShow(`${input}: sent backward`, "red", "dark");
      await tap(menuOf(frame, "forward"));
      await bothShow(`${input}: brought forward`, "red", "red");
      await tap(menuOf(frame, "delete"));
      await bothShow(`${input}: deleted`, "paper", "dark");
      await frame.locator("#selection-menu").waitFor({ state: "hidden" });
      await bobs.press(...Array<string>(5).fill("Control+z"));
      await bothShow(`${input}: all undone`, "paper", "dark");
    }
    await bobs.press(...Array<string>(5).fill("Control+y"));
    await bothShow("all done again", "paper", "dark");
    for (const [undone, ...hues] of [
      ["deleting", "red", "red"],
      ["bringing forward", "red", "dark"],
      ["sending backward", "red", "red"],
      ["recolouring", "dark", "dark"],
      ["duplicating", "paper", "dark"],
    ] as const) {
      await bobs.press("Control+z");
      await bothShow(`${undone} undone`, ...hues);
    }
    await simulator.samePixels(alice, bob);

    // It goes to another layer, which can then be hidden.
    await bobs.press("g");
    await frame.getByRole("button", { name: "Add a layer" }).click();
    await bobs.press("Escape");
    await bobs.tap([80, 270]);
    await menuOf(frame, "layers").click();
    await frame.locator(".selection-layer").first().click();
    await bobs.press("g");
    await frame.getByRole("button", { name: "Hide Layer 2" }).click();
    await expect.poll(async () => (await alice.picture()).inked).toBe(0);
  });
});

describe("what is turned", () => {
  it("stays a rectangle under a side handle, on the way and then, for both, and on the way back", async () => {
    const frame = await boxSelected();
    const corners = async (): Promise<Place[]> => {
      const points = await frame.locator(".selection-outline").getAttribute("points");
      return points!.split(" ").map((point) => {
        const [x, y] = point.split(",").map(Number);
        return [x!, y!];
      });
    };
    /** The cosine of the angle at each corner: 0 where it is right. */
    const bends = (places: readonly Place[]): number[] =>
      places.map(([x, y], i) => {
        const [[fromX, fromY], [toX, toY]] = [places.at(i - 1)!, places[(i + 1) % places.length]!];
        const [inX, inY, outX, outY] = [x - fromX, y - fromY, toX - x, toY - y];
        return Math.abs(inX * outX + inY * outY) / (Math.hypot(inX, inY) * Math.hypot(outX, outY));
      });
    const turn = await handleOf("rotate");
    const angle = (33 / 180) * Math.PI;
    const radius = 270 - turn[1];
    await bobs.drag(turn, [120 + radius * Math.sin(angle), 270 - radius * Math.cos(angle)]);
    const turned = await corners();
    expect(Math.max(...bends(turned))).toBeLessThan(0.02);
    expect(Math.abs(turned[0]![1] - turned[1]![1])).toBeGreaterThan(30);
    await bothSee(turned, BOX.slice(0, 1));

    const rightSide: Place = [(turned[1]![0] + turned[2]![0]) / 2, (turned[1]![1] + turned[2]![1]) / 2];
    for (const input of inputs()) {
      const hands = handsOn(simulator, bob, input);
      const [x, y] = await handleOf("e");
      await hands.start([x, y], [x + 70 * Math.cos(angle), y + 70 * Math.sin(angle)]);
      const onTheWay = await corners();
      expect(Math.max(...bends(onTheWay)), input).toBeLessThan(0.02);
      expect(Math.hypot(onTheWay[1]![0] - turned[1]![0], onTheWay[1]![1] - turned[1]![1])).toBeGreaterThan(
        60,
      );
      await expect.poll(() => alice.inkedPlaces(onTheWay), { message: input }).toBe(4);
      await hands.lift();
      expect(Math.max(...bends(await corners())), input).toBeLessThan(0.02);
      await bothSee(onTheWay, [rightSide]);
      await simulator.samePixels(alice, bob);
      await bobs.press("Control+z");
      await bothSee(turned, [onTheWay[1]!]);
    }

    await frame.locator('[data-handle="e"]').focus();
    for (let i = 0; i < 5; i++) await simulator.page.keyboard.press("ArrowRight");
    const byKeys = await corners();
    expect(Math.max(...bends(byKeys))).toBeLessThan(0.02);
    await bothSee(byKeys);
    await simulator.samePixels(alice, bob);
  });
});

describe("at the same time", () => {
  it("what one deletes while the other moves it stays deleted, whole", async () => {
    const finger = handsOn(simulator, bob, "touch");
    const frame = await boxSelected();
    await finger.start([120, 270], [140, 370]);
    await expect.poll(() => alice.inkedPlaces([[100, 340]])).toBe(1);
    await alices.press("v", "Control+a");
    await menuOf(await alice.frame(), "delete").click();
    await expect.poll(async () => (await alice.picture()).inked).toBe(0);
    await finger.moveOn([160, 380]);
    await finger.lift();
    const picture = await simulator.samePixels(alice, bob);
    expect(picture.inked).toBe(0);
    await frame.locator("#selection-menu").waitFor({ state: "hidden" });
  });

  it("what both move is in one place, the same on both", async () => {
    await boxSelected();
    await alices.press("v");
    await bob.setOffline(true);
    await bobs.drag([120, 270], [120, 370]);
    await alices.tap([80, 270]);
    await alices.drag([120, 270], [200, 270]);
    await bob.setOffline(false);
    await simulator.samePixels(alice, bob);
    const places = [boxOf(80, 340, 80, 60), boxOf(160, 240, 80, 60)];
    const seen = await Promise.all(places.map((each) => bob.inkedPlaces(each)));
    expect(seen.filter((count) => count === 5)).toHaveLength(1);
    expect(await bob.inkedPlaces(BOX.slice(0, 1))).toBe(0);
  });
});

describe("with keys alone", () => {
  it("one selects, moves, resizes and deletes", async () => {
    await boxDrawn();
    await bobs.press("p", "PageDown");
    const frame = await bob.frame();
    await frame.locator("#selection-menu").waitFor();
    await bobs.press("ArrowRight", "ArrowRight", "ArrowDown");
    await bothSee(boxOf(96, 248, 80, 60));
    await frame.locator('[data-handle="e"]').focus();
    for (let i = 0; i < 5; i++) await simulator.page.keyboard.press("ArrowRight");
    await bothSee(boxOf(96, 248, 120, 60));
    await simulator.page.keyboard.press("Delete");
    expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
  });

  it("one writes in the middle of the screen", async () => {
    await bobs.press("t", "Enter");
    await simulator.page.keyboard.type("Hello");
    await simulator.page.keyboard.press("Escape");
    await bobs.press("PageDown", "Enter");
    await simulator.page.keyboard.type(" you");
    expect(await (await bob.frame()).locator("#text-field").inputValue()).toBe("Hello you");
    await simulator.page.keyboard.press("Escape");
    expect((await simulator.samePixels(alice, bob)).inked).toBeGreaterThan(50);
  });
});
