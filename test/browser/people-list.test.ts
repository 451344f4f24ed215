import { source } from "axe-core";
import type * as AxeCore from "axe-core";
import { describe, expect, it } from "vitest";
import { contactOf } from "../support/contacts.ts";
import { useCrowd } from "./crowd-fixture.ts";
import { group, looking } from "./crowd.ts";

const { open, list } = useCrowd();

describe("the list of everybody, with 20 people", () => {
  it("opens from the number behind the pictures, scrolls, and closes where it was opened", async () => {
    const app = await open();
    const everyone = () => app.page.getByRole("button", { name: /Show everybody/u });
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
    const app = await open({ language });
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
      expect(sizes.length).toBeGreaterThan(0);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44);
      await app.page.keyboard.press("Escape");
    }
  });

  it("is for one contact too, by its key and from the menu, which has the focus again", async () => {
    const app = await open();
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
    const app = await open();
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
    const app = await open();
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
    const app = await open();
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
