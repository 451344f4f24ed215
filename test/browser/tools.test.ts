import { describe, expect, it, onTestFinished } from "vitest";
import { openAlone } from "./alone.ts";
import { closeClean } from "./closing.ts";
import { canStep, handsOn, INPUTS } from "./hands.ts";
import { inCell, INK_TOOLS } from "./ink-tools.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import { allSee } from "./meeting.ts";
import { mouseOf } from "./mouse.ts";
import type { Place } from "./picture.ts";
import type { SimulatedPhone } from "./simulator.ts";

const { simulator, alice, bob, alices, bobs, meetAnew, closeAfter } = useKeptMeeting();

const bothSee = (inked: readonly Place[], blank?: readonly Place[]): Promise<void> =>
  allSee([alice, bob], inked, blank);

const LINE: readonly Place[] = [
  [80, 200],
  [160, 200],
  [240, 200],
];
const BELOW: readonly Place[] = [
  [80, 300],
  [160, 300],
  [240, 300],
];

/** Bob has drawn two lines. */
async function twoLines(): Promise<void> {
  await bobs.press("l");
  await bobs.drag([60, 200], [260, 200]);
  await bobs.drag([60, 300], [260, 300]);
  await bothSee([...LINE, ...BELOW]);
}

describe("tools that leave something", () => {
  it("are seen by the other while they draw, the same on both, taken back and done again", async () => {
    await meetAnew();
    // Bob has a pen, so that later his fingers would move the board; and another setting.
    closeAfter();
    const inked = INK_TOOLS.flatMap(([, , places], i) => places.map(inCell(i)));
    const blank = INK_TOOLS.flatMap(([, , , places], i) => places.map(inCell(i)));
    // On a busy machine a line may be held still for as long as it takes to become another step.
    await bobs.press("s");
    await (await bob.frame()).getByRole("switch", { name: "Shapes held still become even" }).click();
    await bobs.press("Escape");
    let hash = "";
    for (const input of INPUTS) {
      const hands = handsOn(simulator, bob, input);
      for (const [i, [name, key, places]] of INK_TOOLS.entries()) {
        const [from, by, to] = (
          [
            [60, 200],
            [100, 240],
            [140, 280],
          ] as const
        ).map(inCell(i));
        await hands.press(key);
        await hands.start(from!, by!, to!);
        await expect
          .poll(() => alice.inkedPlaces(places.map(inCell(i))), { message: `${name} by ${input}` })
          .toBe(places.length);
        await hands.lift();
      }
      await bothSee(inked, blank);
      ({ hash } = await simulator.samePixels(alice, bob));
      // Which input has drawn is not known to what is taken back: one by one, and done again, only once.
      const oneByOne = input === INPUTS[0] ? [...INK_TOOLS.entries()].reverse() : [];
      for (const [i, [name, , places]] of oneByOne) {
        await hands.press("Control+z");
        await expect
          .poll(() => alice.inkedPlaces(places.map(inCell(i))), {
            message: `${name} by ${input}, taken back`,
          })
          .toBe(0);
      }
      await hands.press(...INK_TOOLS.slice(oneByOne.length).map(() => "Control+z"));
      await bothSee([], inked);
      expect(await canStep(await bob.frame(), "undo")).toBe(false);
    }
    await bobs.press(...INK_TOOLS.map(() => "Control+Shift+Z"));
    await expect.poll(async () => (await simulator.samePixels(alice, bob)).hash).toBe(hash);
    // Nobody takes back what the other one did.
    expect(await canStep(await alice.frame(), "undo")).toBe(false);
  });

  it("shift makes shapes even, also when it is pressed in the midst of it", async () => {
    const mouse = await mouseOf(simulator.page);
    await bobs.press("r");
    await bobs.start([60, 200], [200, 260]);
    await expect.poll(() => bob.inkedPlaces([[130, 260]])).toBe(1);
    await mouse.shift(true);
    await expect.poll(() => bob.inkedPlaces([[130, 340]])).toBe(1);
    await bobs.lift();
    await mouse.shift(false);
    await bothSee([[130, 340]], [[130, 260]]);
  });

  it("leave a locked layer as it is, say so, and offer to unlock it", async () => {
    const frame = await bob.frame();
    await bobs.press("l");
    await bobs.drag([60, 300], [260, 300]);
    await bobs.press("g");
    await frame.getByRole("button", { name: /^Lock/u }).click();
    await bobs.press("Escape", "e");
    await bobs.drag([80, 270], [80, 330]);
    await bobs.press("x");
    await bobs.drag([240, 270], [240, 330]);
    await bobs.press("v");
    await bobs.tap([160, 300]);
    await bobs.drag([160, 300], [160, 400]);
    expect(await frame.locator("#selection-menu").isVisible()).toBe(false);
    const notice = frame.locator('.notice[data-kind="layer"]');
    expect(await notice.count()).toBe(0);
    await bobs.press("p");
    await bobs.drag([60, 200], [140, 280]);
    expect(await bob.inkedPlaces([[100, 240]])).toBe(0);
    await notice.waitFor();
    await notice.getByRole("button", { name: "Unlock" }).click();
    await bobs.drag([60, 200], [140, 280]);
    await bothSee([[100, 240], ...BELOW]);
    await simulator.samePixels(alice, bob);
  });
});

