"""Counting what a visit takes from the network."""

LISTS = ("practices/", "cities/", "events/", "findings/2023/")


class Meter:
    """Counts what a page takes from the network; what the cache answers costs nothing."""

    def __init__(self, page):
        self.requests = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        self._responses = {}

    def _received(self, event):
        if not event["response"].get("fromDiskCache"):
            self._responses[event["requestId"]] = event["response"]["url"]

    def _finished(self, event):
        if (url := self._responses.get(event["requestId"])) and event["encodedDataLength"]:
            self.requests[url] = event["encodedDataLength"]

    def bytes(self, *, fonts: bool) -> int:
        return sum(
            size for url, size in self.requests.items() if fonts or not url.endswith(".woff2")
        )


def visit(page, url: str) -> Meter:
    """Open `url`, wait until nothing more is asked for, and give what it took."""
    meter = Meter(page)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return meter
