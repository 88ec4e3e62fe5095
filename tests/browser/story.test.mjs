// The whole story of a complaint by the people who are in it, as they see it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Person, PHONE, stage, WIDE } from "./desk/browser.mjs";
import { FIN, MIA, SAM, Staff } from "./desk/staff.mjs";

const ANN = "ann@example.com";
const OFFER = {
  outcome: "upheld",
  explanation: "You were charged twice. We are sorry, and pay the second charge back.",
  "remedies/0/kind": "apology",
  "remedies/0/promised_by": "2026-10-09",
  "remedies/1/kind": "refund",
  "remedies/1/amount": "25.00",
  "remedies/1/promised_by": "2026-10-12",
};

/** Complains by the form, and comes to the private page of the complaint. */
async function complains(ann) {
  await ann.goes("/");
  await ann.page.locator("details.more > summary").click();
  await ann.fills(ann.page.locator("main"), {
    description: "My card was charged twice for one purchase.",
    name: "Ann Example",
    email: ANN,
    product: "Credit card or prepaid card",
    incident_date: "2026-10-01",
  });
  // Nobody writes that fast.
  await ann.twin.passes("PT30S");
  assert.equal(await ann.sends(ann.page.locator("main")), 200);
  await ann.page.getByRole("heading", { name: "We have your complaint" }).waitFor();
  return ann.page.locator("h1 .code").innerText();
}

/** Opens the private page by the newest link that was mailed. */
async function comesBack(ann) {
  await ann.twin.passes("PT1M");
  await ann.goes(await ann.twin.link(ANN));
  await ann.sends(ann.page.locator("main"));
}

async function answers(ann, fields, thanks) {
  const form = ann.page.locator("section.asked");
  await ann.fills(form, fields);
  assert.equal(await ann.sends(form), 200);
  await ann.page.getByRole("heading", { name: thanks }).waitFor();
}

async function tells({ browser, twin }, options) {
  const ann = await Person.at(browser, twin, options);
  const reference = await complains(ann);

  const sam = await Staff.signedIn(browser, twin, SAM, options);
  await sam.page.getByRole("link", { name: reference }).click();
  await sam.does("assign");
  await sam.does("triage", { severity: "normal" });
  await sam.does("contact", { channel: "email", text: "We look into the second charge." });
  await sam.does("finding", { finding: "Sent twice after a time-out.", root_cause: "it" });
  await sam.does("propose", OFFER);

  await comesBack(ann);
  await ann.page.getByText(OFFER.explanation).waitFor();
  await answers(ann, { answer: "refuse", reason: "That is too little." }, "Thank you for your answer");

  const mia = await Staff.signedIn(browser, twin, MIA, options);
  await mia.goes("/staff/complaints?queue=escalated");
  await mia.page.getByRole("link", { name: reference }).click();
  await mia.page.getByText("That is too little.").waitFor();
  await mia.does("propose", { ...OFFER, "remedies/1/amount": "40.00" });

  await comesBack(ann);
  await ann.page.getByText("40.00").waitFor();
  await answers(ann, { answer: "refuse" }, "Thank you for your answer");

  const fin = await Staff.signedIn(browser, twin, FIN, options);
  await fin.goes("/staff/complaints?queue=escalated");
  await fin.page.getByRole("link", { name: reference }).click();
  await fin.does("propose", { ...OFFER, "remedies/1/amount": "50.00" });
  await comesBack(ann);
  await ann.page.getByRole("heading", { name: "What was decided" }).waitFor();

  await sam.opens(reference);
  await sam.does("implement", { remedy: "1", details: "Letter posted." });
  await sam.does("implement", { remedy: "2", details: "Paid to the card." });
  await twin.passes("P4D");

  await comesBack(ann);
  await answers(ann, { rating: "5", comment: "In the end, well." }, "Thank you for your feedback");
  await ann.page.getByRole("link", { name: "Back to my complaint" }).click();
  await ann.page.locator("h2").filter({ hasText: /closed/i }).waitFor();

  const again = await Staff.signedIn(browser, twin, FIN, options);
  await again.opens(reference);
  await again.page.locator(".tags").getByText("Closed").waitFor();
  await again.page.getByText("In the end, well.").waitFor();
  for (const person of [ann, sam, mia, fin, again]) await person.leaves();
}

for (const [how, options] of [
  ["on a phone, without scripts", { viewport: PHONE, javaScriptEnabled: false }],
  ["on a wide screen, with scripts", { viewport: WIDE }],
]) {
  describe(`a complaint, ${how}`, () => {
    const desk = stage();
    it("goes from the form through three levels to its close", () => tells(desk, options));
  });
}
