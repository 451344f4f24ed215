/*
 * tldraw in a page of its own, to be measured beside Inkmesh. It is bundled with the packages of
 * test/bench/peers/packages.ts, which are no dependencies of the project; so no types are checked here.
 */
import { getAssetUrls } from "@tldraw/assets/selfHosted";
import { createRoot } from "react-dom/client";
import { b64Vecs, createShapeId, getSnapshot, Tldraw } from "tldraw";
import "tldraw/tldraw.css";

const COLORS = ["black", "blue", "green", "red", "violet", "grey"];
const SIZES = { 2: "s", 4: "m", 8: "l" };
/** tldraw allows 4,000 of itself. */
const OPTIONS = { maxShapesPerPage: 100_000 };

let editor;

window.peer = {
  /** What tldraw would store of these strokes, with a camera that looks at their middle. */
  store(strokes, zoom) {
    editor.createShapes(
      strokes.map(({ points, width }, i) => {
        const [[x, y]] = points;
        const path = points.map(([px, py]) => ({ x: px - x, y: py - y, z: 0.5 }));
        return {
          id: createShapeId(`${i}`),
          type: "draw",
          x,
          y,
          props: {
            // A mouse and a finger have no pressure.
            segments: [{ type: "free", path: b64Vecs.encodePoints(path, 2), dim: 2 }],
            isComplete: true,
            color: COLORS[i % COLORS.length],
            size: SIZES[width],
          },
        };
      }),
    );
    look(zoom);
    return JSON.stringify(getSnapshot(editor.store));
  },
  toFull: () => look(1),
  takePen() {
    editor.setCurrentTool("draw");
  },
  count: () => editor.getCurrentPageShapeIds().size,
};

const snapshot = await window.storedBoard;
createRoot(document.getElementById("root")).render(
  <Tldraw
    snapshot={snapshot ?? undefined}
    options={OPTIONS}
    assetUrls={getAssetUrls({ baseUrl: window.ASSETS })}
    onMount={(given) => {
      editor = given;
    }}
  />,
);

function look(zoom) {
  editor.setCamera({ x: innerWidth / 2 / zoom, y: innerHeight / 2 / zoom, z: zoom }, { immediate: true });
}
