/** What keys and buttons ask of the paper: about what is selected, and what was copied. */
export type StageCommand =
  | "copy"
  | "cut"
  | "paste"
  | "duplicate"
  | "delete"
  | "select-all"
  | "deselect"
  | "forward"
  | "backward"
  | "front"
  | "back"
  | "nudge-left"
  | "nudge-right"
  | "nudge-up"
  | "nudge-down";
