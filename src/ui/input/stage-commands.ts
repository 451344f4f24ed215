/** What keys and buttons ask of the canvas: about what is selected, and what was copied. */
export type StageCommand =
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "delete"
  | "select-all"
  | "select-next"
  | "select-previous"
  | "deselect"
  /** To choose a colour for what is selected. */
  | "colors"
  /** To type in the text that is selected, or in a new one. */
  | "edit"
  | "forward"
  | "backward"
  | "front"
  | "back"
  | "nudge-left"
  | "nudge-right"
  | "nudge-up"
  | "nudge-down";
