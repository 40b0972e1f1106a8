// What a keyboard and a clipboard add to pages that work without: "/" goes to
// the search box, j and k go through the hits or paragraphs, every permalink
// gets a button that copies it, and a long list of choices a box that narrows
// it. Keys of one letter get in the way of those who speak to their computer, so
// help has a button that turns them off; nothing else is remembered.
"use strict";

const keysOff = "keys-off";

// remembered reports whether the keys were turned off; without storage they are on.
function remembered() {
  try { return localStorage.getItem(keysOff) !== null; } catch { return false; }
}

function remember(off) {
  try {
    if (off) localStorage.setItem(keysOff, ""); else localStorage.removeItem(keysOff);
  } catch { /* then it holds for this page alone */ }
}

let keysAreOff = remembered();

const stops = [...document.querySelectorAll(".hit, .cell:not(.gap)")];
let at = -1;

function go(step) {
  if (stops.length === 0) return;
  stops[at]?.classList.remove("here");
  at = Math.min(Math.max(at + step, 0), stops.length - 1);
  stops[at].classList.add("here");
  stops[at].scrollIntoView({ block: "nearest" });
  stops[at].querySelector("a")?.focus({ preventScroll: true });
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (keysAreOff || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === "j") go(1);
  if (event.key === "k") go(-1);
});

function addCopyButton(link) {
  const { copy, copied } = document.body.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link.href);
    button.textContent = copied;
    setTimeout(() => { button.textContent = copy; }, 2000);
  });
  link.after(button);
}

if (navigator.clipboard) document.querySelectorAll(".hit .permalink").forEach(addCopyButton);

// plain is a text without capitals and accents, so that "etats" finds "États".
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function addNarrowing(list) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  label.className = "narrow";
  label.textContent = list.dataset.narrow;
  box.type = "search";
  box.autocomplete = "off";
  box.addEventListener("input", () => {
    const wanted = plain(box.value.trim());
    for (const option of list.querySelectorAll(".option")) {
      option.hidden = !plain(option.querySelector(".option-name").textContent).includes(wanted);
    }
  });
  label.append(box);
  list.querySelector("summary").after(label);
}

document.querySelectorAll("details[data-narrow]").forEach(addNarrowing);

function addKeySwitch(heading) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "switch";
  button.textContent = document.body.dataset.keysOff;
  button.setAttribute("aria-pressed", keysAreOff);
  button.addEventListener("click", () => {
    keysAreOff = !keysAreOff;
    button.setAttribute("aria-pressed", keysAreOff);
    remember(keysAreOff);
  });
  heading.nextElementSibling.after(button);
}

document.querySelectorAll(".prose #keys").forEach(addKeySwitch);
