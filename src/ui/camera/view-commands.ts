import type { ViewCommand } from "../input/commands.ts";
import type { ViewControl } from "./view.ts";

/** What a key moves, in CSS pixels. */
const PAN_STEP = 80;
const ZOOM_STEP = 1.25;

/** Does with the view what a key asks for. */
export function runViewCommand(
  command: ViewCommand,
  view: Pick<ViewControl, "nudge" | "zoomBy" | "actualSize" | "showAll">,
): void {
  switch (command) {
    case "pan-left":
      return view.nudge({ x: PAN_STEP, y: 0 });
    case "pan-right":
      return view.nudge({ x: -PAN_STEP, y: 0 });
    case "pan-up":
      return view.nudge({ x: 0, y: PAN_STEP });
    case "pan-down":
      return view.nudge({ x: 0, y: -PAN_STEP });
    case "zoom-in":
      return view.zoomBy(ZOOM_STEP);
    case "zoom-out":
      return view.zoomBy(1 / ZOOM_STEP);
    case "actual-size":
      return view.actualSize();
    case "show-all":
      return view.showAll();
  }
}
