import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { maskAddress } from "../../src/simulator/mask-address.ts";
import { PEOPLE } from "../../src/simulator/page/people.ts";
import { closeClean } from "./closing.ts";
import { openSimulator, type SimulatorOptions, type SimulatorPage } from "./simulator.ts";

const TALLY = fileURLToPath(new URL("fixtures/tally", import.meta.url));
const [ALICE, BOB, CAROL] = PEOPLE.map(({ address }) => address);

let simulator: SimulatorPage;

afterEach(async () => {
  await closeClean(simulator);
});

async function open(options: SimulatorOptions): Promise<void> {
  simulator = await openSimulator({ app: TALLY, ...options });
}

/** Waits until the phone's app was told that these are in its session. */
async function expectMembers(name: string, ...addresses: (string | undefined)[]): Promise<void> {
  await expect
    .poll(async () => (await simulator.phone(name).frame()).locator("#members").textContent())
    .toBe(addresses.join(" "));
}

describe("an alert", () => {
  it.each(["old", "0.9.19", "next"] as const)(
    "of the messenger %s is in the log and counted on the card",
    async (host) => {
      await open({ host });
      const alice = simulator.phone("Alice");
      const bob = simulator.phone("Bob");
      await expectMembers("Alice", ...(host === "old" ? [] : [BOB]));
      expect(await alice.alerts()).toBe("");
      await (await alice.frame()).locator("#dance").click();
      await expect.poll(() => alice.alerts()).toBe("⚠ 1");
      await (await alice.frame()).locator("#shout").click();
      await expect.poll(() => alice.alerts()).toBe("⚠ 2");
      expect(await bob.alerts()).toBe("");
      await expect
        .poll(async () => (await simulator.loggedProblems()).map((text) => text.replace(/^[\d.]+/, "")))
        .toEqual(["Alicealert of the page: Boo", "Alicealert: unknown command dance"]);

      await alice.card.getByRole("button", { name: "Alerts on Alice's phone: 2. Dismiss" }).click();
      expect(await alice.alerts()).toBe("");
    },
  );
});

describe("the messenger and the chat", () => {
  it("come from the page's address: a blind group", async () => {
    await open({ host: "next", group: "blind", search: "phones=3" });
    const masked = [ALICE, BOB, CAROL].map((address) => maskAddress(address!));
    for (const name of ["Alice", "Bob", "Carol"]) await expectMembers(name, ...masked);
    await simulator.phone("Bob").card.getByText("in a blind group with Alice, Carol").waitFor();
  });

  it("are chosen for all phones, and who comes later joins the group", async () => {
    await open({});
    const { page } = simulator;
    await expectMembers("Alice", BOB);
    await page.getByLabel("All phones are in").selectOption("one group");
    await page.getByText("Only the next messenger opens apps in groups.").waitFor();
    await page.getByLabel("All phones have").selectOption("next");
    await expectMembers("Bob", ALICE, BOB);
    expect(await page.getByText("Only the next messenger opens apps in groups.").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Add contact" }).click();
    for (const name of ["Alice", "Bob", "Carol"]) await expectMembers(name, ALICE, BOB, CAROL);
    await page.getByLabel("All phones are in").selectOption("chats of two");
    await expectMembers("Alice", BOB);
    await expectMembers("Bob", ALICE);
    await expectMembers("Carol", ALICE);
  });

  it("are chosen for one phone", async () => {
    await open({ group: "open" });
    await expectMembers("Alice", BOB);
    await simulator.phone("Alice").setHost("next");
    await expectMembers("Alice", ALICE, BOB);
    await expectMembers("Bob", ALICE);
    expect(await simulator.page.getByLabel("All phones have").inputValue()).toBe("various");
  });
});
