// Every page, in both themes: accessible, within the screen and the weight of a page, and without a trace of the markup
// that somebody wrote into every field.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { stage } from "./desk/browser.mjs";
import { looksAt } from "./desk/looks.mjs";
import { policy } from "./desk/policy.mjs";
import { LIMITED, pagesOfCustomers } from "./desk/pages_of_customers.mjs";
import { LATE, pagesOfStaff } from "./desk/pages_of_staff.mjs";

/** What does harm wherever it is not shown as it stands. */
const MARKUP = `<script>document.title="owned"</script><img src=x onerror='document.title="owned"'>"'--><b>{{7*7}}`;

/** So many are walked through at the least: one that nobody comes to any more is missed. */
const PAGES = { ofCustomers: 38, ofStaff: 45 };

/** Its head has a drawing in place of the company's name. */
const LOGO = `[company.logo]
width = 120
height = 24
shapes = [{ path = "M0 0h24v24H0z", colour = "#8a1538", colour_dark = "#ff9db0" }, { path = "M32 4h88v16H32z" }]
`;

/** Elements that only somebody's text can have brought, and a title that only a script can have set. */
async function isOwned(page) {
  const strange = await page.locator('img, iframe, object, b, script:not([src]), [onerror]').count();
  return strange > 0 || (await page.title()) === "owned";
}

async function checks(page, name, faults, themes) {
  if (await isOwned(page)) faults.push(`${name}: markup that somebody wrote is alive`);
  faults.push(...(await looksAt(page, name, themes)));
  const logo = page.getByRole("link", { name: "Northgate Bank" }).locator("svg path").first();
  if (!name.includes("of the twin")) assert.match(await logo.evaluate((path) => getComputedStyle(path).fill), /^rgb\(138/);
}

describe("every page", () => {
  const desk = stage(...LATE, ...policy(LIMITED + LOGO));
  // The colours are those of the other language.
  for (const [locale, themes] of [
    ["en-GB", ["light", "dark"]],
    ["de-DE", ["light"]],
  ]) {
    it(`of customers is fit for everybody in ${locale}`, async () => {
      const faults = [];
      const seen = new Set();
      await pagesOfCustomers(desk, { options: { locale }, words: MARKUP }, async (name, page) => {
        seen.add(name);
        assert.equal(await page.locator("html").getAttribute("lang"), locale.slice(0, 2), name);
        await checks(page, name, faults, themes);
      });
      assert.deepEqual(faults, []);
      assert.ok(seen.size >= PAGES.ofCustomers, `${seen.size} pages`);
    });
  }

  it("of the desk is fit for everybody", async () => {
    const faults = [];
    const seen = new Set();
    await pagesOfStaff(desk, { options: {}, words: MARKUP }, async (name, page) => {
      seen.add(name);
      await checks(page, name, faults);
    });
    assert.deepEqual(faults, []);
    assert.ok(seen.size >= PAGES.ofStaff, `${seen.size} pages`);
  });

  it("and every letter shows markup as it was written", async () => {
    const page = await desk.browser.newPage();
    const letters = (await desk.twin.mails()).filter((mail) => mail.html);
    for (const { subject, html } of letters) {
      await page.setContent(html);
      assert.equal(await isOwned(page), false, subject);
    }
    assert.ok(letters.some(({ html }) => html.includes("&#60;script&#62;")), "some letters quote it");
    await page.close();
  });
});
