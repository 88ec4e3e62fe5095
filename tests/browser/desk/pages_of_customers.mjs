// The way past every page of customers. `sees(name)` is called on each as soon as it is open; `words` is what people
// write in every field.
import assert from "node:assert/strict";

import { Customer } from "./customer.mjs";
import { SAM } from "./staff.mjs";

const BY = "2026-10-30";
/** So many complaints one address may send on a day. */
const FEW = 6;
/** The policy that says so: what comes then is a page as well. */
export const LIMITED = `[limits]\nposts_per_address = ${FEW}\n`;

export async function pagesOfCustomers({ browser, twin }, { options, words }, visit) {
  const ann = await Customer.at(browser, twin, options);
  const staff = await twin.program(...SAM);
  const email = `ann.${options.locale}@example.com`;
  const walk = { ann, twin, staff, words, email, sees: (name) => visit(name, ann.page) };
  walk.fields = {
    description: words,
    name: words,
    email,
    phone: "+44 20 7946 0000",
    incident_date: "2026-10-01",
    order_reference: words,
    people_involved: words,
    remedy_wanted: words,
    on_behalf_of: words,
    needs: words,
  };
  await theForm(walk);
  const reference = await thePrivatePage(walk);
  await itsResolution(walk, reference);
  await itsLinks(walk, reference);
  await otherEnds(walk);
  await tooMany(walk);
  await theDepartment(walk, reference);
  await ann.leaves();
}

async function theForm({ ann, twin, fields, sees }) {
  await ann.goes("/");
  await sees("form");
  assert.equal(await ann.sends(ann.main), 422);
  await sees("form with mistakes");
  const key = ann.page.locator('[name="idempotency_key"]');
  const first = await key.inputValue();
  await ann.fills(ann.main, { description: fields.description, email: `first.${fields.email}` });
  await twin.passes("PT30S");
  assert.equal(await ann.sends(ann.main), 200);
  // Another post under the same name, as from a browser that kept the page.
  await ann.goes("/");
  await key.evaluate((field, first) => (field.value = first), first);
  await ann.fills(ann.main, { description: "Something else.", email: `first.${fields.email}` });
  assert.equal(await ann.sends(ann.main), 422);
  await sees("form that was sent before");
  await ann.goes("/");
  await ann.page.locator("#website").evaluate((trap) => (trap.value = "a machine"));
  await ann.fills(ann.main, { description: "Buy this", email: `bot.${fields.email}` });
  assert.equal(await ann.sends(ann.main), 200);
  await sees("thanks for what is held");
  await twin.passes("PT1M");
}

async function thePrivatePage({ ann, twin, staff, words, fields, sees }) {
  const reference = await ann.complains(fields);
  await sees("private page, just received");
  await staff.does(reference, "assign", { owner: SAM[0] });
  await staff.does(reference, "triage", { category: "billing", severity: "normal" });
  await staff.does(reference, "information-request", { text: words });
  await twin.passes("PT1M");
  await ann.goes(`/my/${reference}`);
  await sees("private page, asked for information");
  assert.equal(await ann.posts("/information", { text: "" }), 422);
  await sees("information with a mistake");
  assert.equal(await ann.posts("/information", { text: words }), 200);
  await sees("thanks for information");
  await ann.goes(`/my/${reference}/files`);
  await sees("files, none");
  await ann.sendsFile(`${words.slice(0, 80).replaceAll("/", " ")}.png`);
  await sees("files, just sent");
  await ann.goes(`/my/${reference}/files`);
  await sees("files");
  await ann.goes(`/my/${reference}/withdrawal`);
  await sees("withdrawal, asked once more");
  return reference;
}

