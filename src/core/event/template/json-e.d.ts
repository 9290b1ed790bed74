/** The base of json-e's errors; only errors of this class are given their location on the way up. */
declare module "json-e/src/error.js" {
  export class JSONTemplateError extends Error {
    /** `.detail`, `[0]`, `["detail-type"]`, outermost first. */
    readonly location: string[];
  }
  export class TemplateError extends JSONTemplateError {}
}
