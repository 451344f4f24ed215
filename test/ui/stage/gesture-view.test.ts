import { expect, it } from "vitest";
import { createGestureView } from "../../../src/ui/stage/gesture-view.ts";

const header = { color: 0, width: 2, input: "pen", pressure: false, scale: 0 } as const;

it("what this person draws looks at once as it will on the layer that is drawn on", () => {
  const layers: unknown[] = [];
  const view = createGestureView({
    renderer: {
      setPreviews: (previews) => void layers.push(...previews.map(({ layer }) => layer)),
      setLasers: () => undefined,
      setOverlay: () => undefined,
    },
    previewed: { setPreview: (_who, preview, layer) => void (preview && layers.push(layer)) },
    layer: () => "7.0",
    tell: () => undefined,
  });
  view.showOwn({ kind: "ink", header: { ...header, tool: "pen" }, points: [] }, []);
  const [from, to] = [
    { x: 0, y: 0 },
    { x: 9, y: 9 },
  ];
  view.showOwn({ kind: "shape", header: { ...header, tool: "line" }, from, to }, []);
  expect(layers).toEqual(["7.0", "7.0"]);
});
