// Live updates. An element with data-live="topic …", data-live-src="/its/fragment/" and an id is fetched again when a
// message on one of its topics says that something changed. Messages carry numbers, ids and versions, never content:
// what the reader may see is decided by the page that answers. Without this every page works and is true when loaded.
(() => {
  "use strict";

  const PING = 40000;
  const PONG_WITHIN = 10000;
  const LONGEST_WAIT = 30000;
  const WAIT_LONG_FROM = 4409; // too many sockets, too large, too fast: coming back at once would not help
  const TYPING = "input:not([type=submit]):not([type=button]), textarea, select, [contenteditable]";

  const topics = new Map(); // name → { seq: last number heard or null, since: when its page was asked for }
  const dirty = new Set(); // elements to fetch again
  const fetching = new Set();
  const failures = new WeakMap();
  let socket = null;
  let attempts = 0;
  let reconnecting = 0;
  let flushing = 0;
  let pinging = 0;
  let lapse = 0;

  // --- What the page shows ------------------------------------------------------------------------------------

  const elements = () => [...document.querySelectorAll("[data-live][data-live-src]")];
  const named = (element) => element.dataset.live.split(/\s+/).filter(Boolean);

  function scan(since) {
    const wanted = new Set(elements().flatMap(named));
    const fresh = [...wanted].filter((name) => !topics.has(name));
    const gone = [...topics.keys()].filter((name) => !wanted.has(name));
    fresh.forEach((name) => topics.set(name, { seq: null, since }));
    gone.forEach((name) => topics.delete(name));
    if (topics.size && !socket && !reconnecting) connect();
    else if (open()) {
      if (fresh.length) join(fresh);
      if (gone.length) say({ leave: gone });
    }
  }

  function status(word) {
    for (const line of document.querySelectorAll("[data-live-status]")) {
      line.dataset.liveStatus = word;
      line.textContent = (word === "connected" ? line.dataset.wordConnected : line.dataset.wordLost) || "";
    }
  }

  // --- The socket ---------------------------------------------------------------------------------------------

  const open = () => socket !== null && socket.readyState === WebSocket.OPEN;
  const say = (request) => open() && socket.send(JSON.stringify(request));

  function join(names) {
    const age = (since) => Math.ceil((performance.now() - since) / 1000);
    const wishes = names.map((name) => {
      const { seq, since } = topics.get(name);
      return seq === null ? [name, null, age(since)] : [name, seq];
    });
    say({ join: wishes });
  }

  function connect() {
    clearTimeout(reconnecting);
    reconnecting = 0;
    const mine = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`);
    socket = mine;
    mine.onopen = () => {
      clearTimeout(lapse);
      lapse = setTimeout(() => { attempts = 0; }, 5000);
      status("connected");
      topics.forEach((topic) => { topic.asked = false; });
      join([...topics.keys()]);
      soon([...dirty]);
      pinging = setInterval(() => ping(mine), PING);
    };
    mine.onmessage = (event) => {
      mine.heard = performance.now();
      hear(JSON.parse(event.data));
    };
    mine.onclose = (event) => socket === mine && lost(event.code);
  }

  function ping(mine) {
    const asked = performance.now();
    say({ ping: 1 });
    setTimeout(() => {
      if (socket === mine && !(mine.heard > asked)) {
        mine.close();
        lost(0);
      }
    }, PONG_WITHIN);
  }

  // Everybody comes back after a restart, so not all at the same moment and ever more rarely.
  function lost(code) {
    drop();
    if (!topics.size) return;
    const longest = code >= WAIT_LONG_FROM ? LONGEST_WAIT : Math.min(LONGEST_WAIT, 500 * 2 ** attempts);
    attempts += 1;
    reconnecting = setTimeout(connect, longest * (0.5 + Math.random() / 2));
    if (attempts > 1) status("lost");
  }

  function drop() {
    clearInterval(pinging);
    clearTimeout(lapse);
    if (socket) socket.onclose = null;
    socket = null;
  }

  function hear(message) {
    const topic = topics.get(message.topic);
    if (!topic) return;
    if (message.type === "joined" || message.type === "resync") {
      topic.seq = message.seq;
      topic.asked = false;
      if (message.type === "resync") changed(message.topic);
    } else if (message.type === "changed" && !topic.asked && !(message.seq <= topic.seq)) {
      follow(message, topic);
    }
  }

  // One is missing: ask once for all after the last heard, and take nothing before the answer.
  function follow(message, topic) {
    topic.asked = topic.seq !== null && message.seq > topic.seq + 1;
    if (topic.asked) join([message.topic]);
    else topic.seq = message.seq;
    changed(message.topic);
  }

  // --- Fetching again -----------------------------------------------------------------------------------------

  function changed(name) {
    soon(elements().filter((element) => named(element).includes(name)));
  }

  // Several messages of one act make one fetch; a little chance keeps a thousand readers from asking at once.
  function soon(some, wait = 60 + Math.random() * 240) {
    some.forEach((element) => dirty.add(element));
    if (dirty.size && !flushing) flushing = setTimeout(flush, wait);
  }

  function flush() {
    flushing = 0;
    for (const element of [...dirty]) {
      if (!element.isConnected) dirty.delete(element);
      else if (!fetching.has(element) && !inUse(element) && !within(element)) refresh(element);
    }
    if (dirty.size) soon([], 1000);
  }

  const within = (element) => [...dirty].some((other) => other !== element && other.contains(element));

  // Nobody's typing is taken away: such an element waits until the field is left or the form is sent.
  function inUse(element) {
    const active = document.activeElement;
    if (element.contains(active) && active.matches(TYPING)) return true;
    if (element.matches(".htmx-request") || element.querySelector(".htmx-request, dialog[open]")) return true;
    // What htmx keeps across a swap (hx-preserve) is not lost, so it holds nothing up.
    const fields = [...element.querySelectorAll("input:not([type=hidden]), textarea, select")];
    return fields.some((field) => !field.closest("[hx-preserve]") && altered(field));
  }

  function altered(field) {
    if (field.matches("select")) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  }

  async function refresh(element) {
    dirty.delete(element);
    fetching.add(element);
    const text = await fetched(element);
    fetching.delete(element);
    if (text === null || !element.isConnected) return;
    if (inUse(element)) soon([element]);
    else replace(element, text);
  }

  // The fragment's text; null where there is none to show: no longer allowed (nothing is said), or the server is away.
  async function fetched(element) {
    const address = new URL(element.dataset.liveSrc, location.href);
    if (address.origin !== location.origin) return null;
    try {
      const headers = { "HX-Request": "true", "HX-Target": element.id };
      const answer = await fetch(address, { headers, redirect: "manual", cache: "no-store" });
      if (answer.ok) return await answer.text();
      if (answer.status >= 500) again(element);
    } catch {
      again(element);
    }
    return null;
  }

  function again(element) {
    const count = (failures.get(element) || 0) + 1;
    failures.set(element, count);
    if (count <= 5) setTimeout(() => soon([element]), 1000 * 2 ** count * (0.5 + Math.random()));
  }

  function replace(element, text) {
    const id = element.id;
    const rows = new Set([...element.querySelectorAll("[data-live-id]")].map((row) => row.dataset.liveId));
    const unfolded = new Set([...element.querySelectorAll("details[open]")].map(foldName));
    const focus = element.contains(document.activeElement) ? likeness(document.activeElement) : null;
    window.htmx.swap(element, text, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0, ignoreTitle: true });
    const now = id && document.getElementById(id);
    if (!now) return;
    now.querySelectorAll("details").forEach((fold) => unfolded.has(foldName(fold)) && fold.setAttribute("open", ""));
    now.querySelectorAll("[data-live-id]").forEach((row) => !rows.has(row.dataset.liveId) && row.classList.add("just-changed"));
    if (focus && document.activeElement === document.body) {
      [...now.querySelectorAll("a, button, summary, [tabindex]")].find((one) => likeness(one) === focus)?.focus({ preventScroll: true });
    }
    announce(now.dataset.liveWords);
  }

  const foldName = (fold) => fold.id || fold.querySelector("summary")?.textContent.trim();
  const likeness = (one) => [one.tagName, one.getAttribute("href"), one.name, one.value, one.textContent.trim()].join("|");

  function announce(words) {
    const place = document.querySelector("[data-live-announcer]");
    if (place && words) place.textContent = words;
  }

  // --- When the page comes and goes ---------------------------------------------------------------------------

  const atOnce = () => {
    if (!topics.size || open() || (socket && socket.readyState === WebSocket.CONNECTING)) return;
    drop();
    connect();
  };

  document.addEventListener("htmx:load", () => scan(performance.now()));
  document.addEventListener("focusout", () => dirty.size && soon([]));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && atOnce());
  window.addEventListener("online", atOnce);
  window.addEventListener("pagehide", () => {
    const leaving = socket;
    drop();
    leaving?.close();
  });
  window.addEventListener("pageshow", (event) => event.persisted && atOnce());

  scan(0);
  // A page taken from the history may be older than its own load says.
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") soon(elements());
})();
