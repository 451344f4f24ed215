/** Something the board must be good at, and how good it was. */
export interface Goal {
  readonly name: string;
  readonly limit: string;
  readonly figures: string;
  readonly met: boolean;
}
