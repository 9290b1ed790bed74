import { ServiceFault } from "../fault.ts";

/** The refusals of the schema registry. Codes and statuses are the service model's; the sentences are ours. */

export const badRequest = (message: string) => new ServiceFault("BadRequestException", message, 400);
export const notFound = (message: string) => new ServiceFault("NotFoundException", message, 404);
export const conflict = (message: string) => new ServiceFault("ConflictException", message, 409);
export const forbidden = (message: string) => new ServiceFault("ForbiddenException", message, 403);
export const preconditionFailed = (message: string) =>
  new ServiceFault("PreconditionFailedException", message, 412);
