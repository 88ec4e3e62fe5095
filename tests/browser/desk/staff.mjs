// A member of staff at the desk.
import assert from "node:assert/strict";

import { Person } from "./browser.mjs";

export const SAM = ["sam@northgate.example", "csr"];
export const MIA = ["mia@northgate.example", "manager"];
export const FIN = ["fin@northgate.example", "final"];

export class Staff extends Person {
  /** Somebody who has signed in and stands before the queue of what is nobody's. */
  static async signedIn(browser, twin, [name, role], options) {
    const person = await this.at(browser, twin, options);
    Object.assign(person, { name, role });
    await person.goes("/staff/complaints?queue=unowned");
    await person.signsIn();
    return person;
  }

  /** Says at the issuer who one is. */
  async signsIn(page = this.page) {
    await page.fill("#name", this.name);
    await page.selectOption("#role", this.role);
    await page.click("main button");
    await page.waitForURL((address) => !address.pathname.startsWith("/twin/"));
  }

  async opens(reference) {
    await this.goes(`/staff/complaints/${reference}`);
  }

  /** The form of this action on the page of a case, unfolded. */
  async form(key) {
    const part = this.page.locator(`details#${key}`);
    assert.equal(await part.count(), 1, `${key} is offered`);
    const isOpen = await part.evaluate((element) => element.open);
    if (!(await part.isVisible())) await this.page.locator("details.rare > summary").click();
    if (!isOpen) await part.locator("summary").first().click();
    return part;
  }

  /** Fills in the form of this action and sends it: the status of what comes. */
  async tries(key, fields) {
    const part = await this.form(key);
    await this.fills(part, fields);
    return this.sends(part);
  }

  /** The same, and it is done: the case says so. */
  async does(key, fields = {}) {
    assert.equal(await this.tries(key, fields), 200);
    await this.page.getByText("Recorded:").waitFor();
  }
}
