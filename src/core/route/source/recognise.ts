import { EvbError } from "../../errors.ts";
import { at, entriesOf, type Tree, textOf } from "./tree.ts";

/** What a file is, by its content. */
export type SourceKind = "template" | "cdk" | "serverless" | "terraform" | "bus file";

export const takenForms =
  "CloudFormation and SAM templates (YAML or JSON), cdk.out, serverless.yml, `terraform show -json` of a plan or a state, and bus files";

/** The kind of a document; an error that says what was seen when it is none. */
export function recognise(file: string, tree: Tree): SourceKind {
  const has = (key: string) => at(tree, key) !== undefined;
  if (has("format_version") && (has("planned_values") || has("values"))) return "terraform";
  if (has("artifacts") && has("version")) return "cdk";
  if (has("Resources") || has("AWSTemplateFormatVersion")) return "template";
  if (has("buses") || has("queues")) return "bus file";
  if (has("service") && (has("provider") || has("functions") || has("resources"))) return "serverless";
  throw notRecognised(file, tree);
}

function notRecognised(file: string, tree: Tree): EvbError {
  const has = (key: string) => at(tree, key) !== undefined;
  const taken = `taken are ${takenForms}`;
  if (has("lineage") && has("terraform_version"))
    return bad(`${file} is Terraform's own state file, whose form changes with Terraform`, [
      "terraform show -json > state.json",
    ]);
  if (has("format_version"))
    return bad(`${file} is empty: a Terraform state or plan without values`, ["apply first, or show a plan"]);
  if (has("source") || has("Source") || tree.kind === "list")
    return bad(
      `${file} defines no buses: it looks like ${tree.kind === "list" ? "a list" : "an event or a pattern"}`,
      [taken],
    );
  if (tree.kind === "leaf")
    return bad(
      `${file} defines no buses: it holds ${tree.value === null ? "nothing" : `just ${JSON.stringify(textOf(tree))?.slice(0, 60)}`}`,
      [taken],
    );
  const keys = entriesOf(tree).map(([key]) => key);
  const more = keys.length > 8 ? ` and ${keys.length - 8} more` : "";
  const seen = keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 8).join(", ")}${more}`;
  return bad(`${file} defines no buses: it is ${seen}`, [taken]);
}

const bad = (sentence: string, hints: string[]) => new EvbError("BAD_SOURCE", sentence, hints);

/** A text in a language that describes buses, but has to be turned into a document first. */
export function demandDocument(file: string, text: string): void {
  if (/^\s*(resource|provider|module|variable|terraform|data|locals|output)\s+("[^"]*"\s*)*\{/m.test(text))
    throw bad(`${file} is in Terraform's own language, which is not read`, [
      "terraform plan -out plan && terraform show -json plan > plan.json",
    ]);
  if (/^\s*(import\s.+\sfrom\s|const\s+\w+\s*=\s*require\(|from\s+aws_cdk|import\s+aws_cdk)/m.test(text))
    throw bad(`${file} is a program`, ["for a CDK app: cdk synth, and then name the folder cdk.out"]);
}
