/* Runs in the app's page: what a person sees of words while they are typed, and after. */

/** A line of the field, in CSS pixels of the page. */
export interface SeenLine {
  readonly text: string;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

/** The lines of the field as its engine sets them, asked of a block that has all of its styles. */
export function typedLines(): SeenLine[] {
  const field = document.querySelector<HTMLTextAreaElement>("#text-field")!;
  const copy = document.createElement("div");
  const styles = getComputedStyle(field);
  for (const name of styles) copy.style.setProperty(name, styles.getPropertyValue(name));
  copy.textContent = field.value;
  field.parentElement!.append(copy);
  const node = copy.firstChild!;
  const range = document.createRange();
  const lines: { text: string; top: number; bottom: number; left: number; right: number; width: number }[] =
    [];
  for (let i = 0; i < field.value.length; i++) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const place = [...range.getClientRects()].at(-1);
    const unit = field.value[i]!;
    if (!place || unit === "\n") continue;
    let line = lines.at(-1);
    if (!line || place.top + place.height / 2 > line.bottom) {
      line = { text: "", top: place.top, bottom: place.bottom, left: Infinity, right: -Infinity, width: 0 };
      lines.push(line);
    }
    line.text += unit;
    if (/\s/u.test(unit)) continue;
    line.left = Math.min(line.left, place.left);
    line.right = Math.max(line.right, place.right);
    line.width = line.right - line.left;
  }
  copy.remove();
  return lines;
}

/** How far ink reaches in each of the lines: `alike` where that is as far as the field's letters, within 3 px. */
export function inkLines(lines: readonly SeenLine[]): { readonly reach: string }[] {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const { width, height, clientWidth } = canvases[0]!;
  const copy = new OffscreenCanvas(width, height).getContext("2d")!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  const scale = width / clientWidth;
  return lines.map((line) => {
    const middle = (line.top + line.bottom) / 2;
    const half = (line.bottom - line.top) / 4;
    const from = Math.round((middle - half) * scale);
    const to = Math.round((middle + half) * scale);
    // The paper, or the note: what most of the line's own place has beside its letters.
    const ground = pixels[from * width + Math.max(Math.round((line.left - 4) * scale), 0)];
    let left = Infinity;
    let right = -Infinity;
    const first = Math.max(Math.round((line.left - 12) * scale), 0);
    const last = Math.min(Math.round((line.right + 12) * scale), width - 1);
    for (let y = from; y <= to; y++) {
      for (let x = first; x <= last; x++) {
        if (pixels[y * width + x] === ground) continue;
        left = Math.min(left, x / scale);
        right = Math.max(right, x / scale);
      }
    }
    const near = Math.abs(left - line.left) < 5 && Math.abs(right - line.right) < 5;
    return { reach: near ? "alike" : `${line.text}: ${left}..${right} for ${line.left}..${line.right}` };
  });
}

/** Where the caret is, by the letter before it in a block with the field's own styles and place. */
export function shownCaret(): string {
  const field = document.querySelector<HTMLTextAreaElement>("#text-field")!;
  const copy = document.createElement("div");
  const styles = getComputedStyle(field);
  for (const name of styles) copy.style.setProperty(name, styles.getPropertyValue(name));
  copy.textContent = field.value;
  field.parentElement!.append(copy);
  const range = document.createRange();
  const at = field.selectionEnd;
  range.setStart(copy.firstChild!, Math.max(at - 1, 0));
  range.setEnd(copy.firstChild!, Math.max(at, 1));
  const place = [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect();
  copy.remove();
  const bottom = window.visualViewport!.height;
  const isIn = place.left >= 0 && place.right <= innerWidth && place.top >= 0 && place.bottom <= bottom;
  return isIn ? "in sight" : `${place.left}..${place.right}, ${place.top}..${place.bottom}`;
}

declare global {
  interface Window {
    written: Map<number, string> | undefined;
  }
}

/** From now on the page remembers what is written on canvases: by the height, as it was written last. */
export function watchWriting(): void {
  const isWatched = window.written !== undefined;
  window.written = new Map();
  if (isWatched) return;
  const write = CanvasRenderingContext2D.prototype.fillText;
  let latest = -Infinity;
  CanvasRenderingContext2D.prototype.fillText = function fillText(text, x, y) {
    // A text is written from the top down: what is written above begins it anew.
    if (y < latest || !window.written) window.written = new Map();
    latest = y;
    window.written.set(y, (window.written.get(y) ?? "") + text);
    write.call(this, text, x, y);
  };
}

export function writtenLines(): string[] {
  return [...(window.written?.values() ?? [])].map((line) => line.trimEnd());
}

/** From where to where there is ink, in CSS pixels of the canvas. */
export function columnsOfInk(): { readonly left: number; readonly right: number } {
  const canvases = ["cached-ink", "live-ink"].map((id) => document.getElementById(id) as HTMLCanvasElement);
  const { width, height, clientWidth } = canvases[0]!;
  const copy = new OffscreenCanvas(width, height).getContext("2d")!;
  for (const canvas of canvases) copy.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
  let [left, right] = [Infinity, -Infinity];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] === pixels[0]) continue;
    left = Math.min(left, i % width);
    right = Math.max(right, i % width);
  }
  return { left: (left * clientWidth) / width, right: (right * clientWidth) / width };
}
