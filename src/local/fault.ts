/**
 * An error as an AWS service answers it. `code` is the wire name (`ResourceNotFoundException`), without
 * a namespace; `query` the older code that SQS also sends in `x-amzn-query-error`.
 */
export class ServiceFault extends Error {
  readonly code: string;
  readonly status: number;
  readonly query: string | undefined;

  constructor(code: string, message: string, status = 400, query?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.query = query;
  }
}
