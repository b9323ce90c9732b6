// The workbench: each thing here also works without it, by a form or a reload.
"use strict";

let events = null;

// Put the main part of another page in the place of this one's, and the cursor back where it was.
function put(text, address) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.getElementById("main");
  if (!main) {
    location.assign(address);
    return;
  }
  const at = document.activeElement && document.activeElement.id;
  const open = [...document.querySelectorAll("details[open] > summary[id]")].map((one) => one.id);
  document.getElementById("main").replaceWith(document.importNode(main, true));
  document.title = page.title;
  for (const id of open) {
    const one = document.getElementById(id);
    if (one) one.parentElement.open = true;
  }
  const there = at && document.getElementById(at);
  if (there) there.focus();
  begin();
}

async function ask(address, form) {
  const sent = form ? { method: "POST", body: form } : {};
  const answer = await fetch(address, sent);
  put(await answer.text(), answer.url);
}

// One request at a time; of what is set meanwhile the newest alone is sent when it is answered.
let sending = false;
let waits = false;

async function tune(form) {
  if (sending) { waits = true; return; }
  sending = true;
  waits = false;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  show(await answer.text(), form);
  sending = false;
  if (waits) tune(form);
}

// Put what came of it beside the panel; while nothing is set, the panel is renewed too.
function show(text, form) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const result = page.getElementById("result");
  const faults = page.querySelector(".panel .banner");
  form.querySelectorAll(".banner").forEach((one) => one.remove());
  if (faults) form.prepend(document.importNode(faults, true));
  document.getElementById("result").replaceWith(document.importNode(result, true));
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
    if (told.open && String(told.seen) === place.dataset.seen) {
      words.textContent = told.text;
    } else {
      events.close();
      const form = document.querySelector("[data-tunes]");
      if (form) renew(form); else ask(location.pathname);
    }
  };
}

// In the grid the arrows move between meals, so that Tab passes it in one step.
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

// Boxes of the list are kept as soon as they are ticked.
function save(form) {
  form.addEventListener("change", async () => {
    const sent = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
    form.classList.toggle("lost", answer.status >= 400);
  });
  form.classList.add("saves");
}

// A screen that goes dark is no use beside a pan.
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

// A step that says how long it takes has a timer; pressed again, it stops.
function timers(cook) {
  for (const step of cook.querySelectorAll(".steps li")) {
    const found = /(\d+)(?:\s?(?:–|-|to|bis)\s?\d+)?[\s-]?min/i.exec(step.textContent);
    if (!found) continue;
    const told = step.textContent;
    const minutes = Number(found[1]);
    const button = document.createElement("button");
    const name = cook.dataset.timer.replace("{minutes}", minutes);
    let ticking = null;
    const stop = () => { clearInterval(ticking); ticking = null; button.textContent = name; };
    const start = () => {
      const until = Date.now() + minutes * 60000;
      const tick = () => {
        const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
        button.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
        if (left) return;
        stop();
        cook.querySelector("[role=status]").textContent = cook.dataset.over.replace("{step}", told);
        beep();
      };
      ticking = setInterval(tick, 500);
      tick();
    };
    button.type = "button";
    button.className = "small timer";
    button.addEventListener("click", () => (ticking ? stop() : start()));
    stop();
    step.append(" ", button);
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

// What stands in a file is put where it could be pasted.
function fills(input) {
  input.closest("[hidden]").hidden = false;
  input.addEventListener("change", async () => {
    if (input.files[0]) document.getElementById(input.dataset.fills).value = await input.files[0].text();
  });
}

function beginResult() {
  if (events) events.close();
  document.querySelectorAll("[data-events]").forEach(follow);
  document.querySelectorAll(".grid").forEach(walk);
}

function begin() {
  beginResult();
  document.querySelectorAll("[data-tunes]").forEach(tunes);
  document.querySelectorAll("[data-saves]").forEach(save);
  document.querySelectorAll("[data-timer]").forEach(timers);
  document.querySelectorAll("[data-fills]").forEach(fills);
  if ("wakeLock" in navigator) document.querySelectorAll("#awake").forEach(wake);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("live" in form.dataset)) return;
  event.preventDefault();
  ask(form.action, new URLSearchParams(new FormData(form, event.submitter)));
});

begin();
