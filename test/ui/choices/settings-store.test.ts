import { describe, expect, it } from "vitest";
import { createPrng } from "../../../src/base/prng.ts";
import { createSimulatedClock } from "../../../src/simulator/simulated-clock.ts";
import { createChoices } from "../../../src/ui/choices/choices.ts";
import { DEFAULT_SETTINGS } from "../../../src/ui/choices/settings.ts";
import { keepSettings } from "../../../src/ui/choices/settings-store.ts";
import { createFakeStorage } from "../../support/fake-storage.ts";

const log = { warn() {} };

function device() {
  const clock = createSimulatedClock();
  const storage = createFakeStorage(clock, createPrng(1));
  const open = () => {
    const choices = createChoices({
      onError(error) {
        throw error;
      },
    });
    return { choices, kept: keepSettings({ choices, storage, clock, log }) };
  };
  return { clock, storage, open };
}

describe("settings on a device", () => {
  it("are there when the page is opened again", async () => {
    const { clock, open } = device();
    const first = open();
    await clock.advance(1000);
    first.choices.setTool("note");
    first.choices.setSize(36);
    first.choices.prefer({ name: "Ann" });
    await clock.advance(5000);
    const second = open();
    await clock.advance(1000);
    expect(second.choices.settings()).toEqual(first.choices.settings());
    expect(second.choices.preferences().name).toBe("Ann");
  });
  it("are written once for many changes, and not at all without one", async () => {
    const { clock, storage, open } = device();
    const { choices, kept } = open();
    await clock.advance(5000);
    kept.flush();
    expect(storage.writes).toBe(0);
    for (let size = 3; size < 60; size++) choices.setSize(size);
    await clock.advance(5000);
    expect(storage.writes).toBe(1);
    choices.setSize(5);
    // The page gets hidden.
    kept.flush();
    expect(storage.writes).toBe(2);
    await clock.advance(5000);
    expect(storage.writes).toBe(2);
  });
  it("what was chosen before the storage answered counts, and the rest is as it was kept", async () => {
    const { clock, open } = device();
    const first = open();
    await clock.advance(1000);
    first.choices.prefer({ name: "Ann", leftHanded: true });
    await clock.advance(5000);
    const second = open();
    second.choices.setTool("eraser");
    await clock.advance(5000);
    expect(second.choices.settings()).toEqual({ ...first.choices.settings(), tool: "eraser" });
    const third = open();
    await clock.advance(1000);
    expect(third.choices.tool()).toBe("eraser");
  });
  it("contacts' names of before stay beside those that came before the storage answered, 50 at most", async () => {
    const { clock, open } = device();
    const first = open();
    await clock.advance(1000);
    for (let i = 0; i < 49; i++) first.choices.setContactName(`a${i}`, `Name ${i}`);
    await clock.advance(5000);
    const second = open();
    second.choices.setContactName("b", "Bo");
    second.choices.setContactName("a1", "Ann");
    await clock.advance(1000);
    expect(["a0", "a1", "b"].map(second.choices.contactName)).toEqual(["Name 0", "Ann", "Bo"]);
    second.choices.setContactName("c", "Cy");
    expect(["a0", "a1", "b", "c"].map(second.choices.contactName)).toEqual(["", "Ann", "Bo", "Cy"]);
    second.choices.setContactName("b", "");
    expect(second.choices.settings().contactNames).toHaveLength(49);
  });
  it("damage is passed over in silence", async () => {
    const { clock, storage, open } = device();
    storage.files.set("settings", "device", Uint8Array.of(0xff, 0xfe, 1, 2, 3));
    const { choices } = open();
    await clock.advance(1000);
    expect(choices.settings()).toEqual(DEFAULT_SETTINGS);
    choices.prefer({ name: "Ann" });
    await clock.advance(5000);
    const second = open();
    await clock.advance(1000);
    expect(second.choices.preferences().name).toBe("Ann");
  });
  it("a storage that does not work leaves the page as it is", async () => {
    const { clock, storage, open } = device();
    storage.error = "broken";
    const { choices } = open();
    choices.setTool("laser");
    await clock.advance(20_000);
    expect(choices.tool()).toBe("laser");
  });
});
