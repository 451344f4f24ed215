/*
 * A field for pictures, where a page gets at the clipboard in no other way. They come into it as the system's menu
 * pastes them, which is a paste like any other on the page, and as keyboards put them there by themselves:
 *
 *   a paste       files, or HTML that has the picture in itself: the page's own (clipboard-access.ts)
 *   beforeinput   the same, with what is to be put there
 *   input         an image that is there already
 *
 * It keeps nothing.
 */
import { pictureOf, picturesInMarkup } from "../widgets/data-pictures.ts";
import { element, listen } from "../widgets/dom.ts";

export interface PictureFieldDeps {
  readonly label: string;
  readonly take: (files: readonly Blob[]) => void;
  /** Something is pasted. */
  readonly onDone: () => void;
}

export function createPictureField({ label, take, onDone }: PictureFieldDeps): HTMLElement {
  const attributes = { contenteditable: "true", role: "textbox", "aria-label": label, "data-label": label };
  const field = element("div", { id: "picture-field", class: "text-input", attributes });
  const bring = (files: readonly Blob[]): void => {
    onDone();
    take(files);
  };
  listen(field, "paste", onDone);
  listen(field, "beforeinput", (event) => {
    const files = broughtBy(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    bring(files);
  });
  listen(field, "input", () => {
    // Of one that is elsewhere nothing can be read, and the person is told so like of any other file.
    const files = [...field.querySelectorAll("img")].map((image) => pictureOf(image) ?? new Blob([]));
    field.replaceChildren();
    if (files.length > 0) bring(files);
  });
  // Letters are no commands here.
  listen(field, "keydown", (event) => event.key !== "Escape" && event.stopPropagation());
  return field;
}

function broughtBy(data: DataTransfer | null): readonly Blob[] {
  if (!data) return [];
  return data.files.length > 0 ? [...data.files] : picturesInMarkup(data.getData("text/html"));
}
