// Everything by the keyboard alone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { stage } from "./desk/browser.mjs";
import { Customer } from "./desk/customer.mjs";
import { tabsThrough } from "./desk/looks.mjs";
import { MIA, SAM, Staff } from "./desk/staff.mjs";

const FOUND = { finding: "Sent twice.", root_cause: "it", preventable: true };
const OFFER = {
  outcome: "upheld",
  explanation: "You were charged twice.",
  remedies: [{ kind: "apology", promised_by: "2026-10-30" }],
};

/** Presses Tab until this is reached. */
async function tabsTo(page, selector) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  assert.fail(`${selector} is not reached`);
}

async function enters(person) {
  await Promise.all([
    person.page.waitForEvent("load"),
    person.page.keyboard.press("Enter"),
  ]);
}

describe("by the keyboard alone", () => {
  const desk = stage();

  it("a customer complains and accepts what is proposed", async () => {
    const ann = await Customer.at(desk.browser, desk.twin);
    const { page, twin } = ann;
    await ann.goes("/");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await tabsTo(page, "#description");
    await page.keyboard.type("Charged twice.");
    await tabsTo(page, "#email");
    await page.keyboard.type("ann@example.com");
    await tabsTo(page, "main button[type=submit]");
    await twin.passes("PT30S");
    await enters(ann);
    const reference = await page.locator("h1 .code").innerText();
    await twin.passes("PT1M");
    const sam = await twin.program(...SAM);
    await sam.does(reference, "assign", { owner: SAM[0] });
    await sam.does(reference, "triage", { category: "billing", severity: "normal" });
    await sam.does(reference, "contact", { channel: "phone", text: "Called." });
    await sam.does(reference, "investigate", FOUND);
    await sam.does(reference, "propose", OFFER);
    await ann.goes(`/my/${reference}`);
    await tabsTo(page, "[name=answer]");
    await page.keyboard.press("Space");
    await tabsTo(page, ".asked button[type=submit]");
    await enters(ann);
    await page.getByRole("heading", { name: "Thank you for accepting" }).waitFor();
    await ann.leaves();
  });

  it("staff take a complaint on and triage it", async () => {
    const { reference } = await desk.twin.complains({ email: "bea@example.com", description: "Charged twice." });
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
    const { page } = sam;
    await tabsTo(page, "#find");
    await page.keyboard.type(reference);
    await enters(sam);
    await tabsTo(page, "#assign > summary");
    await page.keyboard.press("Enter");
    await tabsTo(page, "#assign button");
    await enters(sam);
    await tabsTo(page, "#triage > summary");
    await page.keyboard.press("Enter");
    await tabsTo(page, "#triage [name=severity]");
    await page.keyboard.type("High");
    await tabsTo(page, "#triage button");
    await enters(sam);
    await page.locator(".tags").getByText("High").waitFor();
    await sam.leaves();
  });

  it("keys lead about the desk, and do nothing in a field", async () => {
    const { reference } = await desk.twin.complains({ email: "dora@example.com", description: "Charged twice." });
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
    const { page } = sam;
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.waitForURL("**/staff/complaints?queue=open");
    await page.keyboard.press("j");
    assert.equal(await page.evaluate(() => document.activeElement.matches("table.queue tbody th a")), true);
    await page.keyboard.press("x");
    assert.equal(await page.locator("#several :checked").count(), 1);
    await page.keyboard.press("/");
    await page.keyboard.type(`gu${reference}`);
    assert.equal(await page.locator("#find").inputValue(), `gu${reference}`);
    assert.match(page.url(), /queue=open$/);
    await sam.leaves();
  });

  it("keys ask before they leave words behind that were not sent", async () => {
    const { reference } = await desk.twin.complains({ email: "emil@example.com", description: "Charged twice." });
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
    const { page } = sam;
    await sam.goes(`/staff/complaints/${reference}`);
    await page.locator("#contact > summary").click();
    await page.locator("#contact textarea").fill("We are looking into it.");
    await page.locator("#contact > summary").focus();
    const asked = page.waitForEvent("dialog");
    const pressed = page.keyboard.press("n");
    const dialog = await asked;
    assert.match(dialog.message(), /was not sent/);
    await dialog.dismiss();
    await pressed;
    assert.match(page.url(), new RegExp(`${reference}$`));
    assert.equal(await page.locator("#contact textarea").inputValue(), "We are looking into it.");
    await sam.leaves();
  });

  it("everything on a page is reached, and seen to be", async () => {
    const { reference, link } = await desk.twin.complains({ email: "cleo@example.com", description: "Charged twice." });
    const ann = await Customer.at(desk.browser, desk.twin);
    const faults = [];
    const tabs = async (person, path) => {
      if (path) await person.goes(path);
      faults.push(...(await tabsThrough(person.page)).map((fault) => `${person.page.url()} ${fault}`));
    };
    await tabs(ann, "/");
    await ann.goes(link);
    await ann.sends(ann.main);
    await tabs(ann);
    await tabs(ann, `/my/${reference}/files`);
    const mia = await Staff.signedIn(desk.browser, desk.twin, MIA);
    const pages = ["complaints?queue=open", `complaints/${reference}`, "new-complaint", "dashboard", "reports", "settings"];
    for (const page of pages) await tabs(mia, `/staff/${page}`);
    assert.deepEqual(faults, []);
    await Promise.all([ann.leaves(), mia.leaves()]);
  });
});
