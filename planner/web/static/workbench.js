// The workbench: all of this works without it, by a form or a reload.
"use strict";

const byId = (id) => document.getElementById(id);
const all = (css, run) => document.querySelectorAll(css).forEach(run);
const read = (text) => new DOMParser().parseFromString(text, "text/html");
const sent = (form, by) => ({ method: "POST", body: new URLSearchParams(new FormData(form, by)) });
let events = null;

// Put the main part of another page in the place of this one's, and the cursor where it was.
function put(text, address) {
  const page = read(text);
  const main = page.getElementById("main");
  if (!main) return location.assign(address);
  const at = [location.hash.slice(1)];
  for (let one = document.activeElement; one; one = one.parentElement) at.splice(-1, 0, one.id);
  const open = [...document.querySelectorAll("details[open] > summary[id]")].map((one) => one.id);
  byId("main").replaceWith(document.importNode(main, true));
  document.title = page.title;
  open.map(byId).filter(Boolean).forEach((one) => { one.parentElement.open = true; });
  begin();
  const there = at.map(byId).find(Boolean);
  if (!there) return;
  if (there.tabIndex < 0) there.tabIndex = -1;
  there.focus({ preventScroll: true });
}

async function ask(address, form) {
  const answer = await fetch(address, form);
  put(await answer.text(), answer.url);
}

// One request at a time; of what is set meanwhile the newest alone is sent when it is answered.
let sending = "", waits = false;

async function tune(form) {
  const now = `${sent(form).body}`;
  if (sending) { waits = now !== sending; return; }
  [sending, waits] = [now, false];
  const answer = await fetch(form.action, sent(form));
  show(await answer.text(), form);
  sending = "";
  if (waits) tune(form);
}

// Put what came of it beside the panel, and renew its hints.
function show(text, form) {
  const page = read(text);
  const result = page.getElementById("result");
  const faults = page.querySelector(".panel .banner");
  all(".panel .banner", (one) => one.remove());
  if (faults) form.prepend(document.importNode(faults, true));
  byId("result").replaceWith(document.importNode(result, true));
  form.querySelectorAll("[id$='-hint']").forEach((one) => one.replaceChildren(...page.getElementById(one.id).childNodes));
  beginResult();
}

async function renew(form) {
  const answer = await fetch(location.pathname);
  if (!sending && !waits) show(await answer.text(), form);
}

function tunes(form) {
  // where the panel stands above the week, it makes room for it
  if (matchMedia("(max-width: 60rem)").matches) form.querySelector(".drawer").open = false;
  form.querySelectorAll("input[type=range]").forEach((range) => {
    const box = form.elements[range.dataset.for];
    range.hidden = false;
    range.addEventListener("input", () => { box.value = range.value; });
    box.addEventListener("input", () => { if (box.value) range.value = box.value; });
  });
  form.addEventListener("change", () => tune(form));
  form.addEventListener("submit", (event) => { event.preventDefault(); tune(form); });
}

function follow(place) {
  const words = place.querySelector("[role=status]");
  events = new EventSource(place.dataset.events);
  events.onmessage = (message) => {
    const told = JSON.parse(message.data);
    if (told.open) {
      words.textContent = told.text;
    } else {
      events.close();
      const form = document.querySelector("[data-tunes]");
      if (form) renew(form); else ask(location.pathname);
    }
  };
}

// In the grid arrows move between meals, so that Tab passes it at once.
function walk(grid) {
  const rows = [...grid.tBodies[0].rows].map((row) =>
    [...row.cells].slice(1).map((cell) => cell.querySelector("summary")));
  const all = rows.flat().filter(Boolean);
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const enter = (one) => all.forEach((each) => { each.tabIndex = each === one ? 0 : -1; });
  enter(all.includes(document.activeElement) ? document.activeElement : all[0]);
  grid.addEventListener("focusin", (event) => {
    if (all.includes(event.target)) enter(event.target);
  });
  grid.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    const row = rows.findIndex((each) => each.includes(event.target));
    if (!move || row < 0) return;
    let [r, c] = [row, rows[row].indexOf(event.target)];
    do { [r, c] = [r + move[0], c + move[1]]; } while (rows[r] && r >= 0 && c in rows[r] && !rows[r][c]);
    const next = rows[r] && rows[r][c];
    if (next) next.focus();
    event.preventDefault();
  });
}

// Boxes are kept as they are ticked, though the page is left.
function save(form) {
  form.addEventListener("change", async () => {
    const answer = await fetch(form.action, { ...sent(form), redirect: "manual", keepalive: true });
    form.classList.toggle("lost", answer.status >= 400);
  });
  form.classList.add("saves");
}

// A dark screen is no use at a pan.
function wake(box) {
  let held = null;
  const hold = async () => {
    if (held) await held.release();
    held = box.checked ? await navigator.wakeLock.request("screen").catch(() => null) : null;
  };
  box.closest("[hidden]").hidden = false;
  box.addEventListener("change", hold);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && box.checked) hold();
  });
}

// Each time that a step says has a timer; pressed again, it waits.
function timers(cook) {
  const over = cook.querySelector("[role=status]");
  for (const step of cook.querySelectorAll(".steps li")) {
    const told = step.textContent;
    const dish = (step.closest(".item") || cook).querySelector("h1, h3").textContent;
    for (const [, count] of told.matchAll(/(\d+)(?:\s?(?:–|-|to|bis)\s?\d+)?[\s-]?min/gi)) {
      const button = document.createElement("button");
      let left = 0, until = 0, ticking = null;
      const say = (pattern) => {
        const rest = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, 0)}`;
        button.textContent = pattern.replace("{minutes}", count).replace("{left}", rest);
      };
      const tick = () => {
        left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
        if (left) return say("{left}");
        ticking = clearInterval(ticking);
        say(cook.dataset.timer);
        button.classList.add("over");
        over.textContent = document.title = cook.dataset.over.replace("{step}", `${dish}: ${told}`);
        beep();
      };
      button.type = "button";
      button.className = "small timer";
      button.addEventListener("click", () => {
        if (ticking) {
          ticking = clearInterval(ticking);
          return say(cook.dataset.waits);
        }
        until = Date.now() + (left || count * 60) * 1000;
        ticking = setInterval(tick, 500);
        tick();
      });
      say(cook.dataset.timer);
      step.append(" ", button);
    }
  }
}

function beep() {
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 1);
  if (navigator.vibrate) navigator.vibrate(1000);
}

// A file is put where it could be pasted.
function fills(input) {
  input.closest("[hidden]").hidden = false;
  input.addEventListener("change", async () => {
    if (input.files[0]) byId(input.dataset.fills).value = await input.files[0].text();
  });
}

function beginResult() {
  if (events) events.close();
  all("[data-events]", follow);
  all(".grid", walk);
}

function begin() {
  beginResult();
  all("[data-tunes]", tunes);
  all("[data-saves]", save);
  all("[data-timer]", timers);
  all("[data-fills]", fills);
  if ("wakeLock" in navigator) all("#awake", wake);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("live" in form.dataset)) return;
  event.preventDefault();
  ask(form.action, sent(form, event.submitter));
});

begin();
