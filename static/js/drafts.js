/* drafts.js: nothing that is typed into the form of a submission gets lost: every key goes into
   this browser's store at once, and to the portal within seconds.
   A copy is in the store only until the portal has confirmed what it holds. `known` are the answers
   that the portal may have from this page: those confirmed last, then those sent since. What it has
   besides comes from another window or person, and is never overwritten unseen. */
(() => {
  const PAUSE = 2000;
  const LONGEST = 3500;
  const FIRST_RETRY = 2000;
  const LONGEST_RETRY = 30000;
  const ANSWER_WITHIN = 20000;
  const LEAVE_WITHIN = 4000;
  const MOST_SENT = 9;
  /* What a browser still sends for a page that is closed: up to 64 kB. */
  const MOST_KEPT_ALIVE = 60000;
  const SENTENCES = {
    401: "signedOut", 403: "signedOut", 404: "gone", 409: "outdated", 410: "closed",
    413: "tooLong", 429: "tooOften",
  };
  const { isSame } = DraftFields;

  const element = (name, attributes, ...children) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  };

  class Draft {
    constructor(form) {
      this.form = form;
      this.says = form.dataset;
      this.fields = new DraftFields(form);
      this.copies = new DraftCopies(this.says);
      this.nonce = this.says.nonce;
      this.address = this.says.autosave;
      this.status = document.querySelector("[data-autosave-status]");
      this.said = this.status.textContent.trim();
      this.isNew = !form.elements.version;
      this.isHeld = this.says.unsaved === "theirs";
      this.known = [this.isNew || this.says.unsaved ? {} : this.fields.answers()];
      this.failures = 0;
      this.listen();
      this.takeUp();
    }

    listen() {
      this.form.addEventListener("input", () => this.typed());
      this.form.addEventListener("submit", (event) =>
        this.leave(event, () => this.form.requestSubmit(event.submitter)),
      );
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[href]");
        const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target;
        if (!link || isElsewhere || link.origin !== location.origin) return;
        if (link.pathname !== location.pathname)
          this.leave(event, () => location.assign(link.href));
      });
      for (const turn of ["visibilitychange", "pagehide", "online"])
        addEventListener(turn, () => this.save());
    }

    /* Once all is saved, or the portal takes too long; where it is out of reach, who insists. */
    leave(event, go) {
      if (this.isLeaving || this.isHeld || !(this.isChanged || this.request)) return;
      event.preventDefault();
      if (this.isWaiting) return;
      this.isWaiting = true;
      const saved = Promise.resolve(this.request).then(() => this.save());
      const late = new Promise((resolve) => setTimeout(resolve, LEAVE_WITHIN));
      Promise.race([saved, late]).then(() => {
        this.isWaiting = false;
        this.hasStayed = this.isOutOfReach && !this.hasStayed;
        if (this.hasStayed) return;
        this.isLeaving = true;
        setTimeout(() => (this.isLeaving = false), ANSWER_WITHIN);
        go();
      });
    }

    /* This browser's copy -------------------------------------------------------------------- */

    keep() {
      const copy = { isNew: this.isNew, known: this.known, answers: this.fields.answers() };
      this.isKept = this.copies.write(this.nonce, copy);
    }

    async takeUp() {
      const copy = await this.copies.leftBehind(this.nonce, this);
      if (copy && !this.isChanged) this.restore(copy);
      this.copies.hold(this.nonce);
    }

    restore({ key, nonce, known, answers }) {
      const shown = this.fields.answers();
      this.nonce = nonce;
      if (this.isNew) this.form.elements.nonce.value = nonce;
      this.known = known;
      this.fields.fill(answers);
      const contested = this.says.unsaved ? [] : this.merge(shown);
      this.isHeld ||= contested.length > 0;
      this.isChanged = true;
      this.keep();
      if (this.isKept) this.copies.remove(key);
      if (contested.length) this.showTheirs(contested, shown);
      const mine = Object.entries(this.fields.answers());
      const isBack = mine.some(([name, answer]) => !isSame(answer, shown[name]));
      if (isBack) this.say("restored", (this.greeting = this.says.restored));
      if (this.isHeld) this.say("outdated");
      this.save();
    }

    /* Put what the portal has into the fields that were not touched here. Gives the names of those
       changed both here and elsewhere; where there are none, writing goes on from the newest. */
    merge(newest) {
      const mine = this.fields.answers();
      const names = Object.keys(mine);
      const isTyped = (name) => !isSame(mine[name], this.known[0][name]);
      const isOurs = (name) => [mine, ...this.known].some((all) => isSame(all[name], newest[name]));
      for (const name of names) if (!isTyped(name)) this.fields.fill({ [name]: newest[name] });
      const contested = names.filter((name) => isTyped(name) && !isOurs(name));
      if (!contested.length) this.known = [newest];
      return contested;
    }

    showTheirs(names, answers) {
      const notice = document.getElementById("theirs").content.cloneNode(true).firstElementChild;
      for (const name of names) {
        const [label, text] = this.fields.inWords(name, answers[name]);
        const answer = element("dd", { dir: "auto", className: "plain" }, text);
        notice.querySelector("dl").append(element("div", {}, element("dt", {}, label), answer));
      }
      this.form.before(notice);
      notice.focus();
    }

    /* The portal's copy ---------------------------------------------------------------------- */

    typed() {
      this.isChanged = true;
      this.greeting = "";
      this.keep();
      if (this.isHeld || this.failures) return;
      this.status.dataset.busy = this.says.saving;
      const now = Date.now();
      this.since ??= now;
      this.saveIn(Math.min(PAUSE, this.since + LONGEST - now));
    }

    saveIn(time) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), time);
    }

    /* One request at a time; what is typed meanwhile goes with the next. */
    save() {
      if (!this.request && this.isChanged && !this.isHeld && !this.isLeaving) {
        clearTimeout(this.timer);
        this.request = this.post().finally(() => (this.request = null));
      }
      return this.request;
    }

    async post() {
      const sent = this.fields.answers();
      const body = new FormData(this.form);
      body.set("nonce", this.nonce);
      const size = [...body].reduce((sum, [name, text]) => sum + 200 + 3 * (name + text).length, 0);
      const signal = AbortSignal.timeout(ANSWER_WITHIN);
      const options = { method: "POST", body, signal, keepalive: size < MOST_KEPT_ALIVE };
      const [confirmed, ...sentBefore] = this.known;
      this.isChanged = false;
      this.since = null;
      this.known = [confirmed, ...[...sentBefore, sent].slice(-MOST_SENT)];
      this.keep();
      const response = await fetch(this.address, options).catch(() => null);
      const answer = await response?.json().catch(() => null);
      this.isOutOfReach = !response;
      if (answer?.code === "saved") this.saved(answer, sent);
      else this.refused(response?.status, answer);
    }

    saved(answer, sent) {
      if (this.isNew) this.begin(answer);
      this.address = answer.autosave;
      this.form.elements.version.value = answer.version;
      this.known = [sent];
      this.failures = 0;
      if (this.isChanged) {
        this.keep();
        this.saveIn(PAUSE);
      } else {
        this.copies.remove(this.copies.key(this.nonce));
        delete this.status.dataset.busy;
      }
      this.say("saved", [this.greeting, answer.message].filter(Boolean).join(" "));
    }

    /* The first save makes the draft: this is its page from now on. */
    begin({ action }) {
      this.isNew = false;
      this.form.setAttribute("action", action);
      this.form.elements.nonce.replaceWith(element("input", { type: "hidden", name: "version" }));
      for (const link of document.querySelectorAll("a:is([href*='?to='], [href*='?next='])"))
        link.search = link.search.replace(/=.*/, `=${encodeURIComponent(action)}`);
      history.replaceState(history.state, "", action);
    }

    refused(status, answer) {
      this.isChanged = true;
      if (status === 409 && answer) {
        const newest = this.fields.answers();
        for (const name of Object.keys(newest)) newest[name] = [answer.answers[name] ?? []].flat();
        this.isHeld = this.merge(newest).length > 0;
        if (!this.isHeld) this.form.elements.version.value = answer.version;
        if (!this.isHeld) return this.saveIn(0);
      }
      /* Who has no account is known by the session; where that has ended, by the nonce. */
      if (status === 401 && !this.says.owner && this.address !== this.says.start) {
        this.address = this.says.start;
        return this.saveIn(0);
      }
      this.isHeld ||= status === 404 || status === 410;
      const time = Math.min(FIRST_RETRY * 2 ** this.failures, LONGEST_RETRY);
      /* Only its author makes a text shorter: the next key asks again. */
      this.failures = status === 413 ? 0 : this.failures + 1;
      if (this.failures) this.saveIn(status === 429 ? 2 * LONGEST_RETRY : time);
      delete this.status.dataset.busy;
      this.say(SENTENCES[status] ?? "inBrowser", status === 410 ? answer?.message : undefined);
    }

    /* Said once: who listens to the page is not to hear the same at every key. */
    say(state, sentence = this.says[state]) {
      const text = this.isKept || state === "saved" ? sentence : this.says.unkept;
      const isBothShown = document.querySelector("[data-theirs]");
      const link = {
        signedOut: [this.says.signIn, `${this.says.login}?next=${location.pathname}`],
        outdated: !isBothShown && [this.says.seeBoth, location.pathname],
      }[state];
      this.status.toggleAttribute("data-trouble", !/saved|restored/.test(state) && !isBothShown);
      this.status.dataset.state = state;
      if (this.said === text) return;
      this.said = text;
      const after = link ? [" ", element("a", { href: link[1] }, link[0])] : [];
      this.status.replaceChildren(text, ...after);
    }
  }

  const form = document.getElementById("draft");
  if (form) new Draft(form);
})();
