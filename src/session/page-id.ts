/** `session.n` in base 36; FIRST_PAGE is there without having been made. */
export type PageId = string;
export const FIRST_PAGE: PageId = "";
