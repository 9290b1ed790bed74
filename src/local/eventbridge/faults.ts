import { ServiceFault } from "../fault.ts";

/** The refusals of EventBridge. Texts as recorded on AWS in 2024 and 2025, unless a line says otherwise. */

export const busMissing = (bus: string) =>
  new ServiceFault("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
export const busExists = (bus: string) =>
  new ServiceFault("ResourceAlreadyExistsException", `Event bus ${bus} already exists.`);
export const ruleMissing = (rule: string, bus: string) =>
  new ServiceFault("ResourceNotFoundException", `Rule ${rule} does not exist on EventBus ${bus}.`);
export const invalid = (message: string) => new ServiceFault("ValidationException", message);
export const notFound = (message: string) => new ServiceFault("ResourceNotFoundException", message);
export const alreadyExists = (message: string) => new ServiceFault("ResourceAlreadyExistsException", message);
export const overLimit = () =>
  new ServiceFault("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
/** Our wording. */
export const managed = (rule: string, by: string) =>
  new ServiceFault("ManagedRuleException", `Rule ${rule} is managed by ${by} and cannot be modified.`);
/** Code documented by ListRules and its kin; our wording. */
export const badToken = () => new ServiceFault("InvalidToken", "The specified nextToken is not valid.");
