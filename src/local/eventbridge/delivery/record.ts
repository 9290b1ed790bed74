/** What came of one event at one target. */
export interface DeliveryRecord {
  readonly eventId: string;
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn: string;
  /** Milliseconds, when this came to be. */
  readonly at: number;
  /** Tries so far. */
  readonly attempts: number;
  /**
   * `delivered`; `retrying`: failed and will be tried again; `dead-lettered`; `dropped`: given up, and no dead-letter
   * queue has it; `skipped`: EventBridge never calls the target, because its input is no JSON.
   */
  readonly status: "delivered" | "retrying" | "dead-lettered" | "dropped" | "skipped";
  readonly errorCode?: string;
  readonly reason?: string;
  /** What the target was sent. */
  readonly body?: string;
}
