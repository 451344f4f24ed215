/* Hands that type: in texts that are taken away, from one text to the next, with a wheel and with input methods. */
import type { CDPSession, Locator, Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { useGestureApp } from "./gesture-app.ts";
import { canStep } from "./hands.ts";
import { useKeptMeeting } from "./kept-meeting.ts";
import type { Place } from "./picture.ts";
import { createWheel } from "./wheel.ts";

describe("with a contact", () => {
  const { simulator, alice, bob, alices, bobs } = useKeptMeeting();

  describe("a text that the contact takes away under one's typing", () => {
    const keyboard = () => simulator.page.keyboard;
    const field = async (): Promise<Locator> => (await bob.frame()).locator("#text-field");
    const words = async (): Promise<string> => (await field()).inputValue();
    const isLost = async (): Promise<boolean> => (await field()).evaluate((area) => "lost" in area.dataset);
    const putBack = async (): Promise<Locator> =>
      (await bob.frame()).locator("#notices").getByRole("button", { name: "Put it back" });
    const tool = async (): Promise<string | undefined> =>
      (await bob.frame()).evaluate(() => document.documentElement.dataset["tool"]);
    const panels = async (): Promise<number> => (await bob.frame()).locator(".panel:visible").count();

    beforeEach(async () => {
      await bobs.press("t");
      await bobs.tap([80, 250]);
      await keyboard().type("Hello");
      await expect.poll(async () => (await alice.picture()).inked).toBeGreaterThan(50);
    });

    const takenBy: Readonly<Record<string, () => Promise<void>>> = {
      "an eraser": async () => {
        await alices.press("e");
        await alices.drag([60, 250], [150, 250]);
      },
      "a lock of its layer": async () => {
        await alices.press("g");
        await (await alice.frame()).getByRole("button", { name: /^Lock/u }).click();
        await alices.press("Escape");
      },
      "a layer that is hidden": async () => {
        await alices.press("g");
        await (await alice.frame()).getByRole("button", { name: /^Hide/u }).click();
        await alices.press("Escape");
      },
      "a clear": async () => {
        await (await alice.frame()).locator("#clear-button").evaluate((row: HTMLElement) => row.click());
      },
    };

    it.each(Object.keys(takenBy))("by %s: letters stay letters, and none is lost", async (by) => {
      await takenBy[by]!();
      await expect.poll(isLost).toBe(true);
      await bob.screen.hover();
      await (await field()).focus();
      await keyboard().type(" spvx.g");
      expect(await words()).toBe("Hello spvx.g");
      expect([await tool(), await panels()]).toEqual(["text", 0]);
      await (await field()).press("Escape");
      expect(await (await field()).count()).toBe(0);
      await (await putBack()).waitFor();
    });

    it("is offered back with all that was typed, as a new text in which one goes on; one step takes it back", async () => {
      await takenBy["an eraser"]!();
      await expect.poll(isLost).toBe(true);
      await (await field()).focus();
      await keyboard().type(" you");
      await (await putBack()).click();
      await expect.poll(words).toBe("Hello you");
      await keyboard().type("!");
      await keyboard().press("Escape");
      const { inked } = await simulator.samePixels(alice, bob);
      expect(inked).toBeGreaterThan(50);
      await bobs.press("t");
      await bobs.tap([90, 250]);
      await expect.poll(words).toBe("Hello you!");
      await keyboard().press("Escape");
      await bobs.press("Control+z", "Control+z");
      await simulator.boardsEqual();
      expect((await simulator.samePixels(alice, bob)).inked).toBe(0);
    });

    it("is offered again where the layer takes nothing", async () => {
      await takenBy["a lock of its layer"]!();
      await expect.poll(isLost).toBe(true);
      await (await putBack()).click();
      await expect
        .poll(async () => (await bob.frame()).locator('.notice[data-kind="layer"]').count())
        .toBe(1);
      await (await putBack()).waitFor();
    });

    it("goes on as before when the contact gives it back, with what was typed meanwhile", async () => {
      await takenBy["an eraser"]!();
      await expect.poll(isLost).toBe(true);
      await (await field()).focus();
      await keyboard().type(" you");
      await alices.press("Control+z");
      await expect.poll(isLost).toBe(false);
      await expect.poll(async () => (await putBack()).count()).toBe(0);
      await (await field()).focus();
      await keyboard().type("!");
      expect(await words()).toBe("Hello you!");
      await keyboard().press("Escape");
      await simulator.samePixels(alice, bob);
      await alices.press("t");
      await alices.tap([90, 250]);
      await expect
        .poll(async () => (await alice.frame()).locator("#text-field").inputValue())
        .toBe("Hello you!");
    });

    it("by undo of who made it, when two type in it", async () => {
      await keyboard().press("Escape");
      await alices.press("t");
      await alices.tap([200, 400]);
      await keyboard().type("Mine");
      await keyboard().press("Escape");
      await simulator.boardsEqual();
      await bobs.tap([210, 400]);
      await expect.poll(words).toBe("Mine");
      await alices.press("Control+z");
      await expect.poll(isLost).toBe(true);
      expect(await (await putBack()).count()).toBe(1);
    });
  });

  describe("a layer that the contact takes away while one types its name", () => {
    it("leaves the name to no other layer", async () => {
      const [a, b] = [await alice.frame(), await bob.frame()];
      const names = (): Promise<string[]> => b.locator(".layer-name").allTextContents();
      await bobs.press("g");
      await b.locator("#add-layer").click();
      await alices.press("g");
      await a.getByRole("radio", { name: "Layer 2" }).check();
      await b.locator("#layer-name").focus();
      await simulator.page.keyboard.type("Sk");
      // A press of hers would take the keyboard from his half of this page.
      await a.locator("#remove-layer").evaluate((button: HTMLElement) => button.click());
      await expect.poll(names).toEqual(["Layer 1"]);
      await simulator.page.keyboard.type("y");
      await simulator.page.keyboard.press("Enter");
      expect(await names()).toEqual(["Layer 1"]);
      expect(await b.locator("#layer-name").inputValue()).toBe("");
    });
  });
});

describe("a field that is taken away by something else", () => {
  const { open, page } = useGestureApp();

  it("leaves its letters no commands, until the person looks up", async () => {
    await open();
    await page.keyboard.press("s");
    const name = page.locator("#own-name");
    await name.focus();
    await page.keyboard.type("An");
    await name.evaluate((field) => field.blur());
    await page.keyboard.type("ephl");
    expect(await page.evaluate(() => document.documentElement.dataset["tool"])).toBe("pen");
    await page.keyboard.press("Escape");
    await page.keyboard.press("l");
    expect(await page.evaluate(() => document.documentElement.dataset["tool"])).toBe("line");
  });
});

describe("in a text", () => {
  const { open, page, touch, inkMiddle, inked, idle } = useGestureApp();
  const field = (): Locator => page.locator("#text-field");
  const tapBy: Readonly<Record<string, (place: Place) => Promise<void>>> = {
    mouse: (place) => page.mouse.click(...place),
    finger: async (place) => {
      await touch.down(place);
      await touch.up();
    },
    pen: async (place) => {
      await touch.pen("down", place);
      await touch.pen("up", place);
    },
  };
  const write = async (place: Place, text: string, by = "mouse"): Promise<void> => {
    await tapBy[by]!(place);
    await page.keyboard.type(text);
  };
  const session = (): Promise<CDPSession> => page.context().newCDPSession(page.mainFrame().page());

  it.each(Object.keys(tapBy))(
    "a tap by %s on another text opens that one, and the keyboard stays",
    async (by) => {
      await open();
      await page.keyboard.press("t");
      await write([80, 200], "first", by);
      await page.keyboard.press("Escape");
      await write([80, 400], "second", by);
      await field().evaluate((area) => {
        area.addEventListener("blur", () => (area.dataset["left"] = "true"));
        area.dataset["same"] = "true";
      });
      await tapBy[by]!([95, 200]);
      await expect.poll(() => field().inputValue()).toBe("first");
      await page.keyboard.type("!");
      await tapBy[by]!([95, 400]);
      await expect.poll(() => field().inputValue()).toBe("second");
      expect(await field().evaluate(({ dataset }) => [dataset["same"], dataset["left"] ?? ""])).toEqual([
        "true",
        "",
      ]);
      await page.keyboard.type("?");
      expect(await field().inputValue()).toBe("second?");
      // Beside all texts a tap ends it as before, and makes no other.
      await tapBy[by]!([200, 600]);
      expect(await field().count()).toBe(0);
      await tapBy[by]!([95, 200]);
      await expect.poll(() => field().inputValue()).toBe("first!");
    },
  );

  it("a tap with the note tool goes from a text to a note and back", async () => {
    await open();
    await page.keyboard.press("n");
    await write([200, 400], "note");
    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await write([80, 200], "text");
    await page.mouse.click(200, 440);
    await expect.poll(() => field().inputValue()).toBe("note");
    await page.mouse.click(95, 200);
    await expect.poll(() => field().inputValue()).toBe("text");
  });

  it("a text that was left empty for another one was never there", async () => {
    await open();
    await page.keyboard.press("t");
    await write([80, 200], "first");
    await page.keyboard.press("Escape");
    await page.mouse.click(80, 400);
    await page.mouse.click(95, 200);
    await expect.poll(() => field().inputValue()).toBe("first");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    expect([await inked(), await canStep(page.mainFrame(), "undo")]).toEqual([0, false]);
  });

  it("a wheel over the field moves and zooms the board, and one types on", async () => {
    await open();
    await page.keyboard.press("t");
    await write([100, 300], "words");
    const at = async (): Promise<Place> => {
      const { x, y } = (await field().boundingBox())!;
      return [Math.round(x), Math.round(y)];
    };
    const [left, top] = await at();
    const over = await createWheel(page, [110, 300]);
    await over.turn(20, -50);
    await idle();
    expect(await at()).toEqual([left - 20, top + 50]);
    const { height } = (await field().boundingBox())!;
    const overMoved = await createWheel(page, [90, 350]);
    overMoved.pause();
    await overMoved.control(true);
    await overMoved.turn(0, -60);
    await overMoved.control(false);
    await idle();
    expect(await page.locator("#zoom-button").textContent()).toBe("143 %");
    expect((await field().boundingBox())!.height).toBeGreaterThan(height * 1.3);
    await page.keyboard.type("!");
    expect(await field().inputValue()).toBe("words!");
  });

  it("a drag with the middle button moves the board, over the field too, and pastes nothing", async () => {
    await open();
    await page.keyboard.press("t");
    await write([100, 300], "words");
    const left = async (): Promise<number> => (await field().boundingBox())!.x;
    for (const y of [300, 500]) {
      const before = await left();
      const start = y === 300 ? before + 10 : 200;
      await page.mouse.move(start, y);
      await page.mouse.down({ button: "middle" });
      await page.mouse.move(start + 30, y, { steps: 3 });
      await page.mouse.up({ button: "middle" });
      await pasteMarked(page);
      await idle();
      expect(await left()).toBeCloseTo(before + 30, 0);
      expect(await field().inputValue()).toBe("words");
      expect(await field().evaluate((area) => area === document.activeElement)).toBe(true);
    }
    await page.keyboard.press("Escape");
    const [words, middle] = [await inked(), await inkMiddle()];
    await page.mouse.move(200, 600);
    await page.mouse.down({ button: "middle" });
    await page.mouse.move(200, 560, { steps: 3 });
    await page.mouse.up({ button: "middle" });
    await pasteMarked(page);
    expect(await inked()).toBe(words);
    expect((await inkMiddle())[1]).toBeCloseTo(middle[1] - 40, 0);
  });

  it("Escape that ended composing does not close the field, whichever event comes first; the next does", async () => {
    await open();
    await page.keyboard.press("t");
    await write([100, 300], "a");
    const input = await session();
    const compose = (text: string): Promise<unknown> =>
      input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    // The order of WebKit: the composing ends, and then comes the key that ended it.
    await compose("か");
    await field().evaluate((area) => {
      area.addEventListener(
        "compositionend",
        () => {
          const key = { key: "Escape", code: "Escape", bubbles: true, cancelable: true };
          area.dispatchEvent(new KeyboardEvent("keydown", key));
        },
        { once: true },
      );
    });
    await input.send("Input.insertText", { text: "か" });
    expect(await field().inputValue()).toBe("aか");
    // Some methods name the key, and say that it is theirs.
    await input.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      key: "Escape",
      code: "Escape",
      windowsVirtualKeyCode: 229,
    });
    await input.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Escape", code: "Escape" });
    expect(await field().inputValue()).toBe("aか");
    await page.keyboard.press("Escape");
    expect(await field().count()).toBe(0);
  });

  it("Enter that ends composing does not leave the name of a layer", async () => {
    await open();
    await page.keyboard.press("g");
    const name = page.locator("#layer-name");
    await name.fill("");
    const input = await session();
    await input.send("Input.imeSetComposition", { text: "そ", selectionStart: 1, selectionEnd: 1 });
    await page.keyboard.press("Enter");
    await input.send("Input.insertText", { text: "空" });
    expect(await name.evaluate((typedIn) => typedIn === document.activeElement)).toBe(true);
    await page.keyboard.type("!");
    await page.keyboard.press("Enter");
    expect(await name.evaluate((typedIn) => typedIn === document.activeElement)).toBe(false);
    expect(await page.locator(".layer-name").allTextContents()).toEqual(["空!"]);
  });

  it("the key that opened the field and is still held down is no letter of it", async () => {
    await open();
    await page.keyboard.press("t");
    await page.keyboard.down("Enter");
    await field().waitFor();
    await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    expect(await field().inputValue()).toBe("");
    await page.keyboard.press("Enter");
    expect(await field().inputValue()).toBe("\n");
  });
});

/** What the browser of a system does that pastes marked words when the middle button comes up. */
async function pasteMarked(page: Page): Promise<void> {
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "marked");
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    const target = document.activeElement ?? document.body;
    // What a field does with it.
    if (target.dispatchEvent(paste) && target instanceof HTMLTextAreaElement) target.setRangeText("marked");
  });
}
