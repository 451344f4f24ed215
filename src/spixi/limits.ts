/**
 * The longest text of one message, in characters. Even if each of them needs a six-character escape
 * in the JSON, its URL stays under 1.5 million characters; the page dies somewhere above 2 million.
 */
export const MAX_TEXT_LENGTH = 180_000;

/**
 * The largest stored value: the host rewrites whole tables and echoes whole values. Its URL has about 730,000
 * characters, for it is base64 of JSON that holds base64.
 */
export const MAX_VALUE_BYTES = 400 * 1024;

/** Table and key names: what is a file name on every platform. */
export const STORAGE_NAME = /^[a-z0-9-]+$/;
