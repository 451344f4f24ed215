/*
 * Everything that is shown about the selection, brought up to date together: the box, the menu beside it,
 * the start without one, and what is selected in words.
 */
import { grownBy, type Point } from "../../base/geometry.ts";
import type { Board, ItemId } from "../../board/document/board.ts";
import type { Camera } from "../../render/canvas/camera.ts";
import { worldToScreen } from "../../render/canvas/camera.ts";
import type { InkTheme } from "../../render/canvas/theme.ts";
import type { Selection } from "../../tools/selection.ts";
import type { View } from "../camera/auto-camera.ts";
import { freeScreen } from "../camera/auto-camera.ts";
import { element } from "../widgets/dom.ts";
import { layerTitle } from "../words/layer-title.ts";
import { createCropBox, type CropBox, type CropBoxDeps } from "./crop-box.ts";
import { createSelectionBox } from "./selection-box.ts";
import type { SelectionMenu } from "./selection-menu.ts";
import { createSelectionMenu } from "./selection-menu.ts";
import { createSelectionStart } from "./selection-start.ts";
import { selectionText } from "./selection-text.ts";
import type { Commands } from "../input/commands.ts";
import type { Strings } from "../words/strings.ts";

/** The selection as a person sees and hears it: a box with handles, a menu, and words. */
export interface SelectionView {
  /** The camera moved, or a gesture goes on. */
  update(): void;
  toggleColors: SelectionMenu["toggleColors"];
  readonly crop: Pick<CropBox, "toggle" | "cancel" | "finish">;
  setTheme(theme: InkTheme): void;
  close(): void;
}

export interface SelectionViewDeps extends Pick<CropBoxDeps, "pictures"> {
  /** The canvas, and what lies over it. */
  readonly elements: { readonly surface: HTMLElement; readonly overlay: HTMLElement };
  readonly board: Board;
  readonly selection: Selection;
  readonly strings: Strings;
  readonly view: () => View;
  readonly camera: () => Camera;
  /** The tool in the hand selects. */
  readonly active: () => boolean;
  /** A gesture is under way: the menu would be in its way. */
  readonly busy: () => boolean;
  readonly commands: Pick<Commands, "run">;
  readonly drag: (from: Point, by: Point, constrain: boolean) => void;
  /** Brings a place of the world into sight. */
  readonly reveal: (at: Point) => void;
}

/** Between the menu and the bars, in CSS pixels. */
const AIR = 8;

export function createSelectionView(deps: SelectionViewDeps): SelectionView {
  const { board, selection, strings, view, camera } = deps;
  const { overlay, surface } = deps.elements;
  const crop = createCropBox({ ...deps, overlay, onChange: () => update() });
  const active = (): boolean => deps.active() && !crop.isOpen();
  const box = createSelectionBox({ ...deps, surface, active });
  const menu = createSelectionMenu({
    root: overlay,
    strings,
    free: () => grownBy(freeScreen(view()), -AIR),
    layers() {
      const layers = board.layers();
      return layers.map(({ id, locked }) => ({ id, locked, name: layerTitle(layers, id, strings) }));
    },
    commands: deps.commands,
    madeBy() {
      const tools = new Set(selection.ids().map((id) => board.item(id)?.header.tool));
      const [tool] = tools;
      return tools.size === 1 && tool !== "picture" ? tool : undefined;
    },
    recolor: (rgb) => void board.changeItems(selection.ids(), { color: rgb }),
    toLayer: (layer) => void board.moveToLayer(selection.ids(), layer),
  });
  const start = createSelectionStart({ root: overlay, strings, commands: deps.commands });
  const status = element("div", { class: "hidden-text", attributes: { role: "status" } });
  overlay.append(status);
  let ids: readonly ItemId[] = [];
  let told = "";
  let shownIds: readonly ItemId[] | undefined;
  let wasCropping = false;
  let wasShown: boolean | undefined;

  /** A contact may be typing in what is selected: words are told when it gets selected, and not letter by letter. */
  const tell = (): void => {
    const next = selection.ids();
    if (next === ids) return;
    ids = next;
    const key = ids.map((id) => `${id} ${board.item(id)?.header.color}`).join();
    if (key === told) return;
    told = key;
    status.textContent = selectionText(board, ids, strings);
  };

  const showKinds = (): void => {
    const isCropping = crop.isOpen();
    if (ids === shownIds && isCropping === wasCropping) return;
    shownIds = ids;
    wasCropping = isCropping;
    const hasColor = ids.some((id) => board.item(id)?.kind !== "picture");
    menu.setKinds({ hasColor, canCrop: crop.isPossible(), isCropping });
  };
  function update(): void {
    const isShown = deps.active() && !deps.busy();
    const isHidden = !isShown && wasShown === false;
    // So it is at each move of a pen: nothing is selected, nor was before.
    if (isHidden && ids.length === 0 && selection.ids() === ids) return;
    tell();
    crop.update();
    showKinds();
    box.update();
    if (isHidden) return;
    wasShown = isShown;
    menu.update(isShown ? selection.corners().map((place) => worldToScreen(camera(), view(), place)) : []);
    const isFree = isShown && ids.length === 0;
    start.update(isFree ? view().insets.bottom + AIR : undefined, isFree && !board.isEmpty());
    // Notices make room for it.
    surface.toggleAttribute("data-selection-start", isFree);
  }

  return {
    update,
    crop,
    toggleColors: menu.toggleColors,
    setTheme: (theme) => menu.setTheme(theme),
    close() {
      crop.close();
      box.close();
      menu.close();
      start.close();
      surface.removeAttribute("data-selection-start");
      status.remove();
    },
  };
}
