// The work that a policy may ask of who sends a complaint: done by a script of ours, and no wall for who has none.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { stage } from "./desk/browser.mjs";
import { Customer } from "./desk/customer.mjs";
import { policy } from "./desk/policy.mjs";
import { SAM, Staff } from "./desk/staff.mjs";

describe("work that is asked for", () => {
  const desk = stage(...policy("limits = { proof_bits = 10 }"));

  it("is done by our script while the customer writes", async () => {
    const ann = await Customer.at(desk.browser, desk.twin);
    const reference = await ann.complains({ description: "Charged twice.", email: "ann@example.com" });
    await ann.page.locator("h1").getByText(reference).waitFor();
    assert.equal((await desk.twin.mails("ann@example.com")).length, 1);
    await ann.leaves();
  });

  it("is not there without scripts, and a person lets the post through", async () => {
    const bea = await Customer.at(desk.browser, desk.twin, { javaScriptEnabled: false });
    const reference = await bea.complains({ description: "Charged thrice.", email: "bea@example.com" });
    await bea.page.getByText(reference).first().waitFor();
    assert.equal((await desk.twin.mails("bea@example.com")).length, 0, "it is held");
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
    await sam.goes("/staff/complaints?queue=held");
    const post = sam.page.locator("article").filter({ hasText: reference });
    await sam.sends(post);
    await desk.twin.passes("PT1M");
    assert.equal((await desk.twin.mails("bea@example.com")).length, 1);
    await Promise.all([bea.leaves(), sam.leaves()]);
  });
});
