import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const TEST = new URL("..", import.meta.url).pathname;

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

test("every rule of the protocol is cited by a test, and every citation is of a rule", () => {
  const text = readFileSync(new URL("../../src/sync/PROTOCOL.md", import.meta.url), "utf8");
  const rules = new Set([...text.matchAll(/\*\*(S\d+) /gu)].map(([, rule]) => rule));
  const cited = new Set(
    testFiles(TEST).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/\[(S\d+)\]/gu)].map(([, rule]) => rule),
    ),
  );
  expect(rules.size).toBeGreaterThan(8);
  expect([...rules].filter((rule) => !cited.has(rule))).toEqual([]);
  expect([...cited].filter((rule) => !rules.has(rule))).toEqual([]);
});
