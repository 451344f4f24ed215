import { expect, test } from "vitest";
import { canChoose, waysOut, type Format, type Surroundings } from "../../../src/ui/transfer/ways.ts";

/* What the messenger and browsers are known to do: HOST.md. */
const ANDROID = "Mozilla/5.0 (Linux; Android 13; wv) Chrome/120";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0) Edg/120";

const around = (userAgent: string, inMessenger: boolean, more: Partial<Surroundings> = {}): Surroundings => ({
  userAgent,
  inMessenger,
  shares: () => false,
  copiesPictures: true,
  ...more,
});
const ways = (surroundings: Surroundings): string =>
  (["png", "svg", "inkmesh"] as const)
    .map((format: Format) => waysOut(format, surroundings).join(" "))
    .join("; ");

test("in the messenger on Android there is text, and a picture to take a screenshot of", () => {
  expect(ways(around(ANDROID, true))).toBe("show; copy; copy");
  expect(canChoose(around(ANDROID, true))).toBe(false);
});

test("on an iPhone a picture is copied or held, and files can be chosen", () => {
  expect(ways(around(IPHONE, true))).toBe("copy show; copy; copy");
  expect(ways(around(IPHONE, true, { copiesPictures: false }))).toBe("show; copy; copy");
  expect(canChoose(around(IPHONE, true))).toBe(true);
});

test("on Windows, and in a browser, there are downloads", () => {
  expect(ways(around(WINDOWS, true))).toBe("save copy show; save copy; save copy");
  expect(ways(around(ANDROID, false))).toBe("save copy show; save copy; save copy");
  expect(canChoose(around(ANDROID, false))).toBe(true);
});

test("the system's sheet is asked for each type of file", () => {
  const shares = (type: string): boolean => type === "image/png";
  expect(ways(around(IPHONE, true, { shares, copiesPictures: false }))).toBe("share show; copy; copy");
});
