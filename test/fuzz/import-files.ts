/*
 * Small files of the kinds that people have: drawings and libraries of Excalidraw as its versions wrote them over the
 * years, copies out of it, and boards of this app, as files and as text.
 */
import { createPrng } from "../../src/base/prng.ts";
import { createDocument } from "../../src/board/document/document.ts";
import { createBoard } from "../../src/board/yjs-board.ts";
import { boardText, createBoardFile } from "../../src/session/board-file.ts";
import { clipboardText } from "../../src/tools/clipboard.ts";
import { generateStrokes, PEN } from "../support/strokes.ts";
import { createHandTime } from "../support/hand-time.ts";

const OLD = {
  strokeColor: "#000000",
  backgroundColor: "transparent",
  strokeWidth: 1,
  roughness: 1,
  opacity: 100,
  seed: 1,
};
const NEW = {
  ...OLD,
  strokeColor: "#1e1e1e",
  strokeStyle: "solid",
  groupIds: ["g"],
  frameId: null,
  roundness: null,
  isDeleted: false,
  angle: 0,
};

/** 2020: arrows without points, lines with them, freehand called "draw". */
export const FIRST_DRAWING = {
  type: "excalidraw",
  version: 1,
  elements: [
    { ...OLD, type: "arrow", x: 10, y: 20, width: 100, height: 50 },
    {
      ...OLD,
      type: "line",
      x: 0,
      y: 0,
      width: 30,
      height: 40,
      points: [
        [0, 0],
        [30, 40],
      ],
    },
    {
      ...OLD,
      type: "draw",
      x: 5,
      y: 5,
      width: 9,
      height: 9,
      points: [
        [0, 0],
        [3, 1],
        [9, 9],
      ],
      strokeSharpness: "round",
    },
    {
      ...OLD,
      type: "diamond",
      x: 0,
      y: 100,
      width: 60,
      height: 40,
      backgroundColor: "#fa5252",
      fillStyle: "hachure",
    },
  ],
} as const;

/** 2024: frames, bound text, freehand with pressure, elbow arrows, pictures, embedded pages. */
export const LATE_DRAWING = {
  type: "excalidraw",
  version: 2,
  source: "https://example.org",
  elements: [
    {
      ...NEW,
      type: "frame",
      id: "f",
      x: -20,
      y: -20,
      width: 400,
      height: 300,
      name: "Plan",
      strokeColor: "#bbb",
    },
    {
      ...NEW,
      type: "rectangle",
      id: "r",
      x: 0,
      y: 0,
      width: 120,
      height: 60,
      angle: 0.5,
      roundness: { type: 3 },
      fillStyle: "solid",
      backgroundColor: "#a5d8ff",
    },
    {
      ...NEW,
      type: "text",
      id: "t",
      x: 10,
      y: 15,
      width: 80,
      height: 25,
      text: "Begin\nhere",
      fontSize: 20,
      fontFamily: 5,
      containerId: "r",
      lineHeight: 1.25,
    },
    {
      ...NEW,
      type: "ellipse",
      id: "e",
      x: 200,
      y: 0,
      width: 90,
      height: 60,
      strokeStyle: "dashed",
      strokeColor: "#2f9e44",
      strokeWidth: 4,
    },
    {
      ...NEW,
      type: "arrow",
      id: "a",
      x: 120,
      y: 30,
      width: 80,
      height: 0,
      points: [
        [0, 0],
        [80, 0],
      ],
      startArrowhead: null,
      endArrowhead: "triangle",
    },
    {
      ...NEW,
      type: "arrow",
      id: "b",
      x: 0,
      y: 80,
      width: 80,
      height: 60,
      points: [
        [0, 0],
        [40, 0],
        [40, 60],
        [80, 60],
      ],
      startArrowhead: "dot",
      endArrowhead: null,
      elbowed: true,
    },
    {
      ...NEW,
      type: "freedraw",
      id: "p",
      x: 50,
      y: 150,
      width: 40,
      height: 20,
      points: [
        [0, 0],
        [10, 5],
        [25, 3],
        [40, 20],
      ],
      pressures: [0.2, 0.5, 0.7, 0.1],
      simulatePressure: false,
    },
    {
      ...NEW,
      type: "line",
      id: "l",
      x: 0,
      y: 220,
      width: 60,
      height: 20,
      points: [
        [0, 0],
        [30, 20],
        [60, 0],
      ],
      roundness: { type: 2 },
      opacity: 40,
    },
    { ...NEW, type: "image", id: "i", x: 300, y: 200, width: 50, height: 50, fileId: "x", status: "saved" },
    {
      ...NEW,
      type: "embeddable",
      id: "w",
      x: 300,
      y: 100,
      width: 50,
      height: 50,
      link: "https://example.org",
    },
    { ...NEW, type: "rectangle", id: "d", x: 0, y: 0, width: 10, height: 10, isDeleted: true },
  ],
  appState: { viewBackgroundColor: "#ffffff" },
  files: { x: { id: "x", mimeType: "image/png", dataURL: "data:image/png;base64,AAAA" } },
} as const;

