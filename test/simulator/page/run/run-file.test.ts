import { describe, expect, test } from "vitest";
import { parseRun, type RunLine, type RunStart } from "../../../../src/simulator/page/run/run-file.ts";

const START: RunStart = {
  simulatorRun: 1,
  app: { id: "com.example.app", version: "1.0.0" },
  search: "?phones=2",
  seed: 7,
  epoch: 1000,
};
const LINES: readonly RunLine[] = [
  { step: 0, at: 0, do: "loaded" },
  { step: 3, at: 12.5, do: "action", action: { to: "phone", phone: "alice", what: "kill" } },
];
const TEXT = [START, ...LINES].map((line) => `${JSON.stringify(line)}\n`).join("");

describe("the file of a run", () => {
  test("has how it began, and what came from outside", () => {
    expect(parseRun(TEXT)).toEqual({ start: START, lines: LINES });
  });

  test("counts without a last line that was cut off", () => {
    expect(parseRun(TEXT.slice(0, -5)).lines).toEqual(LINES.slice(0, 1));
  });

  test.each(["", "\n", '{"simulatorRun":2}\n', "[]\n", "not JSON\n"])("is not %j", (text) => {
    expect(() => parseRun(text)).toThrow("This is no recorded run, or one of another version.");
  });
});
