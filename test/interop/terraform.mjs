// Terraform (or OpenTofu) with the real AWS provider: apply, a plan that finds nothing to do, a change, again, destroy.
import { cp, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { openChecks, skipped } from "./checks.mjs";
import { demandLocal, onLocal } from "./local.mjs";
import { has, runCommand } from "./run-command.mjs";

export async function runTerraform(folder) {
  const command = (await has("terraform", ["version"]))
    ? "terraform"
    : (await has("tofu", ["version"]))
      ? "tofu"
      : "";
  if (command === "") return skipped("no terraform or tofu on PATH");
  const mirror = await findMirror();
  if (mirror === undefined)
    return skipped(
      "no copy of the AWS provider on this machine; EVB_TERRAFORM_PLUGINS names a folder of them",
    );
  const own = await mkdtemp(join(folder, "terraform-"));
  return onLocal((local) => run(local, command, mirror, own));
}

/** A folder with `registry.…/hashicorp/aws` in it. Nothing is fetched: the provider has 700 MB. */
async function findMirror() {
  const below = async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
  const named = process.env.EVB_TERRAFORM_PLUGINS;
  const folders = [
    ...(named ? [named] : []),
    join(homedir(), ".terraform.d/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...(await below("/opt")),
  ];
  for (const folder of folders)
    for (const registry of await below(folder))
      if ((await readdir(join(registry, "hashicorp")).catch(() => [])).includes("aws")) return folder;
  return undefined;
}

async function run(local, command, mirror, folder) {
  demandLocal(local.url);
  const { report, check } = openChecks();
  await cp(join(import.meta.dirname, "terraform/main.tf"), join(folder, "main.tf"));
  // Nothing of the person's own configuration, and no call home.
  await writeFile(join(folder, "empty.rc"), "");
  const env = {
    TF_CLI_CONFIG_FILE: join(folder, "empty.rc"),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_VAR_endpoint: local.url,
  };
  const ends = (wanted, ...args) =>
    check(args.join(" "), async () => {
      const done = await runCommand(command, [...args, "-no-color"], { cwd: folder, env, seconds: 300 });
      if (done.code === wanted) return done.out;
      throw new Error(
        `ended with ${done.code}, not ${wanted}: ${`${done.out}\n${done.err}`.trim().slice(-1500)}`,
      );
    });
  if ((await ends(0, "init", `-plugin-dir=${mirror}`)) === undefined) return report;
  const said = await runCommand(command, ["version", "-json"], { cwd: folder, env });
  const { terraform_version: version, provider_selections: providers = {} } = JSON.parse(said.out);
  report.version = `${command} ${version}, provider ${Object.values(providers).join(", ")}`;
  await ends(0, "apply", "-auto-approve");
  await ends(0, "plan", "-detailed-exitcode");
  await ends(2, "plan", "-detailed-exitcode", "-var=change=true");
  await ends(0, "apply", "-auto-approve", "-var=change=true");
  await ends(0, "plan", "-detailed-exitcode", "-var=change=true");
  await ends(0, "destroy", "-auto-approve", "-var=change=true");
  return report;
}