export const FIRST_LIBRARY = {
  type: "excalidrawlib",
  version: 1,
  library: [FIRST_DRAWING.elements.slice(0, 2), FIRST_DRAWING.elements.slice(2)],
} as const;

export const LATE_LIBRARY = {
  type: "excalidrawlib",
  version: 2,
  source: "https://example.org",
  libraryItems: [
    { id: "1", status: "published", created: 1, name: "Box", elements: LATE_DRAWING.elements.slice(0, 3) },
    { id: "2", status: "unpublished", created: 2, elements: LATE_DRAWING.elements.slice(3, 7) },
  ],
} as const;

/** A board of this app with ink, cut and moved ink, words and layers, as a file. */
export function smallBoardFile(seed = 1): Uint8Array {
  const doc = createDocument();
  const time = createHandTime();
  doc.clientID = createPrng(seed).uint32();
  const { board, flush } = createBoard({
    doc,
    time,
    isPresent: () => true,
    onError(error) {
      throw error;
    },
  });
  for (const samples of generateStrokes(seed, 6)) {
    const stroke = board.startStroke({ ...PEN, pressure: true });
    stroke.add(samples.map(({ x, y, pressure }) => ({ x, y, pressure })));
    stroke.end();
  }
  const ids = board.items().map(({ id }) => id);
  board.cut(new Map([[ids[0]!, [{ from: 0.5, to: 1.5 }]]]));
  board.transform([ids[1]!], { a: 0, b: 2, c: -2, d: 0, e: 10, f: 20 });
  board.erase([ids[2]!]);
  board.addText({ ...PEN, tool: "note", width: 20 }, { x: 5, y: 5 }, { width: 90, height: 60 }, "Milk");
  board.setActiveLayer(board.addLayer("Top"));
  board.addShape({ ...PEN, tool: "ellipse" }, { x: 0, y: 0 }, { x: 40, y: 30 });
  board.setBackground("grid");
  flush();
  const file = createBoardFile();
  Array.from(file.page("First", doc));
  file.blob(Uint8Array.of(1, 2, 3));
  return file.end()!;
}

/** All of them, as what arrives: bytes of files and of text; one is of a later version. */
export function importFiles(): readonly Uint8Array[] {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const drawings = [FIRST_DRAWING, LATE_DRAWING, FIRST_LIBRARY, LATE_LIBRARY];
  const clipboard = { type: "excalidraw/clipboard", elements: LATE_DRAWING.elements.slice(0, 4) };
  const items = clipboardText([
    {
      kind: "stroke",
      header: PEN,
      points: [{ x: 1, y: 2, pressure: 0.5 }],
      matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 },
      attributes: {},
    },
  ])!;
  const file = smallBoardFile();
  const texts = [...drawings, clipboard].map((each) => JSON.stringify(each, null, 2));
  const later = items.replace(/^inkmesh:\d+/u, "inkmesh:9");
  return [file, ...[...texts, boardText(file), items, later].map(encode)];
}
