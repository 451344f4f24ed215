/** The document that a frame is about where it does not say. */
export const FIRST_DOCUMENT = 0;
/** The one that says which others there are. */
export const INDEX_DOCUMENT = 1;
export const MAX_DOCUMENT = Number.MAX_SAFE_INTEGER;