describe("erasers", () => {
  it("take whole strokes that a swipe touches, or what is under them; seen before it ends, one step", async () => {
    await twoLines();
    for (const input of INPUTS) {
      const hands = handsOn(simulator, alice, input);
      await hands.press("e");
      await hands.start([160, 170], [160, 330]);
      const untouched = (): Promise<number> => bob.inkedPlaces([...LINE, ...BELOW]);
      await expect.poll(untouched, { message: `erased by ${input}` }).toBe(0);
      await hands.lift();
      await bothSee([], [...LINE, ...BELOW]);
      await hands.press("Control+z");
      await bothSee([...LINE, ...BELOW]);
      await hands.press("Control+y");
      await bothSee([], [...LINE, ...BELOW]);
      await hands.press("Control+z");
      await bothSee([...LINE, ...BELOW]);
      await hands.tap([160, 300]);
      await bothSee(LINE, BELOW);
      await hands.press("Control+z");

      await hands.press("x");
      await hands.start([160, 170], [160, 230]);
      const under = (): Promise<number> => bob.inkedPlaces([[160, 200]]);
      await expect.poll(under, { message: `cut by ${input}` }).toBe(0);
      await hands.lift();
      await bothSee([LINE[0]!, LINE[2]!, ...BELOW], [LINE[1]!]);
      await simulator.samePixels(alice, bob);
      await hands.press("Control+z");
      await bothSee([...LINE, ...BELOW]);
    }
    // Bob's own steps are his lines, whatever Alice did to them.
    await alices.press("Control+y");
    await bobs.press("Control+z");
    await bothSee([LINE[0]!, LINE[2]!], BELOW);
  });

  it("partly take what the other one is still drawing, who goes on", async () => {
    const finger = handsOn(simulator, bob, "touch");
    await bobs.press("p");
    await finger.start([60, 300], [110, 330], [160, 300], [210, 330], [260, 300]);
    const begun: readonly Place[] = [
      [85, 315],
      [185, 315],
    ];
    await expect.poll(() => alice.inkedPlaces(begun)).toBe(2);
    await alices.press("x");
    await alices.drag([135, 285], [135, 345]);
    // Its gap is there under the pen as well.
    await bothSee(begun, [[135, 315]]);
    await finger.moveOn([280, 380], [180, 420], [80, 400]);
    await finger.lift();
    const goneOn: readonly Place[] = [
      [270, 340],
      [230, 400],
    ];
    await bothSee([...begun, ...goneOn], [[135, 315]]);
    await simulator.samePixels(alice, bob);
    await alices.press("Control+z");
    await bothSee([...begun, [135, 315], ...goneOn]);
    await simulator.samePixels(alice, bob);
  });

  it("take the same from two who erase without hearing of each other: the union, nothing doubled", async () => {
    await twoLines();
    await alice.setOffline(true);
    await bobs.press("x");
    await bobs.drag([160, 170], [160, 230]);
    await alices.press("x");
    await alices.drag([160, 175], [160, 225]);
    await alices.drag([240, 175], [240, 225]);
    await alice.setOffline(false);
    await bothSee([LINE[0]!, ...BELOW], [LINE[1]!, LINE[2]!]);
    await simulator.samePixels(alice, bob);
    // What both took stays away until both give it back.
    await bobs.press("Control+z");
    await expect
      .poll(() => bob.says('.notice[data-kind="history"] p'))
      .toContain("has erased or changed the same");
    await simulator.samePixels(alice, bob);
    expect(await alice.inkedPlaces([LINE[1]!])).toBe(0);
    await alices.press("Control+z", "Control+z");
    await bothSee([...LINE, ...BELOW]);
    await simulator.samePixels(alice, bob);
  });

  it("show how far they reach", async () => {
    await bobs.press("e");
    const box = (await bob.screen.boundingBox())!;
    await simulator.page.mouse.move(box.x + 200, box.y + 200);
    await expect.poll(async () => (await bob.picture()).inked).toBeGreaterThan(20);
    await simulator.page.mouse.move(1, 1);
    await expect.poll(async () => (await bob.picture()).inked).toBe(0);
  });
});

