import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
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

  it("gets the scripts of the SDK that comments stand for, and is said to lack them where there are none", async () => {
    const app = join(folder, "apps/com.example.tally");
    const script = join(app, "app/js/spixi-app-sdk.js");
    await cp(TALLY, app, { recursive: true });
    await cp(join(TALLY, "app/js/sdk.js"), script);
    await writeFile(
      join(app, "app/index.html"),
      (await readFile(join(TALLY, "app/index.html"), "utf8")).replace("js/sdk.js", "js/spixi-app-sdk.js"),
    );
    await mkdir(join(folder, "mini-apps-sdk"));
    await rename(script, join(folder, "mini-apps-sdk/spixi-app-sdk.js"));
    await writeFile(script, "// replace with actual spixi-app-sdk.js\n");
    simulator = await openSimulator({ app });
    await expectText(simulator.phone("Alice").frame, "#mine", "0");
    expect(await simulator.page.locator("#problems").isVisible()).toBe(false);
    await expect
      .poll(async () => (await simulator.phone("Bob").frame()).locator("#with").textContent())
      .toMatch(/^Alice/i);

    await rm(join(folder, "mini-apps-sdk"), { recursive: true });
    await simulator.page.reload();
    await simulator.page
      .getByRole("alert")
      .getByText("app/js/spixi-app-sdk.js only stands for a script of the messenger's SDK")
      .waitFor();
    const problems = simulator.problems().filter((text) => !text.includes("SpixiAppSdk is not defined"));
    await closeClean({ problems: () => problems, close: simulator.close });
    simulator = await openSimulator({ app: TALLY });
  });

  it("sends a command that is unknown here, which the log names with its arguments", async () => {
    simulator = await openSimulator({ app: TALLY });
    const alice = simulator.phone("Alice");
    await expectText(alice.frame, "#mine", "0");
    await expect.poll(async () => (await alice.frame()).locator("#with").textContent()).toMatch(/^Bob/);
    await (await alice.frame()).locator("#pay").click();
    await expectText(alice.frame, "#paid", "rejected");
    const line = simulator.page.locator(".log-row", { hasText: "does not know sendPayment" });
    await line.locator("summary").click();
    expect(await line.locator("pre").textContent()).toBe('{"recipients":{"Bob":"12"},"id":"2"}');
    expect(await alice.alerts()).toBe("");
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
