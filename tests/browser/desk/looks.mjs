// What holds of every page, whoever looks at it: found by axe-core, measured, counted.
import { axe } from "./tools.mjs";

/** The narrowest screen that is looked at. */
const NARROW = 360;
/** What a page may weigh, its stylesheet not counted. */
const LARGEST = 100_000;

/** What is looked for in each theme: they differ in their colours only. */
const THEMES = { light: "{}", dark: '{ runOnly: ["color-contrast"] }' };

/** Looks at the page that is open and says what is wrong with it, each fault a line. */
export async function looksAt(page, name, themes = ["light", "dark"]) {
  const faults = [];
  const say = (fault) => faults.push(`${name}: ${fault}`);
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    for (const found of await finds(session, THEMES[colorScheme])) say(`${colorScheme}: ${found}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  const size = page.viewportSize();
  await page.setViewportSize({ ...size, width: NARROW });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > NARROW) say(`is ${width} pixels wide on a screen of ${NARROW}`);
  await page.setViewportSize(size);
  const weight = (await page.content()).length;
  if (weight > LARGEST) say(`weighs ${weight} bytes`);
  await session.detach();
  return faults;
}

async function finds(session, options) {
  const expression = `axe.run(${options}).then((found) => JSON.stringify(found.violations.map((fault) =>
    fault.id + " at " + fault.nodes.map((node) => node.html.slice(0, 160)).join(" and "))))`;
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", { expression, awaitPromise: true });
  if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.exception?.description}`);
  return JSON.parse(result.value);
}

/** What can be reached by the keyboard and is not, or is without being seen to be. */
export async function tabsThrough(page) {
  const wanted = await page.evaluate(() => {
    document.querySelectorAll("details").forEach((part) => (part.open = true));
    document.activeElement?.blur();
    const all = 'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]';
    const radios = new Set();
    const isStop = (element) => {
      if (element.tabIndex < 0 || element.disabled || !element.checkVisibility()) return false;
      // Of a group of choices one is a stop; the others are reached by the arrows.
      if (element.type !== "radio") return true;
      return !radios.has(element.name) && radios.add(element.name);
    };
    const stops = [...document.querySelectorAll(all)].filter(isStop);
    stops.forEach((element, number) => (element.dataset.stop = number));
    return stops.map((element) => element.outerHTML.slice(0, 120));
  });
  const reached = new Set();
  const seen = new Set();
  // A date has several stops within itself.
  for (let presses = 0; reached.size < wanted.length && presses < 2 * wanted.length + 20; presses++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const { activeElement: element } = document;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      return { stop: Number(element.dataset.stop ?? -1), isSeen };
    });
    if (at.stop < 0) continue;
    reached.add(at.stop);
    if (at.isSeen) seen.add(at.stop);
  }
  const fault = (html, number) => {
    if (!reached.has(number)) return `is not reached: ${html}`;
    return seen.has(number) ? [] : `has the focus, and nobody sees it: ${html}`;
  };
  return wanted.flatMap(fault);
}
