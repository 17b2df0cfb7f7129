/* lists.js: a list whose filters and results htmx swaps: what was open, typed and in focus stays. */
(() => {
  const list = document.getElementById("list");
  if (!list || !window.htmx) return;
  const query = document.getElementById("q");
  const said = document.querySelector("[data-said]");

  /* What is equal to a reader: no case, accents, vowel marks, tatweel, nor seat of a hamza. */
  const LETTERS = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i",
    ٱ: "ا", ى: "ي", ی: "ي", ة: "ه", ک: "ك", ء: "",
  };
  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\p{Mn}\p{Cf}ـ]/gu, "")
      .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
      .replace(/[ßæœøłđðþıٱىیةکء]/g, (letter) => LETTERS[letter]);

  /* Search in a long facet. Chosen boxes stay, headings of groups go while one searches. */
  const narrow = (input) => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of input.closest("fieldset").querySelectorAll("li")) {
      const box = item.querySelector("input");
      const name = box ? fold(box.nextElementSibling.textContent) : "";
      const matches = words.every((word) => name.includes(word));
      item.hidden = words.length > 0 && !box?.checked && !(box && matches);
      if (box && matches) shown += 1;
    }
    const status = input.nextElementSibling;
    status.textContent = shown ? "" : status.dataset.none;
  };
  const isNarrow = (event) => event.target.matches?.("[data-narrow]");
  list.addEventListener("input", (event) => isNarrow(event) && narrow(event.target));
  list.addEventListener("change", (event) => isNarrow(event) && event.stopPropagation(), true);
  list.addEventListener("keydown", (event) => {
    if (isNarrow(event) && event.key === "Enter") event.preventDefault();
  });

  /* What is chosen in a long facet is in sight. */
  for (const values of list.querySelectorAll(".facet .long")) {
    const chosen = values.querySelector(":checked");
    if (chosen) values.scrollTop = chosen.closest("li").offsetTop - values.offsetTop;
  }

  /* A swap: what the reader has opened, typed and focused is found again in what comes. */
  let kept = null;
  let leavesFilters = false;
  const keep = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    kept = {
      open: [...list.querySelectorAll("details[id]")].map((each) => [each.id, each.open]),
      typed: [...list.querySelectorAll("[data-narrow]")].map((each) => [each.id, each.value]),
      scrolled: [...list.querySelectorAll(".facet ul")].map((each) => [
        each.closest("details").id,
        each.scrollTop,
      ]),
      focus: focused && {
        id: focused.id,
        facet: focused.closest("details.facet")?.querySelector("summary").id,
        turnsPage: Boolean(focused.closest("[data-pages]")),
      },
    };
  };
  const found = (id) => document.getElementById(id);
  const restore = () => {
    if (!kept) return;
    const { open, typed, scrolled, focus } = kept;
    kept = null;
    for (const [id, isOpen] of open) if (found(id)) found(id).open = isOpen;
    for (const [id, value] of typed) {
      if (!value || !found(id)) continue;
      found(id).value = value;
      narrow(found(id));
    }
    for (const [id, top] of scrolled) {
      const values = found(id)?.querySelector("ul");
      if (values) values.scrollTop = top;
    }
    if (leavesFilters && found("all-filters")) found("all-filters").open = false;
    if (leavesFilters || focus?.turnsPage) found("results").focus();
    else if (focus) refocus([focus.id, focus.facet, "results"]);
    leavesFilters = false;
  };
  const refocus = (ids) => {
    for (const id of ids.filter(Boolean)) {
      found(id)?.focus({ preventScroll: true });
      if (document.activeElement === found(id)) return;
    }
  };
  const say = () => {
    said.textContent = "";
    setTimeout(() => { said.textContent = found("results").textContent.trim(); }, 100);
  };

  /* The rest of the page follows the address: words, and links that lead back to this list. */
  const follow = (isStep) => {
    const asked = new URLSearchParams(location.search);
    /* Who is typing is not interrupted, but for a step back. */
    if (isStep || document.activeElement !== query) query.value = asked.get("q") ?? "";
    found("match").checked = asked.get("match") === "all";
    for (const link of document.querySelectorAll("header a[href*='?to='], header a[href*='?next=']")) {
      const url = new URL(link.href);
      for (const name of ["to", "next"]) {
        const path = url.searchParams.get(name)?.split("?")[0];
        if (path) url.searchParams.set(name, path + location.search);
      }
      link.href = url;
    }
  };

  list.addEventListener("htmx:beforeSwap", keep);
  list.addEventListener("htmx:afterSwap", () => {
    if (!kept) return;
    restore();
    say();
  });
  document.body.addEventListener("htmx:pushedIntoHistory", () => follow(false));
  document.body.addEventListener("htmx:historyCacheMissLoad", keep);
  document.body.addEventListener("htmx:historyRestore", () => {
    restore();
    follow(true);
    say();
  });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    list.addEventListener(failure, (event) => location.assign(event.detail.pathInfo.finalRequestPath));
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-results]")) leavesFilters = true;
  });
  /* What was chosen and typed before this script was there. */
  for (const input of list.querySelectorAll("[data-narrow]")) if (input.value) narrow(input);
  const form = document.getElementById("filters");
  if ([...form.elements].some((each) => each.checked !== each.defaultChecked))
    htmx.trigger(form, "change");

  list.dataset.ready = "";

  /* New words are not those that were wanted exactly as typed. */
  query.addEventListener("input", () => list.querySelector("[name=exactly]")?.remove());
})();
