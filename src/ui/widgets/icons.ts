/*
 * The pictures on buttons.
 */
import {
  ArrowLeft,
  ArrowRight,
  BringToFront,
  Brush,
  Camera,
  ChevronDown,
  ChevronUp,
  Circle,
  CircleQuestionMark,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Crop,
  Ellipsis,
  Eraser,
  Eye,
  EyeOff,
  Flashlight,
  Footprints,
  Grid3x3,
  Hand,
  HardDrive,
  Highlighter,
  History,
  Image as Picture,
  LassoSelect,
  Layers,
  Lock,
  LockOpen,
  LocateFixed,
  Maximize,
  Menu,
  Mic,
  MoveUpRight,
  Palette,
  Pause,
  Pencil,
  Phone,
  PhoneOff,
  Play,
  Plus,
  Redo2,
  Scissors,
  SendToBack,
  Settings,
  Slash,
  Square,
  SquareDashed,
  StepBack,
  StepForward,
  StickyNote,
  SwitchCamera,
  Trash2,
  Type,
  Undo2,
  Users,
  X,
} from "lucide";
import type { IconNode } from "lucide";
import type { ToolName } from "../choices/tool-names.ts";

const NODES = {
  pen: Pencil,
  marker: Brush,
  highlighter: Highlighter,
  eraser: Eraser,
  cutter: Scissors,
  line: Slash,
  arrow: MoveUpRight,
  rectangle: Square,
  ellipse: Circle,
  text: Type,
  note: StickyNote,
  select: LassoSelect,
  laser: Flashlight,
  pan: Hand,
  box: SquareDashed,
  picture: Picture,
  camera: Camera,
  turnCamera: SwitchCamera,
  paste: ClipboardPaste,
  undo: Undo2,
  redo: Redo2,
  menu: Menu,
  layers: Layers,
  background: Grid3x3,
  clear: Trash2,
  settings: Settings,
  help: CircleQuestionMark,
  back: ArrowLeft,
  close: X,
  lookBack: History,
  play: Play,
  pause: Pause,
  stepBack: StepBack,
  stepOn: StepForward,
  add: Plus,
  up: ChevronUp,
  down: ChevronDown,
  shown: Eye,
  hidden: EyeOff,
  locked: Lock,
  unlocked: LockOpen,
  showAll: Maximize,
  follow: Footprints,
  showMe: LocateFixed,
  people: Users,
  storage: HardDrive,
  palette: Palette,
  crop: Crop,
  duplicate: CopyPlus,
  copy: Copy,
  more: Ellipsis,
  earlier: ArrowLeft,
  later: ArrowRight,
  forward: BringToFront,
  backward: SendToBack,
  delete: Trash2,
  call: Phone,
  hangUp: PhoneOff,
  microphone: Mic,
} satisfies Record<ToolName, IconNode> & Record<string, IconNode>;

export type IconName = keyof typeof NODES;

const SVG = "http://www.w3.org/2000/svg";

/** An icon of the set, in the colour of the text around it; silent for screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of NODES[name]) {
    const part = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, String(value));
    svg.append(part);
  }
  return svg;
}
