// The way past every page of the desk. `sees(name)` is called on each as soon as it is open; `words` is what people
// write in every field.
import assert from "node:assert/strict";

import { FIN, MIA, SAM, Staff } from "./staff.mjs";

const QUEUES = ["mine", "unowned", "due", "overdue", "waiting", "escalated", "open"];
const BY = "2026-11-30";

/** Shortly before the end of a month, so that its report is near. */
export const LATE = ["--start", "2026-10-29T08:00:00Z"];

export async function pagesOfStaff({ browser, twin }, { options, words }, visit) {
  const fields = { name: words, description: words, needs: words, people_involved: words, order_reference: words };
  const post = (name) => twin.complains({ ...fields, email: `${name}@example.com` });
  const { reference: worked } = await post("worked");
  const { reference: fresh } = await post("fresh");
  await held(twin, words);
  const sam = await Staff.at(browser, twin, options);
  Object.assign(sam, { name: SAM[0], role: SAM[1] });
  const walk = { sam, twin, words, worked, fresh, sees: (name) => visit(name, sam.page) };
  await theDoor(walk);
  await theQueues(walk);
  await aCase(walk);
  await itsMistakes(walk);
  await anEntry(walk);
  await sam.leaves();
  const mia = await Staff.signedIn(browser, twin, MIA, options);
  await whatManagersSee({ mia, twin, worked, sees: (name) => visit(name, mia.page) });
  await mia.leaves();
  const fin = await Staff.signedIn(browser, twin, FIN, options);
  await whatDecidersSee({ fin, twin, words, fresh, sees: (name) => visit(name, fin.page) });
  await fin.leaves();
}

async function held(twin, words) {
  const body = new URLSearchParams({ description: words, name: words, email: "bot@example.com", website: "x" });
  const reply = await fetch(`${twin.url}/complaints`, { method: "POST", body, headers: { accept: "application/json" } });
  assert.equal(reply.status, 201);
}

async function theDoor({ sam, sees }) {
  await sam.goes("/staff/complaints?queue=unowned");
  await sees("sign-in of the twin");
  await sam.signsIn();
}

async function theQueues({ sam, worked, sees }) {
  for (const queue of [...QUEUES, "held"]) {
    await sam.goes(`/staff/complaints?queue=${queue}`);
    await sees(`queue ${queue}`);
  }
  const find = sam.page.locator("form.find");
  await sam.fills(find, { text: "<i>" });
  assert.equal(await sam.sends(find), 422);
  await sees("nothing to find");
  await sam.fills(find, { text: "worked@example.com" });
  assert.equal(await sam.sends(find), 200);
  await sees("found");
  assert.equal((await sam.goes("/staff/complaints/28T-5CY-01J")).status(), 404);
  await sees("desk 404");
  assert.equal((await sam.goes("/staff/dashboard")).status(), 403);
  await sees("not in this role");
  await sam.opens(worked);
}

async function aCase({ sam, twin, words, worked, sees }) {
  await sees("case, new");
  await sam.does("assign");
  await sam.does("triage", { category: "billing", severity: "high", loss: "12.50", note: words });
  const level = await twin.program(...MIA);
  await sees("case, triaged");
  await level.does(worked, "contact", { channel: "email", text: words });
  await level.does(worked, "investigate", { note: words });
  await level.does(worked, "consultation", { department: "payments", question: words });
  await level.does(worked, "consultation-answer", { consultation: 1, answer: words });
  await level.does(worked, "investigate", { finding: words, root_cause: "it", preventable: true });
  await sam.opens(worked);
  await sees("case, investigated");
  await sam.tries("files", { channel: "letter" });
  await sees("file to add");
  const name = `${words.slice(0, 80).replaceAll("/", " ")}.txt`;
  await sam.page.setInputFiles("input[type=file]", { name, mimeType: "text/plain", buffer: Buffer.from(words) });
  await sam.sends(sam.page.locator("main"));
  await twin.passes("PT1M");
  await sees("case, file sent");
  const remedies = [{ kind: "refund", amount: "25.00", promised_by: BY }];
  await level.does(worked, "propose", { outcome: "upheld", explanation: words, remedies });
  await level.does(worked, "answer", { proposal: 1, answer: "accept", reason: words, channel: "phone" });
  await level.does(worked, "implement", { remedy: 1, details: words });
  await sam.opens(worked);
  await sees("case, followed up");
}

