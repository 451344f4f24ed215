import { describe, expect, it } from "vitest";
import { LANGUAGES, stringsOf } from "../../src/ui/words/languages.ts";
import { useShellApp } from "./shell-app.ts";

const { draw, inkedPlaces, open, page, panel, ready, tool } = useShellApp();

describe("who asks for more contrast", () => {
  it("gets lines as strong as words", async () => {
    await open();
    await page.keyboard.press("s");
    const colors = (): Promise<string[]> =>
      page.locator("#own-name").evaluate((field) => {
        const { color, borderTopColor } = getComputedStyle(field);
        return [color, borderTopColor];
      });
    const [color, quiet] = await colors();
    expect(quiet).not.toBe(color);
    await page.emulateMedia({ contrast: "more" });
    expect(await colors()).toEqual([color, color]);
  });
});

describe("direct calls", () => {
  const hint = (): Promise<string> => page.locator("#direct-calls-hint").innerText();

  it("are a switch that says what it shows of whom, where the engine connects", async () => {
    await open();
    await page.keyboard.press("s");
    expect(await page.getByRole("switch", { name: "Direct calls" }).isChecked()).toBe(false);
    expect(await hint()).toContain("network address");
  });

  it("are none where it does not, which is said in every language", async () => {
    await open();
    await page.addInitScript(() => delete (window as { RTCPeerConnection?: unknown }).RTCPeerConnection);
    await page.reload();
    await ready();
    await page.keyboard.press("s");
    expect(await page.getByRole("switch", { name: "Direct calls" }).count()).toBe(0);
    expect(await hint()).toBe("Not possible here: Direct calls.");
    for (const { code } of LANGUAGES) {
      await page.locator("#language").selectOption(code);
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(code);
      const { transfer, direct } = stringsOf(code);
      await expect.poll(hint).toBe(transfer.missing(direct.setting));
    }
  });
});

describe("what a person has chosen", () => {
  it("is there after a reload, and nothing of the board with it", async () => {
    await open();
    await page.keyboard.press("m");
    await page.keyboard.press("c");
    await page.getByRole("radio", { name: "Green", exact: true }).click();
    await page.keyboard.press("s");
    await page.locator("#own-name").fill("Ann");
    await page.locator("#own-name").press("Enter");
    await page.getByRole("switch", { name: "Left-handed" }).click();
    const kept = (): Promise<string[]> =>
      page.evaluate(() =>
        Object.entries(localStorage)
          .filter(([key]) => key.includes("settings"))
          .map(([key]) => key),
      );
    await expect.poll(async () => (await kept()).length).toBe(1);
    await page.addInitScript(() => {
      navigator.vibrate = () => {
        document.documentElement.dataset["felt"] = "";
        return true;
      };
    });
    await page.reload();
    await ready();
    await expect.poll(tool).toBe("marker");
    // Nobody has touched the page yet.
    expect(await page.locator("html[data-felt]").count()).toBe(0);
    await page.keyboard.press("p");
    expect(await page.locator("html[data-felt]").count()).toBe(1);
    await page.keyboard.press("m");
    await page.keyboard.press("c");
    expect(await page.getByRole("radio", { name: "Green", exact: true }).isChecked()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("s");
    expect(await page.locator("#own-name").inputValue()).toBe("Ann");
    expect(await page.getByRole("switch", { name: "Left-handed" }).isChecked()).toBe(true);
  });

  it("the language changes at once, with the settings still open", async () => {
    await open();
    await page.keyboard.press("s");
    await page.locator("#language").selectOption("de");
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("de");
    expect(await panel()).toBe("panel-settings");
    expect(await page.getByRole("button", { name: "Rückgängig" }).count()).toBeGreaterThan(0);
    await page.locator("#language").selectOption("");
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("the first hint goes with the first press, and never comes again", async () => {
    await open();
    expect(await page.locator("#hint").isVisible()).toBe(true);
    const hint = (await page.locator("#hint").boundingBox())!;
    await draw([hint.x + 40, hint.y + 20], [hint.x + 160, hint.y + 20]);
    expect(await page.locator("#hint").count()).toBe(0);
    // It was drawn through.
    expect(await inkedPlaces([hint.x + 100, hint.y + 20])).toBe(1);
    await page.keyboard.press("m");
    await page.evaluate(() => window.dispatchEvent(new Event("pagehide")));
    await page.reload();
    await ready();
    // With the tool comes what else the page remembers: until then there is no hint for anybody.
    await expect.poll(tool).toBe("marker");
    expect(await page.locator("#hint").count()).toBe(0);
  });
});