async function itsResolution({ ann, twin, staff, words, sees }, reference) {
  await staff.does(reference, "contact", { channel: "email", text: words });
  await staff.does(reference, "investigate", { finding: words, root_cause: "it", preventable: true });
  const remedies = [
    { kind: "apology", promised_by: BY },
    { kind: "refund", amount: "25.00", promised_by: BY },
  ];
  await staff.does(reference, "propose", { outcome: "upheld", explanation: words, remedies });
  await ann.goes(`/my/${reference}`);
  await sees("private page, proposed");
  assert.equal(await ann.posts("/answer", { reason: words }), 422);
  await sees("proposal answered with a mistake");
  const first = ann.page;
  ann.page = await ann.context.newPage();
  await ann.goes(`/my/${reference}`);
  assert.equal(await ann.posts("/answer", { answer: "accept" }), 200);
  await sees("thanks for accepting");
  await ann.page.close();
  ann.page = first;
  assert.equal(await ann.posts("/answer", { answer: "refuse" }), 409);
  await sees("answered otherwise before");
  for (const remedy of [1, 2]) await staff.does(reference, "implement", { remedy, details: words });
  await ann.goes(`/my/${reference}`);
  await sees("private page, followed up");
  assert.equal(await ann.posts("/feedback", { comment: words }), 422);
  await sees("feedback with a mistake");
  assert.equal(await ann.posts("/feedback", { comment: words, rating: "5" }), 200);
  await sees("thanks for feedback");
  await ann.goes(`/my/${reference}`);
  await sees("private page, over");
}

async function itsLinks({ ann, twin, email, sees }, reference) {
  const old = await twin.link(email);
  await ann.goes(old);
  await sees("link");
  await ann.goes(`/my/${reference}`);
  assert.equal(await ann.posts("/links"), 200);
  await sees("links ended");
  assert.equal((await ann.goes(`/my/${reference}`)).status(), 410);
  await sees("410");
  await ann.goes(old);
  assert.equal(await ann.sends(ann.main), 410);
  await sees("expired link");
  assert.equal(await ann.posts("/link/renew"), 200);
  await sees("new link sent");
  await ann.goes(`${old.slice(0, -4)}AAAA`);
  assert.equal(await ann.sends(ann.main), 404);
  await sees("altered link");
  assert.equal((await ann.goes("/my/28T-5CY-01J")).status(), 404);
  await sees("404");
}

async function otherEnds({ ann, twin, email, fields, sees }) {
  await ann.complains({ ...fields, email: `stranger.${email}` });
  await ann.goes(await twin.link(`stranger.${email}`, "disown"));
  await sees("not me");
  assert.equal(await ann.posts("/disown"), 200);
  await sees("not me, thanks");
  const withdrawn = await ann.complains({ ...fields, email: `second.${email}` });
  assert.equal(await ann.posts("/escalation", { text: fields.description }), 200);
  await sees("went up");
  await ann.goes(`/my/${withdrawn}`);
  assert.equal(await ann.posts("/erasure"), 200);
  await sees("erasure asked for");
  await ann.goes(`/my/${withdrawn}/withdrawal`);
  assert.equal(await ann.posts("/withdrawal", { reason: fields.description }), 200);
  await sees("withdrawn");
  await ann.goes(`/my/${withdrawn}`);
  await sees("private page, withdrawn");
}

async function tooMany({ ann, twin, email, sees }) {
  const many = { email: `many.${email}`, description: "Again." };
  for (let posts = 0; posts < FEW; posts++) await twin.complains(many);
  await ann.goes("/");
  await ann.fills(ann.main, many);
  await twin.passes("PT30S");
  assert.equal(await ann.sends(ann.main), 429);
  await sees("429");
}

async function theDepartment({ ann, twin, staff, words, fields, sees }) {
  const reference = await ann.complains({ ...fields, email: `third.${fields.email}` });
  const asks = async () => {
    await staff.does(reference, "consultation", { department: "payments", question: words });
    await twin.passes("PT1M");
    return twin.link("payments@northgate.example", "consultation/\\d+");
  };
  await staff.does(reference, "assign", { owner: SAM[0] });
  await staff.does(reference, "triage", { category: "billing", severity: "normal" });
  const link = await asks();
  await ann.goes(link);
  await sees("department");
  assert.equal(await ann.sends(ann.main), 422);
  await sees("department with a mistake");
  await ann.fills(ann.main, { text: words });
  assert.equal(await ann.sends(ann.main), 200);
  await sees("department, thanks");
  assert.equal((await ann.goes(link)).status(), 409);
  await sees("department, answered before");
}
