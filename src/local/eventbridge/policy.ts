/** A statement of a bus's policy; those of a whole policy may have any members. */
export interface Statement {
  readonly Sid?: string;
  readonly [member: string]: unknown;
}

/** The statements of a policy text. A policy may have a single one without a list. */
export function statementsOf(policy: string | undefined): Statement[] {
  if (policy === undefined) return [];
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  return Array.isArray(Statement) ? Statement : [Statement];
}

export const renderPolicy = (statements: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
