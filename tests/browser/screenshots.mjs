// Pictures of every page, in both themes, on a phone and on a wide screen, to be looked at: into target/screenshots.
import { mkdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import { PHONE, stage, WIDE } from "./desk/browser.mjs";
import { LIMITED, pagesOfCustomers } from "./desk/pages_of_customers.mjs";
import { LATE, pagesOfStaff } from "./desk/pages_of_staff.mjs";
import { policy } from "./desk/policy.mjs";
import { ROOT } from "./desk/tools.mjs";

const FOLDER = process.env.SCREENSHOTS ?? `${ROOT}target/screenshots`;
const WORDS = "My card was charged twice for one purchase. I called two weeks ago, and nobody called back.";

/** One picture for each theme and screen, of all that there is on the page. */
async function takes(name, page) {
  for (const [screen, viewport] of Object.entries({ phone: PHONE, wide: WIDE })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const file = `${name.replaceAll(/[ ,]+/g, "-")}.${screen}.${colorScheme}.png`;
      await page.screenshot({ path: `${FOLDER}/${file}`, fullPage: true });
    }
  }
}

describe("pictures", () => {
  const desk = stage(...LATE, ...policy(LIMITED));
  before(() => mkdir(FOLDER, { recursive: true }));
  after(() => console.log(`They are in ${FOLDER}.`));
  for (const locale of ["en-GB", "de-DE"]) {
    it(`of customers' pages in ${locale}`, () =>
      pagesOfCustomers(desk, { options: { locale }, words: WORDS }, (name, page) =>
        takes(`${locale.slice(0, 2)} ${name}`, page),
      ));
  }
  it("of the desk", () =>
    pagesOfStaff(desk, { options: {}, words: WORDS }, (name, page) => takes(`desk ${name}`, page)));
});
