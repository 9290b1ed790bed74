/**
 * A pattern that EventBridge would refuse. `message` is the engine's own sentence, `line` and `column` (from 1, in
 * UTF-16 units) say how far the text had been read, and `awsMessage` is the text as the service prints it.
 * Some refusals have no place: an address that is none, a rule that is too complex, too many combinations.
 */
export class PatternError extends Error {
  override readonly name = "PatternError";
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly awsMessage: string;
  /** Whether the words are ours: of a text that is no JSON, and where the engine itself fails on what it has read. */
  readonly isOwn: boolean;

  constructor(
    message: string,
    place?: { line: number; column: number },
    awsMessage: string = message,
    isOwn = false,
  ) {
    super(message);
    this.isOwn = isOwn;
    this.line = place?.line;
    this.column = place?.column;
    this.awsMessage = awsMessage;
  }
}

/** An event that is no JSON object. `offset` counts bytes from the first one that was given. */
export class EventError extends Error {
  override readonly name = "EventError";
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
