/*
 * What a screen reader is told: by the accessibility tree, which is all that it knows of the page. What is put
 * into a live region is read aloud only where the region was in the tree before.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { useApp } from "./fixture.ts";

const app = useApp({ reducedMotion: "reduce" });
const { page, draw } = app;

interface AxNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

/** Of each live region in the tree, what there is to read in it. */
async function liveRegions(): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page.context().pages()[0]!);
  const { nodes } = (await session.send("Accessibility.getFullAXTree")) as { nodes: readonly AxNode[] };
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const regionOf = (node: AxNode | undefined): AxNode | undefined => {
    if (!node || (node.role?.value === "status" && !node.ignored)) return node;
    return regionOf(byId.get(node.parentId ?? ""));
  };
  const regions = nodes.filter((node) => regionOf(node) === node);
  return regions.map((region) =>
    nodes
      .filter((node) => node.role?.value === "StaticText" && regionOf(node) === region)
      .map((node) => node.name?.value ?? "")
      .join(" "),
  );
}

/** What is said of it, with what can be done then. */
const CLEARED: unknown = expect.stringMatching(/^Board cleared .*Undo/u);

const clear = async (): Promise<void> => {
  await page.locator("#menu-button").click();
  await page.getByRole("button", { name: "Clear the board" }).click();
};

describe.each([
  ["a phone", { width: 390, height: 844 }],
  ["a phone on its side", { width: 844, height: 390 }],
])("on %s", (_, viewport) => {
  beforeEach(() => app.open({ viewport }));

  it("all live regions are there before they speak: notices, news, what is selected, what is the matter with pictures", async () => {
    expect(await liveRegions()).toEqual(["", "", "", ""]);
    await draw([100, 150], [200, 170]);
    await clear();
    await expect.poll(liveRegions).toContainEqual(CLEARED);
  });

  it("a notice is heard also while a panel takes its room", async () => {
    await draw([100, 150], [200, 170]);
    await clear();
    await page.keyboard.press("s");
    await page.locator(".panel:not([hidden])").waitFor();
    expect(await liveRegions()).toContainEqual(CLEARED);
    await page.locator("#notices").getByRole("button", { name: "Undo" }).focus();
    await expect
      .poll(() => page.locator("#notices").getByRole("button", { name: "Undo" }).boundingBox())
      .not.toBeNull();
    const button = await page.locator("#notices").getByRole("button", { name: "Undo" }).boundingBox();
    expect(button!.width).toBeGreaterThan(20);
  });
});

it("steps through the things on the board tell kind, colour and words of each", async () => {
  await app.open();
  await draw([100, 300], [200, 330]);
  await page.keyboard.press("t");
  await page.mouse.click(120, 450);
  await page.locator("#text-field").pressSequentially("Hello you");
  await page.keyboard.press("Escape");
  const told: string[] = [];
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press("PageDown");
    await expect
      .poll(async () => (await liveRegions()).some((text) => text.includes(`${(i % 2) + 1} of 2`)))
      .toBe(true);
    told.push((await liveRegions()).find((text) => text.includes("of 2")) ?? "");
  }
  expect(told).toEqual([
    "1 thing selected: Pen, Ink, 1 of 2",
    "1 thing selected: Text, Ink: Hello you, 2 of 2",
    "1 thing selected: Pen, Ink, 1 of 2",
  ]);
});
