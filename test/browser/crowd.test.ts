/* What a group is like on the board itself: its names, its news, its cursors and the markers at the edge. */
import { describe, expect, it } from "vitest";
import { contactOf } from "../support/contacts.ts";
import { useCrowd } from "./crowd-fixture.ts";
import { group, looking } from "./crowd.ts";

const { open, list } = useCrowd();

describe("a group that hides who is who", () => {
  it("never shows an address, anywhere", async () => {
    const address = (i: number): string => `m4sk3d${i}`.padEnd(32, "x");
    const app = await open({ own: address(99) });
    const people = Array.from({ length: 6 }, (_, i) =>
      contactOf(
        address(i),
        i < 4 ? { view: { minX: 900 * i, minY: 0, maxX: 900 * i + 90, maxY: 90 } } : undefined,
      ),
    );
    await app.show(people);
    await app.page.keyboard.press("u");
    const rows = await list().locator(".person-name").allTextContents();
    expect(rows).toEqual(["You", "Guest 1", "Guest 2", "Guest 3", "Guest 4", "Guest 5", "Guest 6"]);
    await app.crowd.evaluate((crowd) =>
      crowd.draw(2, [
        [0, 0],
        [50, 50],
      ]),
    );
    await app.crowd.evaluate((on, who) => on.notify({ kind: "cleared", address: who }), address(1));
    await app.page.getByText("Guest 2 cleared the board").waitFor();
    await expect.poll(() => app.page.locator("#news").textContent()).toContain("Guest 3 drew");
    const page = await app.page.evaluate(() => {
      const said = [...document.querySelectorAll("*")].flatMap((each) => [
        each.getAttribute("aria-label"),
        each.getAttribute("title"),
        each.getAttribute("data-letters"),
      ]);
      return [document.body.textContent, ...said].join(" ");
    });
    expect(page).toContain("Guest 4");
    expect(page.toLowerCase()).not.toContain("m4");
  });
});

describe("undo in a group", () => {
  it("names who was faster", async () => {
    const app = await open();
    await app.show(group(8, 6, 50));
    await app.page.mouse.move(100, 400);
    await app.page.mouse.down();
    await app.page.mouse.move(200, 500, { steps: 5 });
    await app.page.mouse.up();
    await app.crowd.evaluate((crowd) => crowd.erase(4));
    await app.page.keyboard.press("Control+z");
    const notices = app.page.locator("#notices");
    await expect.poll(() => notices.textContent()).toBe("Chloé has already erased or changed that.");
  });
});

describe("somebody who draws", () => {
  it("is seen to do so by what needs no new picture of the page", async () => {
    const app = await open();
    await app.page.emulateMedia({ reducedMotion: "no-preference" });
    await app.show(group(4, 4, 50));
    const changed = await app.page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations === Infinity)
        .map(({ effect }) => (effect as KeyframeEffect).getKeyframes().map((each) => Object.keys(each)))
        .flat(2)
        .filter((key) => !["offset", "computedOffset", "easing", "composite"].includes(key)),
    );
    expect(new Set(changed)).toEqual(new Set(["opacity"]));
    const cursor = app.page.locator(".cursor").first();
    expect(await cursor.evaluate((each) => getComputedStyle(each).willChange)).toBe("transform");
  });
});

describe("20 people beyond the edge", () => {
  it("have markers that never lie on one another; of several, one goes to the nearest", async () => {
    const app = await open();
    const around = Array.from({ length: 16 }, (_, i): [number, number] => {
      const angle = (i * Math.PI) / 8;
      return [Math.cos(angle) * (2000 + i), Math.sin(angle) * (2000 + i)];
    });
    await app.show(looking([...around, [3000, 10], [2500, 5], [4000, 20]]));
    const arrows = app.page.locator(".edge-arrow:visible");
    const boxes = await arrows.evaluateAll((all) =>
      all.map((each) => {
        const { x, y } = each.getBoundingClientRect();
        return [x, y] as const;
      }),
    );
    expect(boxes.length).toBeGreaterThan(6);
    for (const [i, [x, y]] of boxes.entries())
      for (const [otherX, otherY] of boxes.slice(i + 1))
        expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThan(44);
    const labels = await arrows.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")!));
    const right = app.page.getByRole("button", { name: /^P0 and \d+ others are over there. Show me P0$/u });
    expect(labels.join()).toContain("Show me P0");
    expect(await right.locator(".edge-name").getAttribute("data-letters")).toMatch(/^\+\d+$/u);
    await right.click();
    const cursor = app.page.locator('.cursor[data-address^="0Address"]');
    await expect.poll(async () => Math.round((await cursor.boundingBox())!.x)).toBe(195);
  });

  it("who point near have cursors, of which no more than 8 have names", async () => {
    const app = await open();
    const places = Array.from({ length: 19 }, (_, i): [number, number] => [(i % 5) * 30 - 60, i * 10 - 90]);
    await app.show(looking(places));
    await app.show(looking(places.map(([x, y]): [number, number] => [x + 1, y])));
    expect(await app.page.locator('.cursor[data-state="pointing"]').count()).toBe(19);
    expect(await app.page.locator(".cursor-name:visible").count()).toBe(8);
  });

  it("who move 6 times a second each are placed at most once a frame", async () => {
    const app = await open();
    const people = looking(
      Array.from({ length: 19 }, (_, i): [number, number] => [i * 8 - 70, i * 20 - 180]),
    );
    await app.show(people);
    const { moves, reads, frames } = await app.crowd.evaluate(async (crowd, all) => {
      let now = all;
      const tools = document.querySelector("#view-tools")!;
      const measure = tools.getBoundingClientRect.bind(tools);
      let [reads_, frames_, moves_] = [0, 0, 0];
      // Each placing asks once where the buttons of the view are.
      tools.getBoundingClientRect = () => {
        reads_++;
        return measure();
      };
      while (frames_ < 60) {
        await new Promise<void>((resolve) => {
          requestAnimationFrame(() => resolve());
        });
        frames_++;
        for (let i = 0; i < 4; i++) {
          const who = (moves_++ * 7) % now.length;
          now = now.map((each, k) =>
            k === who
              ? {
                  ...each,
                  presence: { ...each.presence!, cursor: { x: each.presence!.cursor!.x + 1, y: 0 } },
                }
              : each,
          );
          crowd.setContacts(now);
        }
      }
      return { moves: moves_, reads: reads_, frames: frames_ };
    }, people);
    expect(moves).toBeGreaterThan(frames * 3);
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThanOrEqual(frames + 1);
  });
});
