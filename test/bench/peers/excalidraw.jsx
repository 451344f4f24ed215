/*
 * Excalidraw in a page of its own, to be measured beside Inkmesh. It is bundled with the packages of
 * test/bench/peers/packages.ts, which are no dependencies of the project; so no types are checked here.
 */
import { Excalidraw, restoreElements } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import { createRoot } from "react-dom/client";

/** Excalidraw paints a freehand stroke so many times as wide as its number says. */
const WIDTH_FACTOR = 4.25;

let api;

window.peer = {
  /** What Excalidraw would store of these strokes, with a camera that looks at their middle. */
  store(strokes, zoom) {
    const elements = strokes.map(({ points, width, color }) => {
      const [[x, y]] = points;
      return {
        type: "freedraw",
        x,
        y,
        strokeColor: color,
        strokeWidth: width / WIDTH_FACTOR,
        points: points.map(([px, py]) => [round(px - x), round(py - y)]),
        pressures: [],
        simulatePressure: true,
      };
    });
    return JSON.stringify({
      elements: restoreElements(elements, null, { refreshDimensions: true }),
      appState: {
        zoom: { value: zoom },
        scrollX: innerWidth / 2 / zoom,
        scrollY: innerHeight / 2 / zoom,
        viewBackgroundColor: "#ffffff",
      },
    });
  },
  toFull() {
    api.updateScene({
      appState: { zoom: { value: 1 }, scrollX: innerWidth / 2, scrollY: innerHeight / 2 },
    });
  },
  takePen() {
    api.setActiveTool({ type: "freedraw" });
  },
  count: () => api.getSceneElements().length,
};

createRoot(document.getElementById("root")).render(
  <Excalidraw initialData={window.storedBoard} excalidrawAPI={(given) => (api = given)} />,
);

/** A mouse has no more digits either. */
function round(value) {
  return Math.round(value * 100) / 100;
}
