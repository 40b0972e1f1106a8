// Completes the search box as the combobox pattern of ARIA has it: from two
// letters on, what the text may go on to is listed; arrows choose, Enter asks,
// Escape closes, and the number of entries is said to those who do not see them.
// Without this script the box is a box.
"use strict";

const wait = 150; // ms of silence in typing before the site is asked

function addCompletion(box) {
  const { complete, list: label, count } = box.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  list.id = "completions";
  list.className = "completions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  status.className = "unseen";
  status.setAttribute("role", "status");
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.after(list);
  box.form.append(status);

  function close() {
    clearTimeout(timer);
    asked++; // an answer that is still on its way comes too late
    list.hidden = true;
    choose(-1);
    box.setAttribute("aria-expanded", "false");
  }

  function choose(at) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = at;
    const option = list.children[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    box.value = option.dataset.query;
    close();
  }

  function optionOf(completion, i) {
    const option = document.createElement("li");
    option.id = `completion-${i}`;
    option.dataset.query = completion.query;
    option.textContent = completion.text;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (completion.lang) option.lang = completion.lang;
    // The press must not take the focus from the box, which would close the list.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => {
      take(option);
      box.form.requestSubmit();
    });
    return option;
  }

  async function show() {
    const turn = ++asked;
    const address = new URL(complete, document.baseURI);
    address.searchParams.set("q", box.value);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || turn !== asked) return;
    const { completions } = await answer.json();
    if (turn !== asked) return;
    choose(-1);
    list.replaceChildren(...completions.map(optionOf));
    list.hidden = completions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : `${count} ${completions.length}`;
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if ([...box.value.trim()].length < 2) close();
    else timer = setTimeout(show, wait);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen === -1 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) return take(list.children[chosen]); // Enter itself sends the form
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("input[data-complete]").forEach(addCompletion);
