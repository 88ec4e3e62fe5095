// The form in the company's own site, at another origin: as plain HTML, and by our script.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Person, PHONE, stage } from "./desk/browser.mjs";
import { looksAt } from "./desk/looks.mjs";
import { Site } from "./desk/site.mjs";

const STORY = "My card was charged twice.\nI called, and nobody called back.";

const site = await Site.open();

describe("the form in a page of the company's own site", () => {
  const desk = stage("--origins", site.url);
  before(() => site.leadsTo(desk.twin.url));
  after(() => site.close());

  const visits = async (path, options) => {
    const ann = await Person.at(desk.browser, desk.twin, options);
    await ann.page.goto(site.url + path);
    return ann;
  };

  for (const javaScriptEnabled of [true, false]) {
    it(`is plain HTML, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
      const ann = await visits("/plain.html", { javaScriptEnabled, viewport: PHONE });
      await ann.fills(ann.page.locator("main"), { description: STORY });
      assert.equal(await ann.sends(ann.page.locator("main")), 422);
      await ann.page.getByRole("alert").waitFor();
      assert.equal(await ann.page.locator("#description").inputValue(), STORY);
      await ann.page.fill("#email", "plain@example.com");
      assert.equal(await ann.sends(ann.page.locator("main")), 200);
      await ann.page.getByRole("heading", { name: "We have your complaint" }).waitFor();
      await ann.leaves();
    });
  }

  it("is put there by our script, says what is wrong and keeps what was typed", async () => {
    const ann = await visits("/script.html");
    const { page } = ann;
    const form = page.locator("#complaint form");
    await form.waitFor();
    assert.equal(await form.locator("[name=website]").isVisible(), false, "machines see it, people do not");
    await ann.fills(form, { description: STORY, email: "ann at example" });
    await form.locator("button").click();
    const alert = page.locator("#complaint [role=alert]");
    await alert.waitFor();
    assert.ok(await alert.evaluate((element) => element === document.activeElement));
    assert.equal(await form.locator("[name=description]").inputValue(), STORY);
    await alert.getByRole("link").click();
    const email = form.locator("[name=email]");
    assert.ok(await email.evaluate((element) => element === document.activeElement));
    await email.fill("ann@example.com");
    await ann.twin.passes("PT30S");
    await form.locator("button").click();
    const thanks = page.locator("#complaint").getByRole("heading", { name: "We have your complaint" });
    await thanks.waitFor();
    assert.ok(page.url().startsWith(`${site.url}/script.html`), "nobody was sent away");
    const reference = await page.locator("#complaint .reference").innerText();
    await ann.twin.passes("PT1M");
    const [mail] = await ann.twin.mails("ann@example.com");
    assert.ok(mail.text.includes(reference));
    await page.locator("#complaint").getByRole("link", { name: "Open my private page" }).click();
    await ann.sends(page.locator("main"));
    await page.getByText(reference).first().waitFor();
    await ann.leaves();
  });

  it("speaks the page's language, and is fit for everybody", async () => {
    const ann = await visits("/skript.html", { viewport: PHONE });
    const form = ann.page.locator("#complaint form");
    await form.getByRole("button", { name: "Beschwerde absenden" }).waitFor();
    assert.deepEqual(await looksAt(ann.page, "embedded"), []);
    await form.locator("button").click();
    await ann.page.locator("#complaint [role=alert]").getByText("Bitte").waitFor();
    assert.deepEqual(await looksAt(ann.page, "embedded, with mistakes"), []);
    await ann.leaves();
  });

  it("loses nothing while we are not heard of", async () => {
    const ann = await visits("/script.html");
    const form = ann.page.locator("#complaint form");
    await ann.fills(form, { description: STORY, email: "bea@example.com" });
    await ann.twin.passes("PT30S");
    await ann.context.route(`${ann.twin.url}/complaints**`, (route) => route.abort());
    await form.locator("button").click();
    await form.getByRole("alert").getByText("Nothing you wrote is lost").waitFor();
    assert.equal(await form.locator("[name=description]").inputValue(), STORY);
    await ann.context.unrouteAll();
    await form.locator("button").click();
    await ann.page.getByRole("heading", { name: "We have your complaint" }).waitFor();
    assert.ok(ann.faults.every((fault) => fault.includes("ERR_FAILED")));
    await ann.context.close();
  });

  it("keeps the form where the answer has none", async () => {
    const ann = await visits("/script.html");
    const form = ann.page.locator("#complaint form");
    await ann.fills(form, { description: STORY, email: "cem@example.com" });
    await ann.context.route(`${ann.twin.url}/complaints**`, (route) =>
      route.fulfill({
        status: 413,
        headers: { "access-control-allow-origin": site.url },
        contentType: "text/html; charset=utf-8",
        body: "<main><h1>Too large</h1></main>",
      }),
    );
    await form.locator("button").click();
    await form.getByRole("alert").getByText("Nothing you wrote is lost").waitFor();
    assert.equal(await form.locator("[name=description]").inputValue(), STORY);
    await ann.context.close();
  });

  it("leaves a plain form that stands in its place alone where it cannot take it", async () => {
    const stranger = await Site.open();
    stranger.leadsTo(desk.twin.url);
    const ann = await Person.at(desk.browser, desk.twin);
    const refused = ann.page.waitForEvent("console", (message) => message.text().includes("CORS"));
    await ann.page.goto(`${stranger.url}/both.html`);
    await refused;
    await ann.fills(ann.page.locator("#complaint"), { description: STORY, email: "dan@example.com" });
    assert.equal(await ann.sends(ann.page.locator("#complaint")), 200);
    await ann.page.getByRole("heading", { name: "We have your complaint" }).waitFor();
    await ann.twin.passes("PT1M");
    assert.equal((await ann.twin.mails("dan@example.com")).length, 1);
    await ann.context.close();
    stranger.close();
  });

  it("stays away from a site that is not in the list", async () => {
    const stranger = await Site.open();
    stranger.leadsTo(desk.twin.url);
    const ann = await Person.at(desk.browser, desk.twin);
    const refused = ann.page.waitForEvent("console", (message) => message.text().includes("CORS"));
    await ann.page.goto(`${stranger.url}/script.html`);
    await refused;
    await ann.page.getByRole("link", { name: "Complain here" }).waitFor();
    await ann.context.close();
    stranger.close();
  });
});
