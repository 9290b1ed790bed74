import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The examples for users import the package by its name.
  resolve: { alias: { "evb-cli": join(import.meta.dirname, "src/index.ts") } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // A thread that is ended while Node parses an answer takes the whole process with it; a process goes alone.
    pool: "forks",
    // Two cores is what CI has; more workers only make timings noisier.
    maxWorkers: 2,
    // Loading the SDK and our sources once a worker, not once a file, takes a third off the suite.
    isolate: false,
    setupFiles: ["test/clean-environment.ts"],
    // A shared machine may stall for seconds. What fails twice is broken, and the report names what needed two tries.
    retry: process.env.CI ? 1 : 0,
    // A test never sees the account of the person who runs it.
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
  },
});
