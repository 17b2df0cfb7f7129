/* combobox.js: suggestions below search fields, after the ARIA pattern "combobox with listbox popup"
   (list autocomplete, manual selection). Fields with data-suggest work without it.
   https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
(() => {
  const SAYS = document.querySelector("template[data-suggestions]")?.dataset;
  if (!SAYS) return;
  const SHORTEST = 2;
  const PAUSE = 120;
  const STORE = "recent-searches";
  const MOST_RECENT = 8;
  const MOST_RECENT_WHILE_TYPING = 3;
  const enhanced = new WeakSet();
  let fields = 0;

  /* Recent searches stay in this browser; where it keeps nothing there are none. */
  const recent = {
    all() {
      try {
        const kept = JSON.parse(localStorage.getItem(STORE));
        return Array.isArray(kept) ? kept.filter((query) => typeof query === "string") : [];
      } catch {
        return [];
      }
    },
    add(query) {
      const others = this.all().filter((other) => other !== query);
      try {
        localStorage.setItem(STORE, JSON.stringify([query, ...others].slice(0, MOST_RECENT)));
      } catch { /* a full or closed store forgets */ }
    },
    forget() {
      try {
        localStorage.removeItem(STORE);
      } catch { /* nothing was kept */ }
    },
    like(query) {
      if (!query) return this.all();
      const start = query.toLocaleLowerCase();
      const alike = this.all().filter(
        (other) => other !== query && other.toLocaleLowerCase().startsWith(start),
      );
      return alike.slice(0, MOST_RECENT_WHILE_TYPING);
    },
  };

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const asTyped = (text) => text.trim().replace(/\s+/g, " ");

  class Combobox {
    constructor(input) {
      this.input = input;
      this.id = `suggest-${++fields}`;
      this.active = null;
      this.answered = null;
      this.groups = [];
      this.status = "";
      this.build();
      this.listen();
    }

    build() {
      const { input, id } = this;
      // Browsers would stop at a list that scrolls; the keys of the field go through it.
      const list = { id, role: "listbox", tabindex: "-1", "aria-label": SAYS.suggestions };
      this.list = element("div", list);
      this.forget = element("button", { type: "button", class: "forget" }, SAYS.forget);
      this.popup = element("div", { class: "suggest" }, this.list, this.forget);
      this.popup.hidden = true;
      this.says = element("div", { role: "status", class: "vh" });
      input.after(this.popup, this.says);
      // Only a field of this type may be a combobox.
      input.type = "text";
      const attributes = {
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": id, autocomplete: "off", autocapitalize: "none", inputmode: "search",
      };
      for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
    }

    listen() {
      const { input, popup } = this;
      input.addEventListener("input", () => this.typed());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("click", () => this.input.value || this.show());
      // Its form may be another one later: a swap replaces it.
      document.addEventListener("submit", ({ target }) => target === input.form && this.sent(), true);
      // The field keeps the focus, so that typing goes on after a touch.
      popup.addEventListener("mousedown", (event) => event.preventDefault());
      popup.addEventListener("click", (event) => this.clicked(event));
      popup.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        this.close();
        input.focus();
      });
      for (const part of [input, popup]) {
        part.addEventListener("focusout", ({ relatedTarget }) => {
          if (relatedTarget !== input && !popup.contains(relatedTarget)) this.close();
        });
      }
    }

    get isOpen() {
      return !this.popup.hidden;
    }

    get options() {
      return [...this.list.querySelectorAll("[role=option]")];
    }

    /* Typing ------------------------------------------------------------------------------- */

    typed() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.activate(null);
      const query = asTyped(this.input.value);
      if (query.length < SHORTEST) {
        this.take("", { groups: [], status: "" });
        query ? this.close() : this.show();
        return;
      }
      this.timer = setTimeout(() => this.ask(query), PAUSE);
    }

    async ask(query, then = () => {}) {
      const asking = new AbortController();
      this.asking?.abort();
      this.asking = asking;
      const address = `${this.input.dataset.suggest}?q=${encodeURIComponent(query)}`;
      try {
        const response = await fetch(address, { signal: asking.signal });
        if (!response.ok) return;
        const answer = await response.json();
        // What was asked later has taken its place, or the reader has gone on.
        if (this.asking !== asking || document.activeElement !== this.input) return;
        this.take(query, answer);
        this.show();
        then();
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    take(query, { groups, status }) {
      this.answered = query;
      this.groups = groups;
      this.status = status;
    }

    /* The list ----------------------------------------------------------------------------- */

    show() {
      const query = asTyped(this.input.value);
      const searches = recent.like(query);
      const before = searches.length
        ? [{ label: SAYS.recent, items: searches.map((search) => ({ search })) }]
        : [];
      const groups = query ? [...this.groups, ...before] : before;
      this.activate(null);
      this.list.replaceChildren(...groups.map((group, place) => this.group(group, place)));
      this.options.forEach((option, place) => (option.id = `${this.id}-${place}`));
      this.forget.hidden = !searches.length;
      this.open(groups.length > 0);
      const parts = [query && this.status, before.length && SAYS.recent];
      this.says.textContent = parts.filter(Boolean).join(" · ");
    }

    group({ label, items }, place) {
      const id = `${this.id}-label-${place}`;
      const name = element("div", { id, class: "suggest-kind", role: "presentation" }, label);
      const options = items.map((item) => ("search" in item ? this.search(item) : this.page(item)));
      return element("div", { role: "group", "aria-labelledby": id }, name, ...options);
    }

    page({ title, address, note, lang, dir }) {
      const pieces = title.map(([text, matches]) => (matches ? element("mark", {}, text) : text));
      const name = lang ? element("span", { lang, dir }, ...pieces) : element("bdi", {}, ...pieces);
      const beside = note ? [element("small", {}, element("bdi", {}, note))] : [];
      return this.option({ href: address }, name, ...beside);
    }

    search({ search }) {
      const { form, name } = this.input;
      const query = new URLSearchParams({ [name]: search });
      const address = `${form?.getAttribute("action") ?? ""}?${query}`;
      return this.option({ href: address, "data-search": search }, element("bdi", {}, search));
    }

    option(attributes, ...children) {
      const fixed = { role: "option", tabindex: "-1", "aria-selected": "false" };
      return element("a", { ...fixed, ...attributes }, ...children);
    }

    open(isOpen) {
      this.popup.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.activate(null);
      this.open(false);
      this.says.textContent = "";
    }

    activate(option) {
      this.active?.setAttribute("aria-selected", "false");
      this.active = option;
      if (!option) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    /* Keys and pointer --------------------------------------------------------------------- */

    key(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const act = {
        ArrowDown: () => this.move(event.altKey ? 0 : 1),
        ArrowUp: () => (event.altKey ? this.close() : this.move(-1)),
        Enter: () => this.enter(),
        Escape: () => this.escape(),
        Home: () => this.activate(null),
        End: () => this.activate(null),
        ArrowLeft: () => this.activate(null),
        ArrowRight: () => this.activate(null),
      }[event.key];
      if (act?.() === "done") event.preventDefault();
    }

    move(step) {
      const query = asTyped(this.input.value);
      if (!this.isOpen && query.length >= SHORTEST && query !== this.answered) {
        this.ask(query, () => this.step(step));
        return "done";
      }
      if (!this.isOpen) this.show();
      this.step(step);
      return "done";
    }

    /* From the field to the first or last option, on from there, and round again. */
    step(step) {
      const { options } = this;
      if (!step || !options.length) return;
      const place = options.indexOf(this.active);
      const next = place < 0 && step < 0 ? options.length - 1 : place + step;
      this.activate(options[(next + options.length) % options.length]);
    }

    enter() {
      if (!this.isOpen || !this.active) {
        this.close();
        return "";
      }
      this.active.click();
      return "done";
    }

    escape() {
      if (this.isOpen) {
        this.close();
        return "done";
      }
      if (!this.input.value) return "";
      this.input.value = "";
      this.typed();
      this.close();
      return "done";
    }

    clicked(event) {
      if (event.target.closest(".forget")) {
        recent.forget();
        this.input.focus();
        this.show();
        this.says.textContent = SAYS.forgotten;
        return;
      }
      const option = event.target.closest("[role=option]");
      const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
      if (!option || !isPlain) return;
      if (!option.dataset.search || !this.input.form) {
        this.close();
        return;
      }
      event.preventDefault();
      this.input.value = option.dataset.search;
      this.close();
      this.input.form.requestSubmit();
    }

    sent() {
      const query = asTyped(this.input.value);
      if (query.length >= SHORTEST) recent.add(query);
      this.close();
    }
  }

  const enhance = (input) => {
    if (enhanced.has(input)) return;
    enhanced.add(input);
    new Combobox(input);
  };
  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("input[data-suggest]").forEach(enhance),
  );
})();
