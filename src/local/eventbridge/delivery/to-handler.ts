import { parsed } from "../../stand-ins.ts";
import type { Handler } from "../options.ts";
import { delivered, failure, type Outcome } from "./outcome.ts";
import type { Job } from "./tries.ts";

export async function sendToHandler(handler: Handler, job: Job, attempt: number): Promise<Outcome> {
  try {
    await handler(parsed(job.body), {
      targetArn: job.target.Arn!,
      ruleArn: job.rule.arn,
      attempt,
      body: job.body,
    });
    return delivered;
  } catch (error) {
    const { code, retryable } = Object(error) as { code?: unknown; retryable?: unknown };
    return failure(
      typeof code === "string" && /^[A-Z_]+$/.test(code) ? code : "ERROR_FROM_TARGET",
      error instanceof Error ? error.message : String(error),
      retryable !== false,
    );
  }
}
