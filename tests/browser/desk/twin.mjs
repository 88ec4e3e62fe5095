// The local twin, started for one file of tests and stopped with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { ROOT } from "./tools.mjs";

const BINARY = process.env.DESK ?? `${ROOT}target/debug/local`;

/** A Monday, nine o'clock where the company is. */
export const START = "2026-10-05T08:00:00Z";

const JSON_TYPE = { "content-type": "application/json", accept: "application/json" };

/** A running twin that keeps nothing. */
export class Twin {
  #process;

  /** Starts one; `flags` are further ones of its command line. */
  static async start(...flags) {
    const twin = new Twin();
    const usual = ["--memory", "--port", "0", "--start", START, "--template", "infra/template.yaml"];
    twin.#process = spawn(BINARY, [...usual, ...flags], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: twin.#process.stdout })) {
      twin.url = line.match(/Complain +(http:\S+)\//)?.[1];
      if (twin.url) return twin;
    }
    throw new Error("The twin has ended before it said where it listens.");
  }

  async stop() {
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
  }

  /** Moves the clock on, an ISO 8601 duration; all that was due is done then. */
  async passes(duration) {
    await this.#json("/twin/clock", { method: "POST", body: JSON.stringify({ advance: duration }) });
  }

  /** Moves on to the first of the next month, shortly after the report on this one. */
  async nextMonth() {
    await this.#json("/twin/clock", { method: "POST", body: JSON.stringify({ to: "next-month" }) });
  }

  /** What was mailed, oldest first, to one address or to all. */
  async mails(to) {
    const mails = await this.#json("/twin/mails");
    return mails.filter((mail) => !to || [mail.to].flat().includes(to));
  }

  /** The newest private link that was mailed to this address, or another link of the mail. */
  async link(to, kind = "link") {
    const found = (await this.mails(to)).map((mail) => mail.text.match(new RegExp(`http\\S+/${kind}/\\S+`))?.[0]);
    return found.filter(Boolean).at(-1);
  }

  /** A complaint that a program posts: its reference, promises and link. */
  async complains(fields) {
    const accepted = await this.#json("/complaints", { method: "POST", body: JSON.stringify(fields) });
    await this.passes("PT1S");
    return accepted;
  }

  /** Somebody of staff as a program: `does(reference, route, body)` on the version that stands. */
  async program(name, role) {
    const { token } = await this.#json(`/twin/token?name=${name}&role=${role}`);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${token}` };
    return {
      does: async (reference, route, body) => {
        const at = `/staff/complaints/${reference}`;
        const { version } = await this.#json(at, { headers });
        const done = { method: "POST", headers: { ...headers, "if-match": `"${version}"` } };
        return this.#json(`${at}/${route}`, { ...done, body: JSON.stringify(body) });
      },
    };
  }

  async #json(path, options = {}) {
    const reply = await fetch(this.url + path, { ...options, headers: { ...JSON_TYPE, ...options.headers } });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  }
}
