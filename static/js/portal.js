/* portal.js: what scripts add to pages that work without them. */

/* Language switch: the page in the other language opens at the same heading, #fragment kept. */
(() => {
  const KEY = "place-before-language-switch";
  const headings = () => [...document.querySelectorAll("main :is(h1, h2, h3)")];

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-language-switch]");
    if (!link) return;
    link.hash = location.hash;
    const tops = headings().map((heading) => heading.getBoundingClientRect().top);
    const index = tops.findLastIndex((top) => top < innerHeight / 2);
    if (scrollY) sessionStorage.setItem(KEY, JSON.stringify([link.hreflang, index, tops[index]]));
  });

  addEventListener("load", () => {
    const kept = sessionStorage.getItem(KEY);
    if (!kept) return;
    sessionStorage.removeItem(KEY);
    const [language, index, top] = JSON.parse(kept);
    const heading = headings()[index];
    if (heading && document.documentElement.lang === language)
      scrollBy({ top: heading.getBoundingClientRect().top - top, behavior: "instant" });
  });
})();

/* Scripts that not every visit needs come when a reader turns to what they are for. */
(() => {
  document.documentElement.dataset.scripted = "";
  const fetchFor = ({ target }) => {
    for (const waiting of document.querySelectorAll("template[data-src]")) {
      const { src, use, ...words } = waiting.dataset;
      if (!target.closest?.(use)) continue;
      const script = document.createElement("script");
      Object.assign(script.dataset, words);
      /* One after the other, as they stand in the page. */
      script.async = false;
      script.src = src;
      waiting.replaceWith(script);
    }
  };
  for (const turn of ["focusin", "pointerover", "touchstart"])
    document.addEventListener(turn, fetchFor, { passive: true });
  if (document.activeElement !== document.body) fetchFor({ target: document.activeElement });
  /* Back or forward to a part that htmx once put there, while htmx has not come: the whole page. */
  addEventListener("popstate", ({ state }) => {
    if (state?.htmx && !window.htmx) location.reload();
  });
})();

/* What drafts keep in this browser goes with the account, and with the draft it belongs to. */
(() => {
  const forget = (part) => {
    try {
      const kept = Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
      for (const key of kept) if (key.includes(part)) localStorage.removeItem(key);
    } catch { /* a closed store keeps nothing */ }
  };
  const sent = document.querySelector("[data-draft-sent]");
  if (sent) forget(sent.dataset.draftSent);
  document.addEventListener("submit", ({ target }) => {
    const { pathname } = new URL(target.getAttribute("action") ?? "", location);
    const isSignOut = pathname.endsWith("/accounts/logout/");
    /* Who only starts signing in again has typed what is kept, and wants it back. */
    if (isSignOut && document.querySelector("[data-signed-in]")) forget("");
    if (target.dataset.draftDiscard) forget(target.dataset.draftDiscard);
  });
})();

/* Share and print: what needs a script appears with it; a menu closes like a menu. */
for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) button.parentElement.hidden = false;
}
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll(".share[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const copy = event.target.closest("[data-copy]");
  if (!copy) return;
  const menu = copy.closest(".share");
  const status = menu.parentElement.querySelector("[data-copied]");
  const said = await navigator.clipboard.writeText(copy.dataset.copy).then(
    () => status.dataset.copied,
    () => copy.dataset.copy,
  );
  menu.open = false;
  menu.querySelector("summary").focus();
  status.textContent = said;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".share[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
