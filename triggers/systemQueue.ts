/** Where system workflows and schedules live. */
export interface SystemQueue {
  /** Their task queue. */
  readonly feeds: string;
  /** What their ids begin with. */
  readonly prefix: string;
}
