import { expect, test } from "vitest";
import type { Layer } from "../../../src/board/document/board.ts";
import { layerTitle } from "../../../src/ui/words/layer-title.ts";
import { ENGLISH } from "../../../src/ui/words/strings.ts";

function titleOf(name: string): string {
  const layers: readonly Layer[] = ["Sky", name].map((each, i) => ({
    id: `${i}`,
    name: each,
    hidden: false,
    locked: false,
    opacity: 1,
  }));
  return layerTitle(layers, "1", ENGLISH);
}

test("a layer is called by what can be seen of its name, and else by its place", () => {
  expect(titleOf("Sea")).toBe("Sea");
  expect(titleOf(" Sea\u202e\n\u2800")).toBe("Sea");
  expect(titleOf(`e${"\u0301".repeat(50)}`)).toBe(`e${"\u0301".repeat(3)}`);
  expect([titleOf(""), titleOf("\u2800\u3164"), titleOf("\u0301")]).toEqual([
    "Layer 2",
    "Layer 2",
    "Layer 2",
  ]);
});
