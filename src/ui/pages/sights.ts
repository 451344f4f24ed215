import type { PageId } from "../../board/pages/page-id.ts";

/** Tells which pictures of pages are in sight, or nearly. */
export interface Sights {
  watch(id: PageId, picture: Element): void;
  forget(picture: Element): void;
  close(): void;
}

/** What will be in sight after so much scrolling counts. */
const AHEAD = "120px";

export function createSights(onSight: (id: PageId, inSight: boolean) => void): Sights {
  const ids = new Map<Element, PageId>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const id = ids.get(target);
        if (id !== undefined) onSight(id, isIntersecting);
      }
    },
    { rootMargin: AHEAD },
  );
  return {
    watch(id, picture) {
      ids.set(picture, id);
      observer.observe(picture);
    },
    forget(picture) {
      ids.delete(picture);
      observer.unobserve(picture);
    },
    close: () => observer.disconnect(),
  };
}
