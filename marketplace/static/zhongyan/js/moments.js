// Times are written in Beijing time by the server and true without this. Here a viewer elsewhere also
// reads his own, and "time left" keeps counting by the platform's clock (data-now), never the viewer's.
const words = document.documentElement.dataset;
const language = document.documentElement.lang;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const read = new WeakMap();

let asked = null;

// The platform's clock as it was asked last, or as the page brought it, moved on by the viewer's stopwatch.
function serverNow(element) {
  if (asked !== null) return asked + performance.now();
  if (!read.has(element)) read.set(element, Date.parse(element.dataset.now) - performance.now());
  return read.get(element) + performance.now();
}

function inZone(moment, timeZone) {
  return new Intl.DateTimeFormat(language, {
    timeZone, year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(moment);
}

function alsoOwnZone(element) {
  if (element.dataset.ownZone) return;
  const moment = new Date(element.dateTime);
  const own = inZone(moment, zone);
  if (own === inZone(moment, "Asia/Shanghai")) return;
  const note = document.createElement("span");
  note.className = "own-zone";
  note.textContent = words.wordOwnZone.replace("{time}", own).replace("{zone}", zone.replaceAll("_", " "));
  element.dataset.ownZone = zone;
  element.after(" ", note);
}

function leftWords(milliseconds) {
  const minutes = Math.floor(milliseconds / 60000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (milliseconds <= 0) return words.leftOver;
  const kind = days === 0 ? (hours === 0 ? "leftMinutes" : "leftHours") : days === 1 ? "leftDay" : "leftDays";
  return words[kind].replace("{d}", days).replace("{h}", hours).replace("{m}", minutes % 60);
}

function count(element) {
  const left = Date.parse(element.dataset.leftUntil) - serverNow(element);
  const said = leftWords(left);
  if (element.textContent !== said) element.textContent = said;
  element.toggleAttribute("data-soon", left < 3 * 86400000);
}

function tick(element) {
  const said = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium",
  }).format(serverNow(element));
  if (element.textContent !== said) element.textContent = said;
}

// A stopwatch stands still while the machine sleeps. Half the way there and back is what the answer took.
async function ask() {
  const shown = document.querySelector("[data-clock]");
  if (!shown || document.hidden) return;
  const sent = performance.now();
  try {
    const answer = await fetch(shown.dataset.clockSrc, { cache: "no-store", credentials: "omit" });
    const told = Date.parse((await answer.json()).now);
    if (answer.ok && !Number.isNaN(told)) asked = told - (sent + performance.now()) / 2;
  } catch {
    return; // without an answer the clock goes on as it was
  }
}

function fill(root) {
  root.querySelectorAll("time[data-moment]").forEach(alsoOwnZone);
  root.querySelectorAll("[data-left-until]").forEach(count);
  root.querySelectorAll("[data-clock]").forEach(tick);
}

fill(document);
setInterval(() => document.querySelectorAll("[data-left-until]").forEach(count), 15000);
setInterval(() => document.querySelectorAll("[data-clock]").forEach(tick), 500);
setInterval(ask, 600000);
document.addEventListener("visibilitychange", ask);
ask();
document.addEventListener("htmx:load", (event) => fill(event.target));
