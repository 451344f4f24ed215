const SVG = "http://www.w3.org/2000/svg";

/** Our own icons: 24 px, drawn with a round 1.75 px line, one path each where possible. */
const PATHS = {
  back: ["M14.5 5.5 8 12l6.5 6.5"],
  close: ["M7 7l10 10M17 7 7 17"],
  pen: ["M4.5 19.5l1-4.2L16.2 4.6a1.9 1.9 0 0 1 2.7 0l.5.5a1.9 1.9 0 0 1 0 2.7L8.7 18.5z", "M14 6.8l3.2 3.2"],
  marker: [
    "M9.2 12.2 15.8 4.8a1.7 1.7 0 0 1 2.5 0l1.3 1.2a1.7 1.7 0 0 1 .1 2.4l-6.7 7.3z",
    "M9.2 12.2 7.5 15l2.2 2.1 3.3-1.4",
    "M7.9 15.9 4.8 19.5h4l.9-.9",
  ],
  highlighter: [
    "M8 13V9.2c0-.5.2-.9.6-1.2L14 4v9",
    "M6.5 13h9v2.2a2 2 0 0 1-2 2h-5a2 2 0 0 1-2-2z",
    "M4.5 20.2h15",
  ],
  undo: ["M8.5 5 4.5 9l4 4", "M4.8 9h9.4a5 5 0 0 1 0 10H9.5"],
  redo: ["M15.5 5l4 4-4 4", "M19.2 9H9.8a5 5 0 0 0 0 10h4.7"],
  clear: [
    "M4.8 7h14.4",
    "M9.3 7V5.6c0-.6.5-1.1 1.1-1.1h3.2c.6 0 1.1.5 1.1 1.1V7",
    "M6.5 7l.8 10.8a1.8 1.8 0 0 0 1.8 1.7h5.8a1.8 1.8 0 0 0 1.8-1.7L17.5 7",
    "M10.2 11l.3 4.6M13.8 11l-.3 4.6",
  ],
  showAll: [
    "M4.8 9V6.3c0-.8.7-1.5 1.5-1.5H9",
    "M15 4.8h2.7c.8 0 1.5.7 1.5 1.5V9",
    "M19.2 15v2.7c0 .8-.7 1.5-1.5 1.5H15",
    "M9 19.2H6.3c-.8 0-1.5-.7-1.5-1.5V15",
  ],
  hand: [
    "M8.2 13.6V6.4a1.4 1.4 0 0 1 2.8 0V11",
    "M11 10.6V5a1.4 1.4 0 0 1 2.8 0v5.8",
    "M13.8 11V6.4a1.4 1.4 0 0 1 2.8 0v5.2",
    "M16.6 9.4a1.4 1.4 0 0 1 2.8 0v5a5.6 5.6 0 0 1-5.6 5.6h-1.4a5.6 5.6 0 0 1-4.5-2.3l-3-4.1a1.4 1.4 0 0 1 2.1-1.8l1.2 1.3",
  ],
} as const;

export type IconName = keyof typeof PATHS;

/** An icon in the colour of the text around it; silent for screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
