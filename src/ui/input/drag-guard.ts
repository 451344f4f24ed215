/*
 * What is dragged over the page. A browser opens a file or a link that is dropped, in place of the app, and
 * lets pictures and links be dragged out of it; neither may ever happen, whatever the page shows.
 */
import { isField } from "../widgets/field.ts";

/** Guards as long as the page lives. What is dropped is for others to take. */
export function guardDrags(): void {
  const onOver = (event: DragEvent): void => {
    if (isOwnOfField(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  };
  const onDrop = (event: DragEvent): void => {
    if (!isOwnOfField(event)) event.preventDefault();
  };
  /** Words that were marked may be dragged, and nothing else. */
  const onStart = (event: DragEvent): void => {
    if (!isField(event.target) && !(event.target instanceof Text)) event.preventDefault();
  };
  // Before anybody who might stop them on their way.
  const early = { capture: true };
  document.addEventListener("dragenter", onOver, early);
  document.addEventListener("dragover", onOver, early);
  document.addEventListener("drop", onDrop, early);
  document.addEventListener("dragstart", onStart, early);
}

/** A field takes in words by itself; of files it would know nothing better than any other place. */
function isOwnOfField({ target, dataTransfer }: DragEvent): boolean {
  return isField(target) && dataTransfer?.types.includes("Files") !== true;
}
