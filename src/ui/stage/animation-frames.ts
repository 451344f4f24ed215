/** AnimationFrames for everything on the canvas that moves. */
export interface AnimationFrames {
  /** Calls back before the next paint with the time in milliseconds; returns how to take it back. */
  request(task: (now: number) => void): () => void;
}

/** `root` carries `data-idle`: no frame is waiting, the picture is up to date and still. */
export function createAnimationFrames(root: HTMLElement): AnimationFrames {
  const frames = new Set<number>();
  const showIdle = (): void => {
    const idle = String(frames.size === 0);
    if (root.dataset["idle"] !== idle) root.dataset["idle"] = idle;
  };
  return {
    request(task) {
      const handle = requestAnimationFrame((now) => {
        frames.delete(handle);
        task(now);
        showIdle();
      });
      frames.add(handle);
      showIdle();
      return () => {
        cancelAnimationFrame(handle);
        frames.delete(handle);
        showIdle();
      };
    },
  };
}
