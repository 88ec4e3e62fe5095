// Keys for who works at the desk all day. Everything is there without them: they press and focus what is on the page.
// They do nothing while a field has the focus, and can be turned off where they are described.
(() => {
  "use strict";
  const OFF = "desk-keys-off";
  const places = {
    m: "mine", u: "unowned", d: "due", o: "overdue", w: "waiting", e: "escalated", a: "open", h: "held",
  };

  // Where a browser keeps nothing for us the keys are on.
  const kept = () => {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  };
  const isOff = () => kept()?.getItem(OFF) === "yes";

  const row = () => document.activeElement?.closest?.("table.queue tbody tr");
  const move = (by) => {
    const stops = [...document.querySelectorAll("table.queue tbody th a, main details.way > summary")];
    if (stops.length === 0) return false;
    const here = document.activeElement;
    const at = stops.findIndex((stop) => stop === here || (row() && row() === stop.closest("tr")));
    const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by;
    stops[Math.min(Math.max(next, 0), stops.length - 1)].focus();
    return true;
  };
  const choose = () => {
    const box = row()?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
    return Boolean(box);
  };
  const focus = (id) => {
    const field = document.getElementById(id);
    field?.focus();
    return Boolean(field);
  };
  // What is typed and not sent would be gone with the page; a form that came back, or with a letter, holds such words too.
  const isChanged = (field) => {
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(chosen, 0);
  };
  const isUnsent = () => {
    const forms = [...document.querySelectorAll("main form[method=post]:not(#several)")];
    const cameBack = document.querySelector("main .letter, main [role=alert]") !== null;
    const fields = (form) => [...form.querySelectorAll("input:not([type=hidden]), textarea, select")];
    return forms.some((form) => cameBack || fields(form).some(isChanged));
  };
  const go = (place) => {
    if (!isUnsent() || window.confirm("Leave this page? What you typed here was not sent.")) {
      window.location.assign(place);
    }
    return true;
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: choose,
    n: () => go("/staff/new-complaint"),
    "/": () => focus("find"),
    "?": () => go("/staff/settings#keyboard"),
  };

  // When `g` was pressed, if that was the last key.
  let going = null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isOff()) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const isGoing = going !== null && event.timeStamp - going < 1500;
    going = null;
    let done = false;
    if (isGoing) done = event.key in places && go(`/staff/complaints?queue=${places[event.key]}`);
    else if (event.key === "g") going = event.timeStamp;
    else if (Object.hasOwn(keys, event.key)) done = keys[event.key]();
    if (done) event.preventDefault();
  });

  const toggle = document.getElementById("keys-off");
  if (toggle && kept()) {
    toggle.checked = isOff();
    toggle.closest("[hidden]")?.removeAttribute("hidden");
    toggle.addEventListener("change", () => {
      if (toggle.checked) kept().setItem(OFF, "yes");
      else kept().removeItem(OFF);
    });
  }
})();
