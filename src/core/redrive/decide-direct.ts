import { parseArn } from "../arn.ts";
import { utf8Bytes } from "../event/size.ts";
import { decideBus } from "./decide-bus.ts";
import { sendToQueue } from "./decide-queue.ts";
import { type Case, type Decision, type Sending, skip } from "./decision.ts";
import type { Need } from "./facts.ts";
import { hash } from "./fingerprint.ts";
import type { DeadLetter } from "./letter.ts";
import type { Message } from "./message.ts";
import { deduplicationMs, makeParcel, type ParcelChanges } from "./outgoing.ts";
import { partitionKey } from "./relay.ts";

/** What is to arrive, and what the destination's kind may want beside it. */
export interface Goods extends ParcelChanges {
  readonly body: string;
  /** For streams. */
  readonly partitionKeyPath?: string | undefined;
}

/** An execution's name is taken for so long after its end. Source: Step Functions API reference, StartExecution. */
const executionMs = 90 * 86_400_000;

/** Source: SNS quotas, message size. */
const topicBytes = 256 * 1024;

/** A service that a caller with permission can hand an event to; undefined where only EventBridge can. */
export function sendDirectly(
  letter: DeadLetter,
  message: Message,
  about: Case,
  destination: string,
  goods: Goods,
): Decision | Need | undefined {
  const arn = parseArn(destination);
  if (arn === undefined) return undefined;
  const home = parseArn(about.sourceArn);
  if (arn.region !== home?.region && arn.service !== "events")
    return skip(
      `${destination} is in ${arn.region || "no region"}, and this run works in ${home?.region}`,
      "--to queue:NAME or bus:NAME sends elsewhere",
    );
  const { body } = goods;
  const send = (way: Way): Decision => ({
    do: "send",
    sending: { arn: destination, bytes: utf8Bytes(body), ...way } as Sending,
  });
  switch (arn.service) {
    case "sqs":
      return sendToQueue(message, about, destination, goods);
    case "events":
      return arn.resource.startsWith("event-bus/")
        ? decideBus(letter, message, about, destination)
        : undefined;
    case "sns": {
      const { redrives, deduplicationId, now } = about;
      const changes = { redrives: redrives + 1, deduplicationId, ...goods };
      const parcel = makeParcel(message, { arn: destination, maxBytes: topicBytes }, now, changes);
      const id = parcel.deduplicationId;
      return send({ to: "topic", parcel, once: id === undefined ? undefined : { id, ms: deduplicationMs } });
    }
    case "lambda":
      return send({ to: "function", body });
    case "states": {
      const name = about.deduplicationId ?? executionName(letter, destination, body);
      return send({ to: "state-machine", body, name, once: { id: name, ms: executionMs } });
    }
    case "kinesis":
      return arn.resource.startsWith("stream/")
        ? send({ to: "stream", body, partitionKey: partitionKey(letter, goods.partitionKeyPath) })
        : undefined;
    default:
      return undefined;
  }
}

type Distribute<T> = T extends unknown ? Omit<T, "arn" | "bytes"> : never;
type Way = Distribute<Sending>;

/**
 * The same for the same event, rule, machine and input, whoever redrives it and from wherever: so a second try starts
 * nothing. An input that has been mended since gives another name.
 */
function executionName(letter: DeadLetter, machine: string, body: string): string {
  const id = (letter.event?.id ?? letter.messageId).replace(/[^\w-]/g, "-").slice(0, 50);
  return `evb-${id}-${hash(`${letter.ruleArn ?? ""}\n${machine}\n${body}`).toString(36)}`;
}
