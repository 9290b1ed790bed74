import { afterAll } from "vitest";

// Files share their worker, so what one of them sets for the SDK would reach the next one.
const before = { ...process.env };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
