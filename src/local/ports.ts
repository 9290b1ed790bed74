import type { Clock, Random } from "../core/clock.ts";
import type { Keeper, Ledger } from "./data/ledger.ts";
import type { RecordShape } from "./protocol/shape.ts";

/**
 * The seams between the emulated services. A service knows the others by these interfaces only,
 * so that each can be read, and tested, alone.
 */

/** What all services of one emulator share. */
export interface Site {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly random: Random;
  /** `http://127.0.0.1:4010`, no slash at the end: the base of queue URLs. */
  readonly url: string;
  /** What it listens on. */
  readonly host?: string | undefined;
  /** One line for the person who runs the emulator, such as why a delivery was refused. */
  readonly log: (line: string) => void;
  /** Told of every change of state, where it is kept. */
  readonly ledger?: Ledger | undefined;
}

/** One request, as it came in. */
export interface Call {
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Aborts when the client has hung up: ends long polls. */
  readonly hungUp: AbortSignal;
}

/** One operation: input as the SDK's type describes it, answer likewise; throws `ServiceFault`. */
export type Action<In = never, Out = object> = (
  input: In,
  call: Call,
) => Out | undefined | Promise<Out | undefined>;

/** A service that speaks AWS JSON or REST JSON: the operations by name. */
export interface Service {
  /** First half of `X-Amz-Target`: `AWSEvents`, `AmazonSQS`. */
  readonly target: string;
  readonly contentType: "application/x-amz-json-1.1" | "application/x-amz-json-1.0" | "application/json";
  /** Prefix of `__type` in errors (`com.amazonaws.sqs#`), empty where AWS sends the bare name. */
  readonly errorPrefix: (code: string) => string;
  readonly actions: ReadonlyMap<string, Action>;
  /** What each operation takes, where the server is to see to the types before the operation does. */
  readonly inputs?: Readonly<Record<string, RecordShape>>;
  /** The older protocol, where the service has one; `inputs` then names every operation that takes anything. */
  readonly query?: QueryFace;
  /** Where each operation is, for a service that speaks REST JSON. */
  readonly rest?: readonly RestRoute[];
  /** How its state is kept, where it has any. */
  readonly keeper?: Keeper;
  /** Forgets everything. */
  reset(): void;
}

/** The place of an operation in REST JSON. */
export interface RestRoute {
  readonly operation: string;
  readonly method: string;
  /** `/v1/registries/name/{RegistryName}`: a label is a member of the input. */
  readonly path: string;
  /** Of the answer when all is well. */
  readonly status: number;
  /** Parameters and the members that they are; that of a list ends in `[]`. */
  readonly query?: Readonly<Record<string, string>>;
  /** Headers, in lower case, and the members that they are. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The member that the whole body is, in and out. Then the answer's `StatusCode` is the status. */
  readonly payload?: string;
}

/** How a service speaks AWS Query: a form in, XML out. */
export interface QueryFace {
  /** What clients send as `Version`. */
  readonly version: string;
  readonly namespace: string;
  /** What each operation answers; one that is not here answers no result. */
  readonly outputs: Readonly<Record<string, RecordShape>>;
  /** Errors, by code, whose text differs in this protocol. */
  readonly messages?: Readonly<Record<string, string>>;
}

/** A message attribute of SQS, by the wire's names. */
export interface Attribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** What a bus or a topic hands to a queue, as a service and not as an account's user. */
export interface Delivery {
  /** Default: `events.amazonaws.com`. */
  readonly service?: string;
  readonly queueArn: string;
  readonly body: string;
  readonly attributes?: Readonly<Record<string, Attribute>> | undefined;
  readonly messageGroupId?: string | undefined;
  /** For FIFO queues; without it the queue must make one of the content. */
  readonly deduplicationId?: string | undefined;
  /** System attribute `AWSTraceHeader`. */
  readonly traceHeader?: string | undefined;
  /** `aws:SourceArn` that the queue's policy is asked about: the rule's or the bus's. */
  readonly sourceArn: string;
}

/** What came of a delivery. `code` is one of EventBridge's dead-letter `ERROR_CODE`s. */
export type DeliveryOutcome =
  | { readonly ok: true; readonly messageId: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly retryable: boolean };

/** The queues, as EventBridge sees them. */
export interface Queues {
  deliver(delivery: Delivery): DeliveryOutcome;
  /** For validation of dead-letter queues: is there one, and of which kind. */
  kindOf(queueArn: string): "standard" | "fifo" | undefined;
}

/** The topics, as EventBridge sees them. */
export interface Topics {
  has(topicArn: string): boolean;
  publish(topicArn: string, message: string): void;
}
