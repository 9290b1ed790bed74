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
  4. mend the cause  step 2 says what usually does; a redrive into a broken target only brings the
                     messages back
  5. see the plan    evb dlq redrive orders-dlq --dry-run
  6. try one         evb dlq redrive orders-dlq --canary 1 --max 1
                     sends one, waits 30 s, and looks whether it comes back
  7. do the rest     evb dlq redrive orders-dlq --canary 5 --rate 50
                     the same filters as in step 5, if there were any
  8. look again      evb dlq ls --all
`,
  after: `
Where messages go (--to):
  target      only to the target that failed, with the input that its rule makes of the event now. Queues,
              topics, functions, state machines, streams and event buses are called with your own
              permissions; API destinations and all else by EventBridge, through a temporary bus that is
              removed afterwards (--watch). What SQS, Lambda or the Scheduler gave up goes back to the same
              queue, function or call. A rule or target that has gone or changed is said; then name another.
  bus         PutEvents on the bus of the rule: every rule that matches fires again, and the event gets
              a new id. --dry-run lists those rules. bus:NAME names another bus. Events of AWS services
              cannot be published again.
  queue:NAME  the whole message, with its attributes, to a queue.
  source      the queue whose redrive policy put the message here.
  an ARN      a function, topic, state machine or stream gets the event as it was, without any rule's input.

Which messages (the filters):
  Several of one kind are alternatives, kinds combine: --rule a --rule b --error-code TIMEOUT takes what
  timed out for a or for b. --pattern asks the original event, --since, --until and --older-than the time
  at which the message came into the queue (by a redrive policy: into its first queue). --max counts what
  passes all others.

What is promised:
  The whole message is in the journal, on disk, before it is sent; the acknowledgement is on disk before
  the message is deleted. Nothing is lost by a crash, a full disk or a network that goes away. A message
  whose acknowledgement is in the journal is not sent again; one whose acknowledgement could not be
  written, as on a full disk, is sent again and reported as possibly double. Messages that do not pass
  the filters stay invisible while the command runs and are given back at its end.

Where the journal is (--journal):
  By default $XDG_STATE_HOME/evb/redrive (~/.local/state/evb/redrive), one file a queue, and its name is
  printed. It holds whole messages, so it is readable by you alone; remove it when nothing is to be taken
  back any more. It also counts how often an event was redriven (--max-redrives), and one run has it at a
  time. On another machine take it along, or that machine does not know what this one has delivered.

When it was interrupted (Ctrl-C, crash, power):
  Run the same command again. The first Ctrl-C finishes what is under way and gives the rest back; a second
  one leaves at once. What was acknowledged is only deleted. What was sent without an answer is sent again
  and reported as possibly double; --in-doubt hold leaves it in the queue instead. After a crash, messages
  stay invisible for a minute or, where the run had held them for long, up to an hour: the command waits
  for a minute, and ends with 3 while some are still away; a run that --max has ended leaves that to the
  next one. --native knows nothing of what was sent.

When it stops by itself:
  A canary that fails or comes back, or a destination that refuses 20 messages in a row, stops the run.
  Mend the cause and run the same command again. A message that has been redriven 3 times is skipped;
  --max-redrives lets it pass.

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
  0 everything that passed the filters was redriven; 3 something was not: a table says what and why, and
  where going on is of use the command is printed; 2 bad input, nothing was sent; 4 AWS could not be used;
  130 Ctrl-C, 143 SIGTERM. Scripts: --yes --json gives one line a message, with status redriven, skipped or
  failed.
`,
};
