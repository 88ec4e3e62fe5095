// A customer, in whatever language: what they do is found by where forms lead, not by words.
import { Person } from "./browser.mjs";

/** A picture of a single dot, a file like any other. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export class Customer extends Person {
  get main() {
    return this.page.locator("main");
  }

  /** The form that leads to this address, unfolded where it is folded. */
  async form(action) {
    const form = this.page.locator(`form[action*="${action}"]`);
    if (!(await form.isVisible())) await form.locator("xpath=ancestor::details/summary").click();
    return form;
  }

  /** Fills in a form and sends it: the status of what comes. */
  async posts(action, fields = {}) {
    const form = await this.form(action);
    await this.fills(form, fields);
    return this.sends(form);
  }

  /** Complains by the form, and is on the private page of the complaint: its reference. */
  async complains(fields) {
    await this.goes("/");
    await this.page.locator("details.more > summary").click();
    await this.fills(this.main, fields);
    // Nobody writes that fast.
    await this.twin.passes("PT30S");
    await this.sends(this.main);
    const reference = new URL(this.page.url()).pathname.split("/").at(-1);
    await this.twin.passes("PT1M");
    return reference;
  }

  /** Opens the private page by the newest link that was mailed. */
  async comesBack(email) {
    await this.twin.passes("PT1M");
    await this.goes(await this.twin.link(email));
    await this.sends(this.main);
  }

  /** Sends a file from the page of files. */
  async sendsFile(name) {
    await this.page.setInputFiles("input[type=file]", { name, mimeType: "image/png", buffer: PNG });
    await this.sends(this.main);
    await this.twin.passes("PT1M");
  }
}
