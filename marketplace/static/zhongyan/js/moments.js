// Times are written in Beijing time by the server and true without this. Here a viewer elsewhere also
// reads his own, and "time left" keeps counting by the platform's clock (data-now), never the viewer's.
const words = document.documentElement.dataset;
const language = document.documentElement.lang;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const read = new WeakMap();

// The platform's clock as the page brought it, moved on by the viewer's stopwatch.
function serverNow(element) {
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

function fill(root) {
  root.querySelectorAll("time[data-moment]").forEach(alsoOwnZone);
  root.querySelectorAll("[data-left-until]").forEach(count);
}

fill(document);
setInterval(() => document.querySelectorAll("[data-left-until]").forEach(count), 15000);
document.addEventListener("htmx:load", (event) => fill(event.target));
