import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Contact } from "../../src/session.ts";
import { buildCrowd, group, openCrowd, type CrowdApp } from "./crowd.ts";
import { contactOf } from "../support/contacts.ts";

const PHONE = { viewport: { width: 390, height: 844 } };

let script: string;
let app: CrowdApp;

beforeAll(async () => {
  script = await buildCrowd();
});

afterEach(async () => {
  expect(app.problems()).toEqual([]);
  await app.close();
});

const list = () => app.page.locator("#panel-people");
const everyone = () => app.page.getByRole("button", { name: /Show everybody/u });

/** Looks at places of the world, each as large as this phone's screen. */
function looking(places: readonly (readonly [x: number, y: number])[]): Contact[] {
  return places.map(([x, y], i) => {
    const view = { minX: x - 100, minY: y - 100, maxX: x + 100, maxY: y + 100 };
    return contactOf(`${i}AddressOfSomebodyWhoIsInThisGroup`, { name: `P${i}`, view, cursor: { x, y } });
  });
}

describe("the list of everybody, with 20 people", () => {
  it("opens from the number behind the pictures, scrolls, and closes where it was opened", async () => {
    app = await openCrowd(script, PHONE);
    await app.show(group(19, 12, 100));
    expect(await everyone().getAttribute("aria-expanded")).toBe("false");
    expect(await everyone().textContent()).toBe("+16");
    const { width, height } = (await everyone().boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    await everyone().press("Enter");
    await list().waitFor();
    expect(await everyone().getAttribute("aria-expanded")).toBe("true");
    expect(await list().getByRole("listitem").count()).toBe(20);
    const [box, bar] = [(await list().boundingBox())!, (await app.page.locator("#bar").boundingBox())!];
    expect(box.y + box.height).toBeLessThanOrEqual(bar.y);
    const last = list().getByRole("listitem").last();
    await last.scrollIntoViewIfNeeded();
    const row = (await last.boundingBox())!;
    expect(row.y + row.height).toBeLessThanOrEqual(box.y + box.height);
    await app.page.keyboard.press("Escape");
    await list().waitFor({ state: "hidden" });
    expect(await everyone().evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it.each(["de", "ar"])("fits into screens of 320 to 1440 px, in %s", async (language) => {
    app = await openCrowd(script, PHONE, { language });
    await app.show(group(19, 12, 100));
    for (const width of [320, 390, 844, 1440]) {
      await app.page.setViewportSize({ width, height: 568 });
      await app.page.keyboard.press("u");
      await list().waitFor();
      const body = list().locator(".panel-body");
      expect(await body.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
      const box = (await list().boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      const sizes = await list()
        .locator(".person-action:visible")
        .evaluateAll((all) => all.map((each) => Math.min(each.clientWidth, each.clientHeight)));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
      await app.page.keyboard.press("Escape");
    }
  });

  it("is for one contact too, by its key and from the menu, which has the focus again", async () => {
    app = await openCrowd(script, PHONE);
    await app.show([contactOf("AddressOfSomebodyWhoIsHere", { name: "Ann" })]);
    await app.page.keyboard.press("u");
    expect(await list().getByRole("listitem").allTextContents()).toEqual([
      expect.stringMatching(/^YouYouPen/u),
      expect.stringMatching(/^AnnHere · Pen/u),
    ]);
    await app.page.keyboard.press("u");
    await app.page.locator("#menu-button").click();
    await app.page.locator("#people-button").press("Enter");
    await list().waitFor();
    await app.page.keyboard.press("Escape");
    const focused = await app.page.evaluate(() => document.activeElement?.id);
    expect(focused).toBe("menu-button");
  });

  it("keeps up while it is open, and the focus where it was", async () => {
    app = await openCrowd(script, PHONE);
    const people = looking([
      [0, 0],
      [10, 0],
      [20, 0],
      [30, 0],
    ]);
    await app.show(people);
    await app.page.keyboard.press("u");
    const follow = list().getByRole("button", { name: "Follow P3" });
    await follow.focus();
    await app.show([
      { ...people[0]!, state: "away", presence: undefined },
      { ...people[1]!, drawing: true },
      people[2]!,
      people[3]!,
    ]);
    const rows = await list().locator(".person-row").allTextContents();
    expect(rows.map((row) => row.replace(/Show me.*/u, ""))).toEqual([
      "YouYouPen",
      "P1Drawing · Pen",
      "P2Here · Pen",
      "P3Here · Pen",
      "P0Away",
    ]);
    expect(await follow.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it("shows where somebody is, and follows, and the strip shows whom", async () => {
    app = await openCrowd(script, PHONE);
    const people = looking([
      [0, 0],
      [10, 0],
      [20, 0],
      [5000, 0],
    ]);
    await app.show(people);
    const cursor = app.page.locator('.cursor[data-address^="3Address"]');
    await app.page.keyboard.press("u");
    await list().getByRole("button", { name: "Show me P3" }).click();
    await list().waitFor({ state: "hidden" });
    await expect.poll(async () => Math.round((await cursor.boundingBox())!.x)).toBe(195);
    await app.page.keyboard.press("u");
    await list().getByRole("button", { name: "Follow P3" }).click();
    const face = app.page.locator('.person-button[aria-pressed="true"] .person');
    expect(await face.getAttribute("data-letters")).toBe("P3");
    const elsewhere = looking([
      [0, 0],
      [10, 0],
      [20, 0],
      [-7000, 400],
    ]);
    await app.show(elsewhere);
    await expect.poll(async () => Math.round((await cursor.boundingBox())!.x)).toBe(195);
    await app.page.keyboard.press("u");
    const pressed = list().getByRole("button", { name: "Follow P3" });
    expect(await pressed.getAttribute("aria-pressed")).toBe("true");
  });
});

describe("for who does not see it", () => {
  it("nothing is wrong with the list, in light and in dark", async () => {
    app = await openCrowd(script, PHONE);
    await app.show(group(19, 12, 400));
    await app.page.keyboard.press("u");
    await list().getByRole("button", { name: "Follow Ann" }).click();
    await app.page.keyboard.press("u");
    await app.page.evaluate(source);
    for (const colorScheme of ["light", "dark"] as const) {
      await app.page.emulateMedia({ colorScheme });
      const found = await app.page.evaluate(async () => {
        const { violations } = await (window as unknown as { axe: typeof AxeCore }).axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
      expect(found, colorScheme).toEqual([]);
    }
  });
});

describe("a group that hides who is who", () => {
  it("never shows an address, anywhere", async () => {
    const address = (i: number): string => `m4sk3d${i}`.padEnd(32, "x");
    app = await openCrowd(script, PHONE, { own: address(99) });
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
    app = await openCrowd(script, PHONE);
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

describe("20 people beyond the edge", () => {
  it("have markers that never lie on one another; of several, one goes to the nearest", async () => {
    app = await openCrowd(script, PHONE);
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
    app = await openCrowd(script, PHONE);
    const places = Array.from({ length: 19 }, (_, i): [number, number] => [(i % 5) * 30 - 60, i * 10 - 90]);
    await app.show(looking(places));
    await app.show(looking(places.map(([x, y]): [number, number] => [x + 1, y])));
    expect(await app.page.locator('.cursor[data-state="pointing"]').count()).toBe(19);
    expect(await app.page.locator(".cursor-name:visible").count()).toBe(8);
  });

  it("who move 6 times a second each are placed at most once a frame", async () => {
    app = await openCrowd(script, PHONE);
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
      const start = performance.now();
      while (performance.now() - start < 1000) {
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
    expect(reads).toBeLessThanOrEqual(frames + 1);
  });
});
