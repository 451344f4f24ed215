/*
 * The ways in which a picture comes to the board, each as a button where it works; what is not here is said.
 */
import { element, listen } from "../widgets/dom.ts";
import type { IconName } from "../widgets/icons.ts";
import { icon } from "../widgets/icons.ts";
import type { Strings } from "../words/strings.ts";
import { canPhotograph } from "./camera.ts";
import { createPictureField } from "./picture-field.ts";

export interface PicturePanelDeps {
  readonly strings: Strings;
  readonly take: (files: readonly Blob[]) => void;
  readonly photograph: () => void;
  readonly paste: () => void;
  /** A way was chosen. */
  readonly onDone: () => void;
}

const TYPES = "image/png,image/jpeg,image/webp";

/**
 * Android's web views open no file chooser and refuse the clipboard to scripts, and a page cannot find out by
 * trying: a press has no effect. Their own menu pastes into a field that takes more than letters.
 */
function isAndroidView(): boolean {
  return /Android.*\bwv\b/u.test(navigator.userAgent);
}

export function createPicturePanel(deps: PicturePanelDeps): HTMLElement {
  const { strings, take, photograph, paste, onDone } = deps;
  const { file, photo, pasteHere, noChooser } = strings.intake;
  const row = (name: string, picture: IconName, label: string, run: () => void): HTMLElement => {
    const attributes = { type: "button" };
    const made = element("button", { id: `picture-${name}`, class: "menu-row", attributes }, [
      icon(picture),
      element("span", { text: label }),
    ]);
    listen(made, "click", () => {
      onDone();
      run();
    });
    return made;
  };

  const camera = canPhotograph() ? [row("camera", "camera", photo, photograph)] : [];
  if (isAndroidView()) {
    const none = element("p", { class: "quiet", text: noChooser });
    return element("div", { class: "menu-rows" }, [
      ...camera,
      createPictureField({ label: pasteHere, take, onDone }),
      none,
    ]);
  }
  const chooser = element("input", { attributes: { type: "file", accept: TYPES, multiple: "" } });
  chooser.hidden = true;
  listen(chooser, "change", () => {
    take([...(chooser.files ?? [])]);
    // The same file may be chosen again.
    chooser.value = "";
  });
  return element("div", { class: "menu-rows" }, [
    row("file", "picture", file, () => chooser.click()),
    ...camera,
    row("paste", "paste", strings.commands.paste, paste),
    chooser,
  ]);
}
