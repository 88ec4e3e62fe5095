// The two packages, from where infra/checks/check installs them: beside the build, never in the source tree.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const installed = process.env.BROWSER_TOOLS ?? `${ROOT}target/checks-browser`;
const require = createRequire(`${installed}/package.json`);

export const { chromium } = require("playwright-core");
export const axe = require("axe-core").source;
