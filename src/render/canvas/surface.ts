/** A canvas that can be painted on. */
export interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

/** Throws where the engine gives no 2D context: it has run out of memory for canvases. */
export function createSurface(
  canvas: HTMLCanvasElement,
  settings: CanvasRenderingContext2DSettings,
): Surface {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new Error("a canvas has no 2D context");
  return { canvas, context };
}

/** The engine has thrown the pixels away, and shows nothing until it gives the context back. */
export function isLost({ context }: Surface): boolean {
  // Newer than the oldest engines; before, there was no way to know.
  return (context as Partial<CanvasRenderingContext2D>).isContextLost?.() === true;
}

export function resize({ canvas }: Pick<Surface, "canvas">, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/** Some engines give the memory back only when the canvas has no size any more. */
export function release(surface: Surface): void {
  resize(surface, 0, 0);
}
