import type { Rule } from "../bus.ts";

/** The policy that lets the rules that send to a queue send to it; undefined when there are none. */
export function letInPolicy(queueArn: string, rules: readonly Rule[]): string | undefined {
  const senders = rules.filter(({ targets }) =>
    targets.some(({ Arn, DeadLetterConfig }) => Arn === queueArn || DeadLetterConfig?.Arn === queueArn),
  );
  if (senders.length === 0) return undefined;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: senders.map(({ arn }, index) => ({
      Sid: `rule${index}`,
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": arn } },
    })),
  });
}
