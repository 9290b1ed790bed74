/** What stands around the flags in `evb dlq redrive --help`: an incident, step by step. */
export const redriveRunbook = {
  before: `Examples:
  evb dlq redrive orders-dlq --dry-run
  evb dlq redrive orders-dlq --error-code NO_PERMISSIONS --canary 5 --wait 1m
  evb dlq redrive orders-dlq --rule orders-to-billing --to queue:billing-replay --rate 20
  evb dlq redrive orders-dlq --to bus --yes --json > redriven.ndjson

When a queue has filled up:
  1. find it         evb dlq ls -b orders
  2. understand it   evb dlq peek orders-dlq --group-by error-code,rule
                     evb dlq peek orders-dlq --max 1
  3. mend the cause  a redrive into a broken target only brings the messages back
  4. see the plan    evb dlq redrive orders-dlq --dry-run
  5. try a few       evb dlq redrive orders-dlq --max 1
  6. do the rest     evb dlq redrive orders-dlq --canary 5 --rate 50
  7. look again      evb dlq ls -b orders
`,
  after: `
Where messages go (--to):
  target      only to the target that failed, with the input that its rule makes now. Queues and event
              buses can be sent to; for other targets use --to bus.
  bus         PutEvents on the bus of the rule: every rule that matches fires again, and the event gets
              a new id. bus:NAME names another bus. Events of AWS services cannot be published again.
  queue:NAME  the whole message, with its attributes, to a queue.
  source      the queue whose redrive policy put the message here.

What is promised:
  The whole message is in the journal, on disk, before it is sent; the acknowledgement is on disk before
  the message is deleted. Nothing is lost by a crash, a full disk or a network that goes away. A message
  whose acknowledgement is in the journal is not sent again; one whose acknowledgement could not be
  written, as on a full disk, is sent again and reported as possibly double. Messages that do not pass
  the filters stay invisible while the command runs and are given back at its end.

When it was interrupted (Ctrl-C, crash, power):
  Run the same command again. What was acknowledged is only deleted. What was sent without an answer is
  sent again and reported as possibly double; --in-doubt hold leaves it in the queue instead. After a
  crash messages may stay invisible for a minute; the command waits for those it knows of.

When something must be taken back:
  evb dlq restore JOURNAL --to QUEUE puts every message back that was deleted.
`,
};