async function itsMistakes({ sam, twin, words, fresh, sees }) {
  await sam.opens(fresh);
  assert.equal(await sam.tries("contact", { text: "" }), 422);
  await sees("action with mistakes");
  await sam.opens(fresh);
  const letter = await sam.form("contact");
  await sam.fills(letter, { channel: "email", text: words });
  assert.equal(await sam.sends(letter, "[name=preview]"), 200);
  await sees("letter before it goes out");
  await sam.opens(fresh);
  assert.equal(await sam.tries("assign", { owner: "pat@northgate.example" }), 403);
  await sees("action not in this role");
  await sam.opens(fresh);
  const form = await sam.form("contact");
  const other = await twin.program(...MIA);
  await other.does(fresh, "assign", { owner: MIA[0] });
  await sam.fills(form, { text: words });
  assert.equal(await sam.sends(form), 409);
  await sees("action on what somebody else changed");
}

async function anEntry({ sam, words, twin, sees }) {
  await sam.goes("/staff/new-complaint");
  await sees("entry");
  const main = sam.page.locator("main");
  await sam.fills(main, { description: words });
  assert.equal(await sam.sends(main), 422);
  await sees("entry with mistakes");
  await twin.passes("PT13H");
  assert.equal(await sam.sends(main), 401);
  await sees("session over");
  await sam.goes("/staff/complaints");
  await sam.signsIn();
  await sam.page.locator("form.out button").click();
  await sam.page.waitForURL("**/signed-out");
  await sees("signed out");
}

async function whatManagersSee({ mia, twin, worked, sees }) {
  await mia.opens(worked);
  await sees("case, for a manager");
  await mia.goes("/staff/complaints?queue=open");
  await mia.page.locator("#several input[type=checkbox]").first().check();
  assert.equal(await mia.sends(mia.page.locator("#several")), 200);
  await sees("assigned several");
  await mia.goes("/staff/dashboard");
  await sees("dashboard");
  await mia.goes("/staff/reports");
  await sees("reports, none");
  await mia.goes("/staff/settings");
  await sees("settings");
  await mia.goes("/staff/accesses");
  await sees("who looked at what");
  await twin.nextMonth();
  await mia.goes("/staff/reports");
  await mia.signsIn();
  await sees("reports");
  await mia.page.locator("main table a").first().click();
  await mia.page.waitForURL("**/staff/reports/2026-10");
  await sees("report");
  await mia.goes("/staff/dashboard");
  await sees("dashboard, next month");
  await mia.goes("/staff/complaints?queue=overdue");
  await sees("queue overdue, next month");
}

async function whatDecidersSee({ fin, twin, words, fresh, sees }) {
  const other = await twin.program(...MIA);
  // To the second level, and on to the third.
  for (let level = 1; level < 3; level++) await other.does(fresh, "escalate", { reason: words });
  await fin.goes("/staff/complaints?queue=escalated");
  await sees("queue escalated, for a final decider");
  await fin.opens(fresh);
  await sees("case, for a final decider");
  const report = "/staff/reports/2026-10";
  await fin.goes(report);
  await sees("report, for a final decider");
  assert.equal(await fin.tries("report-action", { what: words }), 422);
  await sees("action on a report with mistakes");
  for (const due of ["2026-11-10", "2026-12-10"]) {
    await fin.goes(report);
    await fin.does("report-action", { what: words.slice(0, 300).replaceAll("\n", " "), owner: MIA[0], due });
  }
  await sees("report, with actions");
  await endsFirst(fin, report, { ending: "given_up" }, 422);
  await sees("end of an action with a mistake");
  await endsFirst(fin, report, { ending: "done" }, 200);
  await sees("report, with an action that has ended");
  await fin.goes("/staff/reports");
  await sees("reports, with an open action");
  await fin.goes("/staff/dashboard");
  await sees("dashboard, for a final decider");
}

/** Says of the first action on a report what became of it. */
async function endsFirst(fin, report, fields, status) {
  await fin.goes(report);
  const part = fin.page.locator('details:has(form[action$="/end"])').first();
  await part.locator("summary").click();
  await fin.fills(part, fields);
  assert.equal(await fin.sends(part), status);
}
