// A browser for one file of tests, and the people in front of it: each a context of their own, watched all the time.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import { chromium } from "./tools.mjs";
import { Twin } from "./twin.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 390, height: 844 };
export const WIDE = { width: 1280, height: 800 };

const HEADERS = {
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

/** What no page may say of itself, and what each has to. */
const FORBIDDEN = /unsafe-|\*|data:|blob:|https:(?!\/\/)|script-src (?!'self'(?:;|$))/;
const DEMANDED = ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"];

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}

/** A browser and a twin for the tests of a file: there once they run, and gone after them. */
export function stage(...flags) {
  const stage = {};
  before(async () => {
    stage.browser = await launch();
    stage.twin = await Twin.start(...flags);
  });
  after(async () => {
    await stage.browser?.close();
    await stage.twin?.stop();
  });
  return stage;
}

/** Somebody with a browser of their own. `faults` is what was wrong with anything that they have got so far. */
export class Person {
  faults = [];

  /** `options` are those of a Playwright context. */
  static async at(browser, twin, options = {}) {
    const person = new this();
    person.twin = twin;
    person.context = await browser.newContext({
      viewport: WIDE,
      reducedMotion: "reduce",
      locale: "en-GB",
      ...options,
    });
    person.context.setDefaultTimeout(30_000);
    person.context.on("response", (response) => person.#watch(response));
    person.context.on("weberror", (error) => person.faults.push(`script: ${error.error()}`));
    person.context.on("console", (message) => {
      // That the answer to a form was no success, Chromium calls an error as well.
      const isOfPage = /^Failed to load resource.*status of 4\d\d/.test(message.text());
      if (message.type() === "error" && !isOfPage) person.faults.push(`console: ${message.text()}`);
    });
    person.page = await person.context.newPage();
    return person;
  }

  /** Ends, and says what was wrong on the way. */
  async leaves() {
    await this.context.close();
    assert.deepEqual(this.faults, []);
  }

  async goes(path) {
    return this.page.goto(path.startsWith("http") ? path : this.twin.url + path);
  }

  /** Fills in fields by their names: true ticks, what stands in a list is chosen. */
  async fills(part, fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = part.locator(`[name="${name}"]`);
      const kind = await field.first().evaluate((element) => `${element.tagName} ${element.type}`);
      if (kind.startsWith("SELECT")) await field.selectOption(value);
      else if (kind === "INPUT radio") await part.locator(`[name="${name}"][value="${value}"]`).check();
      else if (value === true) await field.check();
      else await field.fill(value);
    }
  }

  /** Sends the form of this part of the page by its first button or another one, and waits for what comes. */
  async sends(part, button = "button[type=submit]") {
    const [answer] = await Promise.all([
      this.page.waitForResponse((response) => isPage(response) && response.status() !== 303),
      this.page.waitForEvent("load"),
      part.locator(button).first().click(),
    ]);
    return answer.status();
  }

  #watch(response) {
    const address = new URL(response.url());
    // The twin's own pages and its bucket are no part of the desk.
    if (address.origin !== this.twin.url || /^\/(twin|local-files)\//.test(address.pathname)) return;
    const faults = faultsOf(response.headers(), address.pathname);
    this.faults.push(...faults.map((fault) => `${response.status()} of ${address.pathname}: ${fault}`));
  }
}

function isPage(response) {
  return response.request().isNavigationRequest();
}

/** What may be kept, and how. */
const KEPT = {
  "/": "private, no-cache",
  "/style.css": "public, max-age=3600",
  "/proof.js": "public, max-age=3600",
  "/embed.js": "public, max-age=3600",
  "/desk.js": "public, max-age=3600",
};

function faultsOf(headers, path) {
  const policy = headers["content-security-policy"] ?? "";
  // Chromium does not keep this one with what it keeps.
  const isKnown = (name) => !(KEPT[path] && name === "strict-transport-security");
  const faults = Object.entries(HEADERS)
    .filter(([name, value]) => isKnown(name) && headers[name] !== value)
    .map(([name]) => `${name} is ${headers[name]}`);
  if (FORBIDDEN.test(policy)) faults.push(`the policy allows too much: ${policy}`);
  faults.push(...DEMANDED.filter((part) => !policy.includes(part)).map((part) => `the policy lacks ${part}`));
  const kept = headers["cache-control"];
  if (kept !== (KEPT[path] ?? "no-store")) faults.push(`may be kept: ${kept}`);
  return faults;
}
