/* draft-copies.js: what this browser keeps of drafts until the portal has confirmed it. portal.js
   removes all of it when somebody signs out, and one draft's when that is sent or deleted. */
window.DraftCopies = (() => {
  const PREFIX = "draft:";
  const BEFORE = "page-before";

  const attempt = (act, otherwise = null) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

  /* A page has a name, which the next page in its tab knows: what one window keeps is overwritten
     by no other, not even by its own duplicate. */
  const PAGE = Math.random().toString(36).slice(2);
  const pageBefore = attempt(() => sessionStorage.getItem(BEFORE));
  attempt(() => sessionStorage.removeItem(BEFORE));
  addEventListener("pagehide", () => attempt(() => sessionStorage.setItem(BEFORE, PAGE)));

  /* The copies of one step of the form. A draft is called by its nonce, which it has from its first
     key on; its owner is an account, or nobody. */
  return class DraftCopies {
    constructor({ owner, step }) {
      this.owner = owner;
      this.step = step;
    }

    key(nonce) {
      return PREFIX + [this.owner, nonce, this.step, PAGE].join(":");
    }

    /* Whether the browser keeps it: private windows may not, full stores cannot. */
    write(nonce, copy) {
      const text = JSON.stringify({ at: Date.now(), ...copy });
      return attempt(() => !localStorage.setItem(this.key(nonce), text), false);
    }

    remove(key) {
      attempt(() => localStorage.removeItem(key));
    }

    /* No other window takes up what this one holds. */
    hold(nonce) {
      navigator.locks?.request(this.key(nonce), () => new Promise(() => {}));
    }

    /* The newest copy for this page that no open window holds. Those of other people are not read;
       one of nobody becomes the owner's where the draft, or the tab, is the same. */
    async leftBehind(nonce, { isNew }) {
      const { held = [] } = (await navigator.locks?.query()) ?? {};
      const open = new Set(held.map(({ name }) => name));
      const copies = [];
      for (const key of attempt(kept, [])) {
        const [owner, itsNonce, step, page] = key.slice(PREFIX.length).split(":");
        const isHere = page === pageBefore;
        const isThis = itsNonce === nonce;
        if (step !== this.step || (open.has(key) && !isHere)) continue;
        if (owner !== this.owner && (owner || !(isThis || isHere))) continue;
        const copy = attempt(() => JSON.parse(localStorage.getItem(key)));
        if (isThis || (isNew && copy?.isNew)) copies.push({ ...copy, key, nonce: itsNonce });
      }
      return copies.filter((copy) => copy.answers).sort((one, other) => other.at - one.at)[0];
    }
  };
})();
