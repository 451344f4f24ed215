import { BRUSH_TOOLS, INK_TOOLS, SHAPE_TOOLS, TEXT_TOOLS, type BrushTool } from "../../ink/stroke.ts";

/**
 * Everything that a person can have in the hand, in the groups that share a button of the bar. The eraser
 * takes whole strokes, the cutter what is under it.
 */
export const TOOL_GROUPS = {
  ink: INK_TOOLS,
  erase: ["eraser", "cutter"],
  shape: SHAPE_TOOLS,
  words: TEXT_TOOLS,
  point: ["select", "laser", "pan"],
} as const;
export type ToolGroup = keyof typeof TOOL_GROUPS;
export type ToolName = (typeof TOOL_GROUPS)[ToolGroup][number];

export const GROUP_NAMES = Object.keys(TOOL_GROUPS) as readonly ToolGroup[];
export const TOOLS: readonly ToolName[] = GROUP_NAMES.flatMap(
  (group): readonly ToolName[] => TOOL_GROUPS[group],
);

export function groupOf(tool: ToolName): ToolGroup {
  return GROUP_NAMES.find((group) => (TOOL_GROUPS[group] as readonly ToolName[]).includes(tool))!;
}

export function isBrushTool(tool: ToolName): tool is BrushTool {
  return (BRUSH_TOOLS as readonly ToolName[]).includes(tool);
}

/** The tools that leave a colour, on the board or as light. */
export type ColoredTool = BrushTool | "laser";
/** The tools that are wide, thick or large. */
export type SizedTool = BrushTool | "eraser" | "cutter";

export function hasColor(tool: ToolName): tool is ColoredTool {
  return isBrushTool(tool) || tool === "laser";
}

export function hasSize(tool: ToolName): tool is SizedTool {
  return isBrushTool(tool) || tool === "eraser" || tool === "cutter";
}
