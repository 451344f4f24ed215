import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { packFiles } from "../../src/package/archive.ts";
import { readTree } from "../../src/package/files.ts";
import { closeClean } from "./closing.ts";
import { openSimulator, type SimulatorPage } from "./simulator.ts";

const TALLY = fileURLToPath(new URL("fixtures/tally", import.meta.url));

let simulator: SimulatorPage;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkmesh-tally-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  await closeClean(simulator);
});

async function expectText(frame: () => Promise<Frame>, id: string, text: string): Promise<void> {
  await expect.poll(async () => (await frame()).locator(id).textContent()).toBe(text);
}

describe("another Mini App, unchanged, in the simulator", () => {
  it.each(["folder", "package"])("runs from its %s: data, storage, back", async (kind) => {
    const zip = join(folder, "tally.zspixiapp");
    await writeFile(zip, await packFiles(await readTree(TALLY)));
    simulator = await openSimulator({ app: kind === "folder" ? TALLY : zip });
    const alice = simulator.phone("Alice");
    const bob = simulator.phone("Bob");
    await expect.poll(async () => (await alice.frame()).locator("#with").textContent()).toMatch(/^Bob/);
    await (await alice.frame()).locator("#more").click();
    await expectText(bob.frame, "#theirs", "1");
    expect(await simulator.page.locator("#app-name").textContent()).toBe("Tally 1.0.0");
    expect(await simulator.page.locator(".light").count()).toBe(0);

    const writes = alice.card.locator(".meter");
    await expect.poll(() => writes.getAttribute("data-writes")).toBe("1");
    await alice.press("Back");
    await expectText(bob.frame, "#theirs", "left");
    await alice.press("Open");
    await expectText(alice.frame, "#mine", "1");
  });

  it("stays under control when it loads again, and cannot leave", async () => {
    simulator = await openSimulator({ app: TALLY });
    const alice = simulator.phone("Alice");
    await expect.poll(async () => (await alice.frame()).locator("#with").textContent()).toMatch(/^Bob/);
    await (await alice.frame()).getByText("Away").click();
    await simulator.page.getByText("cancels the navigation to https://example.com").waitFor();
    await (await alice.frame()).getByText("Load again").click();
    await expect.poll(async () => (await alice.frame()).url()).toContain("?again");
    await expect.poll(async () => (await alice.frame()).locator("#with").textContent()).toMatch(/^Bob/);
    await (await alice.frame()).locator("#more").click();
    await expectText(simulator.phone("Bob").frame, "#theirs", "1");
  });

  it("sees the phone's pixel ratio from its first script on", async () => {
    simulator = await openSimulator({ app: TALLY, search: "ratio=2.5" });
    await expectText(simulator.phone("Alice").frame, "#ratio", "2.5");
  });
});

describe("a phone of the simulator", () => {
  it("is light or dark as the page, or as chosen for it", async () => {
    simulator = await openSimulator({ app: TALLY, context: { colorScheme: null } });
    const isDark = async (name: string): Promise<boolean> =>
      (await simulator.phone(name).frame()).evaluate(
        () => matchMedia("(prefers-color-scheme: dark)").matches,
      );
    const expectDark = async (alice: boolean, bob: boolean): Promise<void> =>
      expect.poll(async () => [await isDark("Alice"), await isDark("Bob")]).toEqual([alice, bob]);
    await expectDark(false, false);
    await simulator.phone("Bob").setAppearance("dark");
    await expectDark(false, true);
    await simulator.page.getByRole("button", { name: "Light or dark page" }).click();
    await expectDark(true, true);
    await simulator.phone("Bob").setAppearance("light");
    await expectDark(true, false);
  });

  it("says what was killed, and opens again", async () => {
    simulator = await openSimulator({ app: TALLY });
    const alice = simulator.phone("Alice");
    for (const [button, text] of [
      ["Kill the page", "The page was killed."],
      ["Kill", "The messenger was killed."],
      ["Back", "Alice is in the chat."],
    ] as const) {
      await expect.poll(async () => (await alice.frame()).locator("#with").textContent()).toMatch(/^Bob/);
      await alice.strike(button);
      await alice.card.getByText(text).waitFor();
      await alice.press("Open");
    }
  });
});
