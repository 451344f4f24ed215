/** Where a developer looks. Never a place for what people drew or for their addresses in full. */
export interface Log {
  /** Something was wrong and was dealt with: a rejected message, a failed write. */
  warn(message: string, detail?: unknown): void;
}