/** Runs in the app's page: how many pixels of the canvas of moving things are not empty. */
function countLit(): number {
  const canvas = document.getElementById("live-ink") as HTMLCanvasElement;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d")!;
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let lit = 0;
  for (const pixel of new Uint32Array(data.buffer)) if (pixel !== 0) lit++;
  return lit;
}

describe("the laser", () => {
  it("shines where the pointer rests, and is gone 1.2 s after that is lifted", async () => {
    const app = await openAlone({ viewport: { width: 390, height: 844 } });
    onTestFinished(() => closeClean(app));
    await app.context.clock.install();
    const page = await app.open();
    await page.keyboard.press("z");
    await page.clock.pauseAt(Date.now() + 600_000);
    await page.mouse.move(60, 200);
    await page.mouse.down();
    await page.mouse.move(140, 280, { steps: 8 });
    await page.clock.runFor(5000);
    expect(await page.evaluate(countLit)).toBeGreaterThan(50);
    await page.mouse.up();
    await page.clock.runFor(1000);
    expect(await page.evaluate(countLit)).toBeGreaterThan(0);
    await page.clock.runFor(250);
    expect(await page.evaluate(countLit)).toBe(0);
  });

  it("is seen by both, fades on both, and leaves nothing to take back", async () => {
    await meetAnew();
    closeAfter();
    await bobs.press("z");
    const before = await (await bob.frame()).evaluate(() => document.documentElement.dataset["board"]);
    const lit = async (phone: SimulatedPhone): Promise<number> => (await phone.frame()).evaluate(countLit);
    for (const input of INPUTS) {
      const hands = handsOn(simulator, bob, input);
      await hands.start([60, 200], [140, 280]);
      for (const phone of [alice, bob])
        await expect.poll(() => lit(phone), { message: input }).toBeGreaterThan(50);
      await hands.lift();
      for (const phone of [alice, bob]) await expect.poll(() => lit(phone), { message: input }).toBe(0);
    }
    const frame = await bob.frame();
    expect(await frame.evaluate(() => document.documentElement.dataset["board"])).toBe(before);
    expect(await canStep(frame, "undo")).toBe(false);
  });
});

describe("the hand", () => {
  it("moves the board and nothing on it", async () => {
    await twoLines();
    await bobs.press("d");
    await bobs.drag([160, 400], [160, 450]);
    await expect.poll(() => bob.inkedPlaces(LINE.map(([x, y]): Place => [x, y + 50]))).toBe(3);
    expect(await alice.inkedPlaces(LINE)).toBe(3);
    expect(await canStep(await bob.frame(), "redo")).toBe(false);
  });
});
