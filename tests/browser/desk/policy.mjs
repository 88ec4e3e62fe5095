// A policy of a company's own, as a file for the twin; gone when the tests of a file are over.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const HEAD = `version = 2
effective = "2026-01-01"
change = "Our own"
approved_by = "Board of directors"
`;

/** The flags with which the twin takes it: what differs from the built-in policy, as TOML. */
export function policy(differs) {
  const folder = mkdtempSync(join(tmpdir(), "complaints-"));
  const file = join(folder, "policy.toml");
  writeFileSync(file, HEAD + differs);
  after(() => rmSync(folder, { recursive: true }));
  return ["--policy", file];
}
