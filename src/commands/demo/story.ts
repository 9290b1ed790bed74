/** One step of the demo: what it shows, the command line that is printed and run, and what proves that it did. */
export interface Step {
  readonly title: string;
  /** As a user would type it; `> FILE` at the end sends stdout there. */
  readonly command: string;
  /** Exit code; 0 unless said. */
  readonly exit?: number;
  /** Texts that stdout and stderr together must hold. */
  readonly proof: readonly string[];
  /** Runs beside the steps that follow; its outcome is shown behind the step of the same name. */
  readonly beside?: string;
  /** Waits for the step that was started with this name. */
  readonly join?: string;
}

/** What is printed while a step beside the others must be under way before the next begins. */
export const listening = "listening";

/**
 * The bus `demo.json` differs from `order-processing.json` in one thing: the queue of billing lets nobody in.
 * Applying the second is the mending.
 */
export const story: readonly Step[] = [
  {
    title: "An event bus with three rules. The queue of one consumer, billing, refuses what it is sent",
    command: "evb local --port 0 --from demo",
    beside: "emulator",
    proof: ["1 bus, 3 rules, 4 queues", "has stopped"],
    exit: 130,
  },
  {
    title: "Watch what the fulfilment consumer receives, beside it, through a rule of our own",
    command:
      "evb tail --rule orders-to-fulfilment -b orders --max 1 --timeout 10s --json --local > event.json",
    beside: "tail",
    proof: [listening],
  },
  {
    title: "Publish an event from a template",
    command: "evb put order-placed -b orders --var orderId=A-1001 --local",
    proof: ["published"],
  },
  { title: "It came through", command: "evb tail …", join: "tail", proof: [] },
  {
    title: "Which rule does it match?",
    command: "evb test-pattern --rule orders-to-billing -b orders -e event.json --explain --local",
    proof: ["match"],
  },
  {
    title: "And why is it not reviewed?",
    command: "evb test-pattern --rule large-orders-to-review -b orders -e event.json --explain --local",
    exit: 1,
    proof: ["no match", "wanted numeric"],
  },
  {
    title: "Billing never got it: its dead-letter queue has a message",
    command: "evb dlq ls -b orders --local",
    proof: ["orders-dlq", "orders-to-billing"],
  },
  {
    title: "Why?",
    command: "evb dlq peek orders-dlq --local",
    proof: ["NO_RESOURCE", "orders-to-billing"],
  },
  {
    title: "What would a redrive do? Nothing is sent and nothing is taken",
    command: "evb dlq redrive orders-dlq --dry-run --local",
    proof: ["billing"],
  },
  {
    title: "Mend the consumer: its queue lets the rule in again",
    command: "evb local apply order-processing",
    proof: ["4 queues"],
  },
  {
    title: "Redrive: only the consumer that failed gets it, as its rule would have sent it",
    command: "evb dlq redrive orders-dlq --to target --yes --local",
    proof: ["1"],
  },
  {
    title: "Billing has it: the body is what the rule's input transformer makes",
    command: "evb dlq peek billing --json --local",
    proof: ["invoiceFor", "A-1001"],
  },
  {
    title: "And the dead-letter queue is empty",
    command: "evb dlq peek orders-dlq --local",
    proof: [],
  },
];
