/** How a target's input is made, by the API's names. At most one of the three is given; none means the whole event. */
export interface TargetInput {
  readonly Id?: string | undefined;
  /** Constant JSON. */
  readonly Input?: string | undefined;
  readonly InputPath?: string | undefined;
  readonly InputTransformer?:
    | {
        readonly InputPathsMap?: Readonly<Record<string, string | undefined>> | undefined;
        readonly InputTemplate?: string | undefined;
      }
    | undefined;
}

/** What reserved variables stand for. */
export interface InputFacts {
  readonly ruleArn: string;
  readonly ruleName: string;
  /** ISO 8601. */
  readonly ingestionTime: string;
}

/** The body, or why EventBridge would not call the target, of which it tells nobody. */
export type Transformed =
  | { readonly ok: true; readonly body: string }
  | { readonly ok: false; readonly reason: string };
