// The company's own site: a few static pages at an origin of their own, with the strictest policy that still lets the form
// in. Their forms are those of the README.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { ROOT } from "./tools.mjs";

/** What the README says to put into a page, with the desk at the twin's address. */
function snippets(desk) {
  const readme = readFileSync(`${ROOT}README.md`, "utf8");
  const [, section] = readme.split("## The form in your own site");
  const [plain, script] = [...section.matchAll(/```html\n([\s\S]*?)```/g)].map(([, html]) =>
    html.replaceAll("https://complaints.example.org", desk),
  );
  return { plain, script };
}

const STYLE = "body { font-family: sans-serif; } input, select, textarea { max-width: 100%; }";

const page = (lang, body) => `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contact us</title>
<link rel="stylesheet" href="/site.css">
</head>
<body><main><h1>Contact us</h1>
${body}
</main></body>
</html>`;

export class Site {
  #server;
  #desk;

  static async open() {
    const site = new Site();
    site.#server = createServer((request, response) => site.#answer(request, response));
    await new Promise((listening) => site.#server.listen(0, "127.0.0.1", listening));
    site.url = `http://localhost:${site.#server.address().port}`;
    return site;
  }

  /** Where the desk is. */
  leadsTo(desk) {
    this.#desk = desk;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer({ url }, response) {
    const { plain, script } = snippets(this.#desk);
    const pages = {
      "/plain.html": page("en", plain),
      "/script.html": page("en", script),
      "/skript.html": page("de", script),
      // The plain form is there until the script's is, and where that cannot be had.
      "/both.html": page("en", script.replace(/<a .*<\/a>/, plain)),
      "/site.css": STYLE,
    };
    const desk = this.#desk;
    response.writeHead(pages[url] ? 200 : 404, {
      "content-type": `text/${url.endsWith(".css") ? "css" : "html"}; charset=utf-8`,
      "content-security-policy":
        `default-src 'none'; style-src 'self'; script-src ${desk}; connect-src ${desk}; form-action ${desk}`,
    });
    response.end(pages[url] ?? "");
  }
}
