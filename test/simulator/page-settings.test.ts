import { describe, expect, test } from "vitest";
import { DEFAULT_NETWORK } from "../../src/simulator/network.ts";
import { parseSettings } from "../../src/simulator/page/settings.ts";

const DEFAULTS = {
  phones: 2,
  seed: 7,
  screen: { width: 390, height: 844 },
  ratio: 2,
  scale: "fit",
  network: DEFAULT_NETWORK,
  host: "0.9.19",
  chat: "chat",
  platform: "android",
} as const;

describe("the simulator's address", () => {
  test.each(["", "?", "?phones=none&host=new&group=maybe&ratio=99&screen=big"])(
    "'%s' says nothing",
    (search) => {
      expect(parseSettings(search, 7)).toEqual(DEFAULTS);
    },
  );

  test.each(["old", "0.9.19", "next"] as const)("chooses the messenger %s", (host) => {
    expect(parseSettings(`?host=${host}`, 7)).toEqual({ ...DEFAULTS, host });
  });

  test.each([
    ["android", "android"],
    ["iphone", "ios"],
    ["windows", "windows"],
    ["browser", "browser"],
  ])("makes every phone a %s", (profile, platform) => {
    expect(parseSettings(`?profile=${profile}`, 7)).toEqual({ ...DEFAULTS, platform });
  });

  test.each([
    ["open", "group"],
    ["blind", "blind"],
  ])("puts all phones into one group: %s", (group, chat) => {
    expect(parseSettings(`?host=next&group=${group}`, 7)).toEqual({ ...DEFAULTS, host: "next", chat });
  });

  test("gives phones, seed, screen and network", () => {
    expect(parseSettings("?phones=5&seed=3&screen=360x640&ratio=1&scale=0.5&loss=0.25", 7)).toEqual({
      ...DEFAULTS,
      phones: 5,
      seed: 3,
      screen: { width: 360, height: 640 },
      ratio: 1,
      scale: 0.5,
      network: { ...DEFAULT_NETWORK, loss: 0.25 },
    });
  });
});
