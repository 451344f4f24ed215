/** When a change is told: `now` where it goes together with what can be seen already. */
export type Urgency = "soon" | "now";
