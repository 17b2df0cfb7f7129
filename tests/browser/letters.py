"""Letters that give away what was never translated."""

from playwright.sync_api import Page

# Words in letters of the other language.
FOREIGN = {"en": r"[\u0600-\u06ff]{2,}", "ar": r"[A-Za-z]{3,}"}
# Where foreign words belong. Names that people typed are marked too; in an English page Arabic
# ones are labelled with their language, so that there nothing else is passed over.
KEPT = {
    "en": "code, kbd, script, style, [lang]:not(html)",
    "ar": 'bdi, code, kbd, script, style, [dir="auto"], [lang]:not(html)',
}
SEEN = """([kept, foreign]) => {
  const pattern = new RegExp(foreign, 'gu');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest(kept) || !parent.checkVisibility()) continue;
    const words = walker.currentNode.data.match(pattern);
    if (words) found.push(words.join(' '));
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
    for (const element of document.querySelectorAll(`body [${name}]`)) {
      const words = element.getAttribute(name).match(pattern);
      const marked = element.closest('[lang]:not(html), bdi, [dir="auto"]');
      if (words && !marked) found.push(words.join(' '));
    }
  }
  return found;
}"""


def left_in_another_language(page: Page, language: str) -> list[str]:
    """What a reader sees on a page in `language` in the letters of the other one, outside of what
    is marked as a stored value or as another language.
    """
    return page.evaluate(SEEN, [KEPT[language], FOREIGN[language]])
