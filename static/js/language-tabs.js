// language-tabs.js: the inputs of one text in several languages become tabs (ARIA tabs pattern).
// Without this script every input is shown, one below the other.
(() => {
  "use strict";

  const INPUTS = "[data-language]:not([name*='__prefix__'])";
  const STORED = "desk-language";
  const words = () => document.querySelector(".language-switch").dataset;
  const groups = [];

  const rowOf = (input) => input.closest(".form-row");
  const fieldOf = (input) => input.name.slice(0, -(input.lang.length + 1));

  function mark(group, index) {
    const input = group.inputs[index];
    const hasError = group.hasErrors[index];
    const note = hasError ? words().error : input.value.trim() ? "" : words().empty;
    group.tabs[index].querySelector("small").textContent = note ? `(${note})` : "";
    group.tabs[index].classList.toggle("has-error", hasError);
  }

  function show(group, index) {
    group.tabs.forEach((tab, place) => {
      tab.setAttribute("aria-selected", String(place === index));
      tab.tabIndex = place === index ? 0 : -1;
      rowOf(group.inputs[place]).hidden = place !== index;
    });
  }

  function move(group, event) {
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const count = group.tabs.length;
    const current = group.tabs.indexOf(event.target.closest("[role=tab]"));
    const next = {
      ArrowRight: current + (isRtl ? -1 : 1),
      ArrowLeft: current + (isRtl ? 1 : -1),
      Home: 0,
      End: count - 1,
    }[event.key];
    if (next === undefined || current < 0) return;
    event.preventDefault();
    show(group, (next + count) % count);
    group.tabs[(next + count) % count].focus();
  }

  function newTab(group, input, index) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.append(input.dataset.language, " ", document.createElement("small"));
    tab.addEventListener("click", () => show(group, index));
    input.addEventListener("input", () => mark(group, index));
    rowOf(input).setAttribute("role", "tabpanel");
    rowOf(input).setAttribute("aria-label", input.dataset.language);
    return tab;
  }

  function build(inputs) {
    const box = document.createElement("div");
    const list = document.createElement("div");
    box.className = "language-tabs";
    list.setAttribute("role", "tablist");
    rowOf(inputs[0]).before(box);
    box.append(list, ...inputs.map(rowOf));
    const hasErrors = inputs.map((input) => rowOf(input).querySelector(".errorlist") !== null);
    const group = { inputs, hasErrors };
    group.tabs = inputs.map((input, index) => newTab(group, input, index));
    list.setAttribute("aria-label", inputs[0].labels[0] ? inputs[0].labels[0].textContent : "");
    list.append(...group.tabs);
    list.addEventListener("keydown", (event) => move(group, event));
    groups.push(group);
    inputs.forEach((_input, index) => mark(group, index));
    const first = Math.max(inputs.findIndex((input) => input.lang === chosen()), 0);
    show(group, hasErrors[first] || !hasErrors.includes(true) ? first : hasErrors.indexOf(true));
  }

  function buildAll(part) {
    const byField = new Map();
    for (const input of part.querySelectorAll(INPUTS)) {
      if (input.closest(".language-tabs") || !rowOf(input)) continue;
      byField.set(fieldOf(input), [...(byField.get(fieldOf(input)) || []), input]);
    }
    for (const inputs of byField.values()) if (inputs.length > 1) build(inputs);
  }

  // The switch above the form changes all tabs at once; this window remembers the choice.
  function chosen() {
    return sessionStorage.getItem(STORED) || document.documentElement.lang;
  }

  function chooseAll(bar, language) {
    sessionStorage.setItem(STORED, language);
    for (const button of bar.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset.code === language));
    }
    for (const group of groups) {
      const index = group.inputs.findIndex((input) => input.lang === language);
      if (index >= 0) show(group, index);
    }
  }

  function buildSwitch(bar) {
    if (!groups.length) return;
    bar.append(bar.dataset.label, " ");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", bar.dataset.label);
    for (const input of groups[0].inputs) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.code = input.lang;
      button.textContent = input.dataset.language;
      button.setAttribute("aria-pressed", String(input.lang === chosen()));
      button.addEventListener("click", () => chooseAll(bar, input.lang));
      bar.append(button, " ");
    }
    bar.hidden = false;
  }

  // A text is needed in the original language only: marks and tabs follow the choice.
  function moveMarks(select) {
    for (const { inputs } of groups) {
      const labels = inputs.map((input) => input.labels[0]);
      if (!labels.some((label) => label && label.classList.contains("required"))) continue;
      inputs.forEach((input, index) => {
        labels[index].classList.toggle("required", input.lang === select.value);
      });
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const bar = document.querySelector(".language-switch");
    if (!bar) return;
    buildAll(document);
    buildSwitch(bar);
    document.addEventListener("formset:added", (event) => buildAll(event.target));
    const original = document.querySelector("select[name=original_language]");
    if (!original) return;
    original.addEventListener("change", () => {
      moveMarks(original);
      chooseAll(bar, original.value);
    });
  });
})();
