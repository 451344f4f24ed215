import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { circle, wave } from "./places.ts";
import { digestsOf, replay, type Replay } from "./replay.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { createTouch } from "./touch.ts";
import { openSimulator, type SimulatorOptions, type SimulatorPage } from "./simulator.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FORM = fileURLToPath(new URL("fixtures/form", import.meta.url));
/** What the form tells after all that is done to it. */
const SAID = '{"name":"Änne","isLoud":true,"color":"blue"}';
const TALLY = fileURLToPath(new URL("fixtures/tally", import.meta.url));

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inkmesh-run-"));
  file = join(folder, "run.jsonl");
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Records what is done; resolves when the file has all of it. The page may complain of `problems` alone. */
async function record(
  options: SimulatorOptions,
  act: (simulator: SimulatorPage) => Promise<void>,
  problems: readonly string[] = [],
): Promise<void> {
  const simulator = await openSimulator({ ...options, record: file });
  await act(simulator);
  // As when the page is left: what was noted is written at once, if there is any.
  await simulator.page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
  await simulator.page.locator('html[data-recorded="true"]').waitFor({ state: "attached" });
  const found = simulator.problems();
  await simulator.close();
  expect(found).toEqual(problems);
}

async function expectSaid(simulator: SimulatorPage, name: string, id: string, text: string): Promise<void> {
  await expect.poll(async () => (await simulator.phone(name).frame()).locator(id).textContent()).toBe(text);
}

async function again(app?: string): Promise<Replay> {
  return replay({ root: ROOT, browser: await sharedBrowser(), file, app });
}

describe("a recorded run", () => {
  it("of two contacts on a bad network is the same when it is replayed, lost messages included", async () => {
    let digests: readonly (string | undefined)[] = [];
    const search = "loss=0.15&duplication=0.2&reordering=0.2&latency=80";
    await record({ search }, async (simulator) => {
      const alice = simulator.phone("Alice");
      const bob = simulator.phone("Bob");
      await alice.ready();
      await bob.ready();
      await alice.draw(wave([60, 200], 240, 30));
      await bob.setOffline(true);
      await bob.draw(circle([180, 420], 60));
      await bob.setOffline(false);
      await simulator.boardsEqual();
      await alice.saved();
      await alice.strike("Kill");
      await alice.press("Open");
      await alice.ready();
      await simulator.boardsEqual();
      digests = await digestsOf(simulator.page);
    });
    expect(await again()).toEqual({
      isSame: true,
      status: "run.jsonl was replayed, all as it was recorded.",
      boards: "equal",
      problems: [],
      digests,
    });
  });

  it("of a finger that ends with boards that differ ends so again", async () => {
    let digests: readonly (string | undefined)[] = [];
    await record({ context: { hasTouch: true } }, async (simulator) => {
      const alice = simulator.phone("Alice");
      await alice.ready();
      await simulator.phone("Bob").ready();
      await simulator.phone("Bob").setOffline(true);
      const { x, y } = (await alice.screen.boundingBox())!;
      const touch = await createTouch(simulator.page);
      await touch.down([x + 60, y + 200]);
      await touch.moveTo([[x + 240, y + 300]]);
      await touch.up();
      await expect.poll(async () => new Set(await digestsOf(simulator.page)).size).toBe(2);
      digests = await digestsOf(simulator.page);
    });
    expect(await again()).toMatchObject({ isSame: true, boards: "different", digests });
  });

  it("has what is typed, chosen and pressed by keys, and what goes wrong", async () => {
    await record(
      { app: FORM },
      async (simulator) => {
        const frame = await simulator.phone("Alice").frame();
        await frame.locator("#name").click();
        await frame.locator("#name").pressSequentially("Ännie");
        await frame.locator("#name").press("ArrowLeft");
        await frame.locator("#name").press("Backspace");
        await frame.getByText("Loud").click();
        await frame.locator("#color").press("ArrowDown");
        await frame.locator("#tell").focus();
        await simulator.page.keyboard.press("Enter");
        await expectSaid(simulator, "Bob", "#heard", SAID);
        await frame.locator("#fail").click();
      },
      ["uncaught: on purpose"],
    );
    const { isSame, problems } = await again(FORM);
    expect(isSame).toBe(true);
    expect(problems.map((text) => text.replace(/^[\d.]+/, ""))).toEqual(["AliceUncaught Error: on purpose"]);

    const recorded = await readFile(file, "utf8");
    await writeFile(file, recorded.replace(/"seed":(\d+)/, '"seed":2'));
    const other = await again(FORM);
    expect(other.isSame).toBe(false);
    expect(other.status).toMatch(/^run\.jsonl was replayed, from [\d.]+ s on another way/);
  });

  it("of another app is not replayed", async () => {
    await record({ app: TALLY }, async (simulator) => {
      await (await simulator.phone("Alice").frame()).locator("#more").click();
    });
    await expect(again(FORM)).rejects.toThrow(
      "run.jsonl is a run of com.example.tally: say where it is, with --app.",
    );
  });

  it("stands still at its end, until somebody goes on with it", async () => {
    await record({ app: TALLY }, async (simulator) => {
      await (await simulator.phone("Alice").frame()).locator("#more").click();
      await expectSaid(simulator, "Bob", "#theirs", "1");
    });
    const simulator = await openSimulator({ app: TALLY, replay: file });
    try {
      await simulator.page.getByText("run.jsonl was replayed, all as it was recorded.").waitFor();
      await expectSaid(simulator, "Bob", "#theirs", "1");
      await simulator.page.getByRole("button", { name: "Go on" }).click();
      await (await simulator.phone("Bob").frame()).locator("#more").click();
      await expectSaid(simulator, "Alice", "#theirs", "1");
      await simulator.phone("Alice").press("Back");
      await expectSaid(simulator, "Bob", "#theirs", "left");
      expect(simulator.problems()).toEqual([]);
    } finally {
      await simulator.close();
    }
  });
});
