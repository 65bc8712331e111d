"use strict";
// What a message says is data: it reaches the page as text and never as markup.
const run = JSON.parse(document.getElementById("run").textContent);
const get = (id) => document.getElementById(id);
const groups = (name, i) => document.querySelectorAll("#" + name + "-" + (i + 1));

function make(tag, text, kind) {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (kind) e.className = kind;
  return e;
}

let step = -1;

// statesAt lists the machines that run after a step, and those that ended in it.
function statesAt(s) {
  const live = new Map();
  for (const m of run.moves) {
    if (m.event > s.until) break;
    const key = m.host + " " + m.machine + " " + m.id;
    live.delete(key);
    live.set(key, m);
  }
  return [...live.values()].filter((m) => !m.end || m.event >= s.event);
}

function showStates(s) {
  const rows = get("states");
  rows.replaceChildren();
  const live = statesAt(s);
  run.hosts.forEach((host, i) => {
    for (const m of live.filter((m) => m.host === i)) {
      const row = make("tr", undefined, m.event >= s.event ? "moved" : "");
      row.append(make("th", host), make("td", m.machine), make("td", m.to), make("td", m.on + (m.ref ? " (" + m.ref + ")" : ""), "soft"));
      rows.append(row);
    }
  });
  get("no-states").hidden = live.length > 0;
}

function showHeader(list, h) {
  const what = run.dictionary[h.header];
  const item = make("details");
  const line = make("summary");
  line.append(make("b", h.name + ": "), make("span", h.value));
  item.append(line);
  for (const p of h.problems || []) item.append(make("p", p, "bad"));
  if (h.origin) item.append(make("p", h.origin, "origin"));
  if (!what) {
    item.append(make("p", "Unknown here; an element leaves it as it is (RFC 3261 §8.2.2)."));
  } else {
    const dl = make("dl");
    for (const [name, text] of [["written by", what.writes], ["read by", what.reads], ["without it", what.without], ["section", what.section]])
      dl.append(make("dt", name), make("dd", text));
    item.append(dl);
  }
  list.append(item);
}

function showMessage(i) {
  for (const e of document.querySelectorAll(".now")) e.classList.remove("now");
  const m = run.messages[i];
  get("message").hidden = !m;
  if (!m) return;
  for (const kind of ["arrow", "label"]) for (const e of groups(kind, i)) e.classList.add("now");
  get("what").textContent = m.title;
  get("first").textContent = m.first;
  const list = get("headers");
  list.replaceChildren();
  for (const h of m.headers) showHeader(list, h);
  get("body").textContent = m.body;
  get("body").hidden = !m.body;
  const problems = get("problems");
  problems.replaceChildren(...m.problems.map((p) => make("li", p)));
  get("why").replaceChildren(...m.why.map((w) => make("li", w)));
}

// dim shows what is still to come paler than what has been.
function dim(event) {
  run.messages.forEach((m, i) => {
    for (const kind of ["arrow", "label"]) for (const e of groups(kind, i)) e.classList.toggle("later", m.event > event);
  });
}

// go makes step n the present one; before the first the whole run is shown.
function go(n) {
  step = Math.max(-1, Math.min(run.steps.length - 1, n));
  const s = run.steps[step];
  get("place").textContent = s ? (step + 1) + " of " + run.steps.length : run.steps.length + " steps";
  get("says").textContent = s ? s.at + "  " + s.says : "";
  get("now").hidden = !s;
  dim(s ? s.event : Infinity);
  if (!s) return showMessage(-1);
  if (s.message >= 0) showMessage(s.message);
  showStates(s);
  const arrow = document.getElementById("arrow-" + (s.message + 1));
  if (arrow) arrow.scrollIntoView({block: "nearest"});
}

function choose(i) {
  const n = run.steps.findIndex((s) => s.message === i);
  if (n >= 0) go(n); else showMessage(i);
}

run.messages.forEach((m, i) => {
  for (const g of groups("arrow", i)) {
    const line = g.querySelector("path");
    if (line) {
      const wide = line.cloneNode(false);
      wide.setAttribute("class", "hit");
      g.append(wide);
    }
    g.setAttribute("tabindex", "0");
    g.setAttribute("role", "button");
    g.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { choose(i); e.preventDefault(); } });
  }
  for (const kind of ["arrow", "label"]) for (const g of groups(kind, i)) g.addEventListener("click", () => choose(i));
});
const moves = {ArrowRight: 1, ArrowDown: 1, j: 1, n: 1, ArrowLeft: -1, ArrowUp: -1, k: -1, p: -1, Home: -Infinity, End: Infinity, Escape: -Infinity};
document.addEventListener("keydown", (e) => {
  if (!(e.key in moves) || e.ctrlKey || e.altKey || e.metaKey) return;
  go(step + moves[e.key]);
  e.preventDefault();
});
get("back").addEventListener("click", () => go(step - 1));
get("forward").addEventListener("click", () => go(step + 1));
get("controls").hidden = false;
go(-1);
