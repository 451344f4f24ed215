import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { drawOn, openAlone } from "./alone.ts";
import { clearBoard } from "./clear-board.ts";
import { closeClean } from "./closing.ts";
import { canStep, type Hands } from "./hands.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import { allSee } from "./meeting.ts";
import type { Place } from "./picture.ts";
import { circle } from "./places.ts";
import type { SimulatedPhone } from "./simulator.ts";
import { countTicks } from "./ticks.ts";
import { createTouch } from "./touch.ts";
import { countInked } from "./state.ts";

describe("undo of what both did without hearing of one another", () => {
  const { simulator, alice, bob, alices, bobs, closeAfter } = useKeptMeeting();
  const [BOBS, ALICES]: readonly Place[] = [
    [180, 200],
    [180, 320],
  ];
  const SOME = [BOBS!, ALICES!];

  beforeEach(async () => {
    await bobs.drag([60, 200], [300, 200]);
    await alices.drag([60, 320], [300, 320]);
    await allSee([alice, bob], SOME);
  });

  const bothSee = (inked: readonly Place[], blank?: readonly Place[]): Promise<void> =>
    allSee([alice, bob], inked, blank);
  const expectSkipped = (phone: SimulatedPhone): Promise<void> =>
    expect
      .poll(() => phone.says('.notice[data-kind="history"] p'))
      .toContain("has already erased or changed that");

  const expectShared = (phone: SimulatedPhone): Promise<void> =>
    expect.poll(() => phone.says('.notice[data-kind="history"] p')).toContain("erased or changed the same");

  /** Each does it while the other does not hear; then both are told. */
  async function atOnce(act: (hands: Hands, phone: SimulatedPhone) => Promise<void>): Promise<void> {
    await alice.setOffline(true);
    await act(alices, alice);
    await act(bobs, bob);
    await alice.setOffline(false);
    await simulator.boardsEqual();
  }

  async function bothDo(act: (hands: Hands, phone: SimulatedPhone) => Promise<void>): Promise<void> {
    await atOnce(act);
    await bothSee([], SOME);
  }

  it("both erase or clear, and both undo: it stays away when one undoes, and is back with the second, once", async () => {
    await bothDo(async (hands) => {
      await hands.press("e");
      await hands.drag([180, 160], [180, 360]);
    });
    await bobs.press("Control+z");
    await expectShared(bob);
    await simulator.boardsEqual();
    await bothSee([], SOME);
    await alices.press("Control+z");
    await bothSee(SOME);

    await bothDo(async (_hands, phone) => clearBoard(await phone.frame()));
    await alices.press("Control+z");
    await expectShared(alice);
    await simulator.boardsEqual();
    await bothSee([], SOME);
    const touch = await createTouch(simulator.page);
    const { x, y } = (await bob.screen.boundingBox())!;
    await touch.down([x + 120, y + 420], [x + 220, y + 420]);
    await touch.up();
    await bothSee(SOME);
    await simulator.samePixels(alice, bob);
    // Once: what is then erased with one touch is gone.
    await bobs.tap(BOBS!);
    await bothSee([ALICES!], [BOBS!]);
  });

  it("both clear and both undo at once: all is back, nobody was passed over, and redo hides it again", async () => {
    // What comes next begins with a history of one stroke, and so does each that follows.
    closeAfter();
    await bothDo(async (_hands, phone) => clearBoard(await phone.frame()));
    await atOnce((hands) => hands.press("Control+z"));
    await bothSee(SOME);
    for (const phone of [alice, bob]) {
      expect(await phone.says('.notice[data-kind="history"] p')).not.toContain("already");
    }
    await alices.press("Control+y");
    await bothSee([], SOME);
    await alices.press("Control+z");
    await bothSee(SOME);
  });

  it("what was passed over can be undone once it is seen again", async () => {
    closeAfter();
    await alices.press("e");
    await alices.tap(BOBS!);
    await bothSee([ALICES!], [BOBS!]);
    await bobs.press("Control+z");
    await expectSkipped(bob);
    const canUndo = async (): Promise<boolean> => canStep(await bob.frame(), "undo");
    await expect.poll(canUndo).toBe(false);
    await alices.press("Control+z");
    await bothSee(SOME);
    await expect.poll(canUndo).toBe(true);
    await bobs.press("Control+z");
    await bothSee([ALICES!], [BOBS!]);
  });

  it("the other erased my latest: undo says so, takes nothing else, and the next takes the one before", async () => {
    await bobs.press("l");
    await bobs.drag([60, 440], [300, 440]);
    await bothSee([[180, 440]]);
    await alices.press("e");
    await alices.tap([180, 440]);
    await bothSee(SOME, [[180, 440]]);
    await (await bob.frame()).locator("#undo-button").click();
    await expectSkipped(bob);
    await simulator.boardsEqual();
    await bothSee(SOME, [[180, 440]]);
    await (await bob.frame()).locator("#undo-button").click();
    await bothSee([SOME[1]!], [SOME[0]!]);
    expect(await canStep(await bob.frame(), "undo")).toBe(false);
  });
});

describe("the notice of a clear", () => {
  it("offers to take it back for 10 s; afterwards undo does, which is felt", async () => {
    const app = await openAlone({ viewport: { width: 390, height: 844 } });
    onTestFinished(() => closeClean(app));
    await app.context.clock.install();
    const page = await app.open();
    const ticks = await countTicks(page);
    const ink = circle([195, 400], 80);
    const inked = (): Promise<number> => countInked(page, ink);
    await drawOn(page, ink);
    await expect.poll(inked).toBe(ink.length);
    const undo = page.locator('.notice[data-kind="clear"]').getByRole("button", { name: "Undo" });

    await page.clock.pauseAt(Date.now() + 600_000);
    await clearBoard(page);
    await page.clock.runFor(5000);
    expect(await inked()).toBe(0);
    // A second clear finds nothing, and takes no time from the offer.
    await clearBoard(page);
    await page.clock.runFor(4900);
    expect(await undo.isVisible()).toBe(true);
    await page.clock.runFor(200);
    expect(await undo.isVisible()).toBe(false);
    const before = await ticks();
    await page.locator("#undo-button").click();
    expect(await ticks()).toBe(before + 1);
    await page.clock.runFor(1000);
    expect(await inked()).toBe(ink.length);

    // Of four, one that offers nothing makes room.
    await clearBoard(page);
    await clearBoard(page);
    await page.keyboard.press("g");
    await page.getByRole("button", { name: /^Lock/u }).click();
    await page.keyboard.press("Escape");
    await drawOn(page, ink.slice(0, 4));
    await (await createTouch(page)).pen("hover", [200, 300]);
    const kinds = (): Promise<(string | null)[]> =>
      page.locator(".notice").evaluateAll((all) => all.map((each) => each.getAttribute("data-kind")));
    await expect.poll(kinds).toEqual(["clear", "layer", "pen"]);
    await undo.click();
    await page.clock.runFor(1000);
    expect(await inked()).toBe(ink.length);
  });
});
