"""Whether an e-mail address is one of a city's: by the domains that curators noted for it."""

from collections.abc import Iterable


def is_in_a_domain_of(city, addresses: Iterable[str]) -> bool:
    """Whether one of `addresses` is in a domain of `city`.

    The whole domain has to be the same, sub-domains are others. Case does not count, nor whether a
    domain is written in its own script or in the letters of the network.
    """
    domains = {_domain(line) for line in city.email_domains.splitlines()} - {""}
    return any(_domain(address) in domains for address in addresses)


def _domain(text: str) -> str:
    """What follows the last @, or all of a `text` without one, as the network writes it."""
    domain = text.rpartition("@")[2].strip().lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
