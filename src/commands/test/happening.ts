import type { EvbError } from "../../core/errors.ts";
import type { Reason } from "../../core/pattern/index.ts";
import type { Coverage } from "../../core/suite/coverage.ts";
import type { Failure } from "../../core/suite/failure.ts";

export type TestHappening =
  /** With `--watch`: a file is wrong, which is waited for to be mended. */
  | { readonly kind: "mistake"; readonly error: EvbError }
  | { readonly kind: "waiting"; readonly files: number }
  | { readonly kind: "changed"; readonly path: string }
  | { readonly kind: "warning"; readonly text: string }
  /** With `--live`: so many temporary rules are being made. */
  | { readonly kind: "live"; readonly rules: number }
  /** Something of that name could not be removed. */
  | { readonly kind: "left"; readonly name: string }
  | { readonly kind: "suite"; readonly path: string; readonly bus: string }
  | ({ readonly kind: "test" } & TestResult)
  | { readonly kind: "kept"; readonly file: string }
  | ({ readonly kind: "coverage"; readonly bus: string } & Coverage)
  | ({ readonly kind: "summary" } & Summary);

export interface TestResult {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly events: number;
  readonly ms: number;
  /** Empty when the test has passed. */
  readonly failures: readonly ShownFailure[];
}

export interface ShownFailure extends Omit<Failure, "explain"> {
  /** Which of several events it is about. */
  readonly event?: string;
  /** The rules that it is about, and why they match or do not. */
  readonly why: readonly { readonly rule: string; readonly reasons: readonly Reason[] }[];
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  /** Left out by `--filter` and `--tag`, or after `--bail`. */
  readonly skipped: number;
  readonly ms: number;
  /** Percent, over all buses; only with `--coverage`. */
  readonly coverage?: number;
  readonly minCoverage?: number | undefined;
}
