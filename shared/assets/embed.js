// The form in a company's own page: it is the very form of the desk, and its answers, put in place of what stands in the
// element that the script's data-into names. Nothing else is loaded but what the form itself needs, and nothing is styled:
// classes are there for the page to do so. Where it cannot be had, what stood there stays.
(() => {
  "use strict";
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const place = document.querySelector(script.dataset.into || "#complaint-form");
  const lang = script.dataset.lang || document.documentElement.lang;
  if (!place) return;

  // Names of ours that the page may have as well.
  const rename = (name) => `complaint-${name}`;
  const renameAll = (element, attribute) => {
    const names = element.getAttribute(attribute);
    if (names) element.setAttribute(attribute, names.split(" ").map(rename).join(" "));
  };

  const lead = (element, attribute) => {
    const to = element.getAttribute(attribute);
    if (to.startsWith("#")) element.setAttribute(attribute, `#${rename(to.slice(1))}`);
    else if (to.startsWith("/")) element.setAttribute(attribute, origin + to);
  };

  // The page has its own first heading.
  const demote = (heading) => {
    const lower = document.createElement("h2");
    lower.append(...heading.childNodes);
    for (const { name, value } of heading.attributes) lower.setAttribute(name, value);
    heading.replaceWith(lower);
  };

  const adapt = (main) => {
    main.querySelectorAll("h1").forEach(demote);
    for (const element of main.querySelectorAll("*"))
      for (const attribute of ["id", "for", "aria-describedby", "aria-labelledby"]) renameAll(element, attribute);
    main.querySelectorAll("[href]").forEach((element) => lead(element, "href"));
    main.querySelectorAll("[action]").forEach((element) => lead(element, "action"));
    // Seen by nobody here either: it catches machines.
    main.querySelectorAll("[aria-hidden]").forEach((element) => (element.hidden = true));
  };

  // Of what says that something went wrong, only the form with it takes the form's place.
  const show = (html, isWell) => {
    const main = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (!main || !(isWell || main.querySelector("form"))) return false;
    const scripts = [...main.querySelectorAll("script")];
    scripts.forEach((element) => element.remove());
    adapt(main);
    place.replaceChildren(...document.adoptNode(main).childNodes);
    // What was parsed does not run; a script of ours that is made here does.
    for (const { attributes } of scripts) {
      const again = document.createElement("script");
      again.src = origin + attributes.src.value;
      place.append(again);
    }
    return true;
  };

  const ask = async (path, options) => {
    const reply = await fetch(origin + path, { headers: { accept: "text/html" }, ...options });
    return show(await reply.text(), reply.ok);
  };

  const focus = (selector) => {
    const element = place.querySelector(selector);
    if (!element) return false;
    element.tabIndex = -1;
    element.focus();
    return true;
  };

  // The form stays as it is, with a word of what is wrong above its button.
  const sayFailed = (form) => {
    let notice = form.querySelector("[data-notice]");
    if (!notice) {
      notice = document.createElement("p");
      notice.dataset.notice = "";
      notice.className = "error";
      notice.setAttribute("role", "alert");
      form.querySelector("button[type=submit]").parentElement.before(notice);
    }
    notice.textContent = form.dataset.failed;
  };

  let sending = false;
  place.addEventListener("submit", async (event) => {
    // A form that the page itself put here goes its own way, and the script that proves some work may not be ready.
    const form = event.target;
    if (event.defaultPrevented || form.dataset.failed === undefined) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    form.setAttribute("aria-busy", "true");
    const to = new URL(form.action);
    to.searchParams.set("embedded", "1");
    const body = new URLSearchParams(new FormData(form));
    const shown = await ask(to.pathname + to.search, { method: "POST", body }).catch(() => false);
    sending = false;
    form.removeAttribute("aria-busy");
    if (!shown) sayFailed(form);
    else if (!focus("[role=alert]")) focus("h2");
  });

  ask(`/?embedded=1&lang=${encodeURIComponent(lang)}`).catch(() => {});
})();
