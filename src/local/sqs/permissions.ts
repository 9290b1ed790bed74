import type { Queue } from "./queue.ts";

export interface PermissionStatement {
  readonly Sid?: string;
  readonly [member: string]: unknown;
}

interface PolicyText {
  readonly Statement?: PermissionStatement | readonly PermissionStatement[];
}

const read = (queue: Queue): PolicyText => JSON.parse(queue.values.get("Policy") ?? "{}");

export const readStatements = (queue: Queue): PermissionStatement[] => [read(queue).Statement ?? []].flat();

/** Into the policy that is there, or one as AddPermission begins it (recorded November 2023); without statements none. */
export function writeStatements(queue: Queue, statements: readonly PermissionStatement[]): void {
  const policy = {
    Version: "2008-10-17",
    Id: `${queue.origin.arn}/SQSDefaultPolicy`,
    ...read(queue),
    Statement: statements,
  };
  queue.setAttributes({ Policy: statements.length === 0 ? "" : JSON.stringify(policy) });
}
