/*
 * The buttons beside the selection, with a drawer for colours and one for layers.
 */
import type { Box, Point } from "../../base/geometry.ts";
import { boundsOf } from "../../base/geometry.ts";
import type { LayerId } from "../../board/document/board.ts";
import { toolColor } from "../../render/canvas/theme.ts";
import { paletteOf, type PaletteColor } from "../choices/colors.ts";
import type { ColoredTool } from "../choices/tool-names.ts";
import { element, listen } from "../widgets/dom.ts";
import { iconButton } from "../widgets/icon-button.ts";
import type { IconName } from "../widgets/icons.ts";
import { menuPlace } from "./menu-place.ts";
import type { Commands, SelectionCommand } from "../input/commands.ts";
import type { Strings } from "../words/strings.ts";

/** What can be done with the selection, in buttons beside it. */
export interface SelectionMenu {
  /** Shows it beside these corners of the selection, in CSS pixels of the canvas; hides it without any. */
  update(corners: readonly Point[]): void;
  /** Opens the colours and goes on among them by keyboard, or closes them; says whether the menu is there. */
  toggleColors(): boolean;
  /** Other things are selected, or cropping began or ended. */
  setKinds(kinds: SelectedKinds): void;
  setTheme(theme: { readonly dark: boolean }): void;
  close(): void;
}

export interface NamedLayer {
  readonly id: LayerId;
  readonly name: string;
  readonly locked: boolean;
}

export interface SelectedKinds {
  /** One of them has a colour at least. */
  readonly hasColor: boolean;
  readonly canCrop: boolean;
  readonly isCropping: boolean;
}

export interface SelectionMenuDeps {
  readonly root: HTMLElement;
  readonly strings: Strings;
  /** The part of the canvas that no bar covers, in CSS pixels. */
  readonly free: () => Box;
  /** Bottom first. */
  readonly layers: () => readonly NamedLayer[];
  readonly commands: Pick<Commands, "run">;
  /** What made all that is selected; undefined where it was not one tool alone. */
  readonly madeBy: () => ColoredTool | undefined;
  readonly recolor: (rgb: number) => void;
  readonly toLayer: (layer: LayerId) => void;
}

type Drawer = "colors" | "layers";

export function createSelectionMenu(deps: SelectionMenuDeps): SelectionMenu {
  const { strings } = deps;
  let dark = false;
  let open: Drawer | undefined;
  let shown: readonly Point[] = [];
  /** In the drawer of colours. */
  let palette: readonly PaletteColor[] = [];

  const button = (name: string, label: string, picture: IconName): HTMLButtonElement => {
    const made = iconButton(label, picture);
    made.dataset["command"] = name;
    return made;
  };
  const commandButton = (command: SelectionCommand, label: string, picture: IconName): HTMLButtonElement => {
    const made = button(command, label, picture);
    listen(made, "click", () => deps.commands.run(command));
    return made;
  };
  const drawerButton = (drawer: Drawer, label: string, picture: IconName): HTMLButtonElement => {
    const made = button(drawer, label, picture);
    made.setAttribute("aria-expanded", "false");
    listen(made, "click", () => openDrawer(open === drawer ? undefined : drawer));
    return made;
  };
  const drawerButtons: Record<Drawer, HTMLButtonElement> = {
    colors: drawerButton("colors", strings.recolor, "palette"),
    layers: drawerButton("layers", strings.toLayer, "layers"),
  };
  const crop = commandButton("crop", strings.intake.crop, "crop");
  const row = element("div", { class: "selection-row" }, [
    drawerButtons.colors,
    crop,
    commandButton("duplicate", strings.commands.duplicate, "duplicate"),
    commandButton("copy", strings.commands.copy, "copy"),
    commandButton("forward", strings.commands.forward, "forward"),
    commandButton("backward", strings.commands.backward, "backward"),
    drawerButtons.layers,
    commandButton("delete", strings.commands.delete, "delete"),
  ]);
  const drawer = element("div", { class: "selection-drawer" });
  const attributes = { role: "group", "aria-label": strings.selection };
  const menu = element("div", { id: "selection-menu", attributes }, [row, drawer]);
  menu.hidden = true;
  deps.root.append(menu);

  function openDrawer(next: Drawer | undefined): void {
    open = next;
    for (const name of ["colors", "layers"] as const) {
      drawerButtons[name].setAttribute("aria-expanded", String(name === open));
    }
    drawer.hidden = open === undefined;
    drawer.dataset["drawer"] = open ?? "";
    drawer.replaceChildren(...(open === "colors" ? swatches() : open === "layers" ? layerButtons() : []));
    place();
  }

  function swatches(): HTMLElement[] {
    const tool = deps.madeBy() ?? "pen";
    palette = paletteOf(tool);
    return palette.map(({ name, rgb }) => {
      const label = strings.colors[name];
      const dot = element("span", { class: "swatch-dot" });
      dot.style.setProperty("--swatch", toolColor(tool, rgb, dark));
      const named = { type: "button", "aria-label": label, title: label };
      const made = element("button", { class: "button", attributes: named }, [dot]);
      listen(made, "click", () => deps.recolor(rgb));
      return made;
    });
  }

  function layerButtons(): HTMLElement[] {
    const pick = (id: LayerId): void => {
      openDrawer(undefined);
      // The button that had the keyboard is gone.
      drawerButtons.layers.focus();
      deps.toLayer(id);
    };
    return deps
      .layers()
      .map((layer) => layerButton(layer, pick))
      .reverse();
  }

  function place(): void {
    const box = boundsOf(shown);
    menu.hidden = box === undefined;
    if (!box) return;
    const { width, height } = menu.getBoundingClientRect();
    const { x, y } = menuPlace(box, { width, height }, deps.free());
    menu.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  openDrawer(undefined);
  return {
    update(corners) {
      if (corners.length === 0 && open) openDrawer(undefined);
      else if (open === "colors" && paletteOf(deps.madeBy() ?? "pen") !== palette) openDrawer(open);
      shown = corners;
      place();
    },
    toggleColors() {
      if (menu.hidden || drawerButtons.colors.hidden) return false;
      openDrawer(open === "colors" ? undefined : "colors");
      (drawer.querySelector("button") ?? drawerButtons.colors).focus();
      return true;
    },
    setKinds({ hasColor, canCrop, isCropping }) {
      drawerButtons.colors.hidden = !hasColor;
      crop.hidden = !canCrop;
      crop.setAttribute("aria-pressed", String(isCropping));
    },
    setTheme(theme) {
      ({ dark } = theme);
      openDrawer(open);
    },
    close: () => menu.remove(),
  };
}

function layerButton({ id, name, locked }: NamedLayer, pick: (id: LayerId) => void): HTMLElement {
  const made = element("button", { class: "selection-layer", text: name, attributes: { type: "button" } });
  made.disabled = locked;
  listen(made, "click", () => pick(id));
  return made;
}
