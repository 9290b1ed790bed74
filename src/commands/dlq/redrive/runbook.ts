/** What stands around the flags in `evb dlq redrive --help`: an incident, step by step. */
export const redriveRunbook = {
  before: `Examples:
  evb dlq redrive orders-dlq --dry-run
  evb dlq redrive orders-dlq --error-code NO_PERMISSIONS --canary 5 --wait 1m
  evb dlq redrive orders-dlq --rule orders-to-billing --to queue:billing-replay --rate 20
  evb dlq redrive orders-dlq --to bus --yes --json > redriven.ndjson
  evb dlq redrive orders-dlq --error-code INVALID_JSON --transform mend.json --dry-run
  evb dlq redrive orders-work-dlq --to source --native

When a queue has filled up:
  1. find it         evb dlq ls --all                  which queues, how many, how long SQS keeps them
  2. understand it   evb dlq peek orders-dlq           at a terminal: groups, messages, one in full with
                                                       its reason and what mends it
                     evb dlq peek orders-dlq --group-by error-code,detail.customer.tier
  3. make it safe    evb dlq drain orders-dlq --to orders.ndjson.gz --keep
                     a copy on disk, when the oldest are about to be dropped
  4. mend the cause  a redrive into a broken target only brings the messages back
  5. see the plan    evb dlq redrive orders-dlq --dry-run
  6. try one         evb dlq redrive orders-dlq --max 1
  7. do the rest     evb dlq redrive orders-dlq --canary 5 --rate 50
  8. look again      evb dlq ls --all
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

When the target is slow:
  --rate holds in every second. Without it, as many calls as --concurrency says are in flight; where the
  destination throttles, half as many, and then one more after the other again.

When the events themselves are at fault (--transform FILE):
  A template in the language of \`evb put\` that sees the event as \`event\`, and messageId, kind, errorCode,
  errorMessage, rule and target as \`deadLetter\`, and gives the event back:
    {"$mergeDeep": [{"$eval": "event"}, {"detail": {"currency": "EUR"}}]}
  What of the envelope it leaves out stays as it was. --dry-run shows the difference. If it gives no
  valid event of even one message, nothing is sent. The journal keeps the message as it was.

When everything just goes back (--to source --native):
  SQS moves the messages itself, with its message move task: quick, but without filters, canary, limits
  or a journal, and only for queues that a redrive policy feeds. Ctrl-C cancels it.

When something must be taken back:
  evb dlq restore JOURNAL --to QUEUE puts every message back that was deleted.

How it ends:
  0 everything that passed the filters was redriven; 3 something was not, and the command to go on is
  printed; 2 bad input, nothing was sent; 4 AWS could not be used; 130 Ctrl-C.
`,
};
