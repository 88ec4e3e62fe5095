// What goes wrong while people write, and that nothing of what they wrote is lost by it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { PHONE, stage } from "./desk/browser.mjs";
import { Customer } from "./desk/customer.mjs";
import { MIA, SAM, Staff } from "./desk/staff.mjs";

const STORY = "My card was charged twice.\nI called, and nobody called back.";

const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

describe("what is typed", () => {
  const desk = stage();
  const posts = (name) => desk.twin.complains({ email: `${name}@example.com`, description: STORY });

  for (const javaScriptEnabled of [true, false]) {
    it(`comes back with a mistake, which the page leads to, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const ann = await Customer.at(desk.browser, desk.twin, { viewport: PHONE, javaScriptEnabled });
      await ann.goes("/");
      await ann.page.locator("details.more > summary").click();
      await ann.fills(ann.main, { description: STORY, email: "ann at example", needs: "Large print" });
      await desk.twin.passes("PT30S");
      assert.equal(await ann.sends(ann.main), 422);
      const summary = ann.page.getByRole("alert");
      assert.ok(await isFocused(summary), "the summary of what is wrong has the focus");
      assert.match(await ann.page.title(), /^Error: /);
      for (const [name, typed] of Object.entries({ description: STORY, email: "ann at example", needs: "Large print" }))
        assert.equal(await ann.page.locator(`[name=${name}]`).inputValue(), typed);
      await summary.getByRole("link").click();
      const email = ann.page.locator("#email");
      assert.ok(await isFocused(email), "its link leads into the field");
      assert.equal(await email.getAttribute("aria-invalid"), "true");
      await email.fill("ann@example.com");
      assert.equal(await ann.sends(ann.main), 200);
      await ann.page.getByText("nobody called back").first().waitFor({ state: "attached" });
      await ann.leaves();
    });
  }

  it("is there again when somebody goes back after a mistake", async () => {
    const ann = await Customer.at(desk.browser, desk.twin);
    await ann.goes("/");
    await ann.fills(ann.main, { description: STORY, email: "ann at example" });
    assert.equal(await ann.sends(ann.main), 422);
    await ann.page.goBack();
    assert.equal(await ann.page.locator("#description").inputValue(), STORY);
    assert.equal(await ann.page.locator("#email").inputValue(), "ann at example");
    await ann.leaves();
  });

  it("stays when somebody else has changed the complaint meanwhile", async () => {
    const { reference } = await posts("bea");
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
    const mia = await Staff.signedIn(desk.browser, desk.twin, MIA);
    await sam.opens(reference);
    const form = await sam.form("contact");
    await sam.fills(form, { channel: "phone", text: "Told them\nthat we look into it." });
    await mia.opens(reference);
    await mia.does("assign", { owner: SAM[0] });
    assert.equal(await sam.sends(form), 409);
    const notice = sam.page.getByRole("alert");
    await notice.getByText("Changed by somebody else").waitFor();
    assert.ok(await isFocused(notice));
    assert.equal(await sam.page.locator("main [name=text]").inputValue(), "Told them\nthat we look into it.");
    assert.equal(await sam.page.locator("main [name=channel]").inputValue(), "phone");
    assert.equal(await sam.sends(sam.page.locator("main")), 200);
    await sam.page.getByText("Recorded:").waitFor();
    await sam.page.locator(".history").getByText("that we look into it.").waitFor();
    await Promise.all([sam.leaves(), mia.leaves()]);
  });

  it("outlives the session of who writes it", async () => {
    const { reference } = await posts("cleo");
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
    await sam.opens(reference);
    await sam.does("triage", { category: "billing", severity: "normal" });
    const form = await sam.form("note");
    await sam.fills(form, { note: "What took a long\ntime to write." });
    await desk.twin.passes("PT13H");
    assert.equal(await sam.sends(form), 401);
    const [other] = await Promise.all([
      sam.context.waitForEvent("page"),
      sam.page.getByRole("link", { name: /Sign in/ }).click(),
    ]);
    await sam.signsIn(other);
    await other.close();
    const again = await sam.sends(sam.page.locator("main"));
    // Meanwhile a date may have passed, which is a change like another's.
    if (again === 409) assert.equal(await sam.sends(sam.page.locator("main")), 200);
    await sam.page.locator(".history").getByText("What took a long").waitFor();
    await sam.leaves();
  });

  for (const [how, forgets] of [
    ["that is over", async () => desk.twin.passes("PT2H")],
    ["whose cookie is gone", async (ann) => ann.context.clearCookies()],
  ]) {
    it(`outlives the session of a customer ${how}`, async () => {
      const ann = await Customer.at(desk.browser, desk.twin, { viewport: PHONE });
      const email = `${forgets.length}@example.com`;
      const reference = await ann.complains({ description: STORY, email });
      const form = await ann.form("/information");
      await ann.fills(form, { text: "Here is what\nI forgot." });
      await forgets(ann);
      assert.ok((await ann.sends(form)) >= 404);
      await ann.page.getByRole("heading", { name: "Your page has closed meanwhile" }).waitFor();
      const closed = ann.page;
      ann.page = await ann.context.newPage();
      await ann.comesBack(email);
      await ann.page.close();
      ann.page = closed;
      assert.equal(await ann.sends(ann.main), 200);
      await ann.page.getByRole("heading", { name: "Thank you, we have it" }).waitFor();
      const sam = await Staff.signedIn(desk.browser, desk.twin, SAM);
      await sam.opens(reference);
      await sam.page.locator(".history").getByText("I forgot.").waitFor();
      await Promise.all([ann.leaves(), sam.leaves()]);
    });
  }

  it("comes as a file by a plain form as well", async () => {
    const ann = await Customer.at(desk.browser, desk.twin, { viewport: PHONE, javaScriptEnabled: false });
    const reference = await ann.complains({ description: STORY, email: "dora@example.com" });
    await ann.goes(`/my/${reference}/files`);
    await ann.sendsFile("receipt.png");
    await ann.goes(`/my/${reference}`);
    await ann.page.getByText("receipt.png").waitFor();
    const sam = await Staff.signedIn(desk.browser, desk.twin, SAM, { acceptDownloads: true });
    await sam.opens(reference);
    const [file] = await Promise.all([
      sam.page.waitForEvent("download"),
      sam.page.getByRole("link", { name: "Download receipt.png" }).click(),
    ]);
    assert.equal(file.suggestedFilename(), "receipt.png");
    await Promise.all([ann.leaves(), sam.leaves()]);
  });

  it("weighs nothing twice: the stylesheet is fetched once", async () => {
    const ann = await Customer.at(desk.browser, desk.twin);
    await ann.goes("/");
    await ann.goes("/?lang=de");
    const fetched = await ann.page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name, transferSize }) => [new URL(name).pathname, transferSize]),
    );
    assert.deepEqual(fetched, [["/style.css", 0]]);
    for (const path of ["/", "/style.css", "/proof.js"]) {
      const { headers } = await fetch(desk.twin.url + path);
      assert.equal(headers.get("strict-transport-security"), "max-age=63072000; includeSubDomains", path);
    }
    await ann.leaves();
  });
});
