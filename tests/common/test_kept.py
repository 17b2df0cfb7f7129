"""What a process keeps: bounded, shared by threads, forgotten on demand."""

from concurrent.futures import ThreadPoolExecutor

from portal.common.kept import Kept, forget_all


def test_a_value_is_made_once_and_then_kept():
    kept, made = Kept(2), []
    for _time in range(3):
        assert kept.get_or_make("key", lambda: made.append("made") or "value") == "value"
    assert made == ["made"]


def test_what_was_not_used_for_longest_goes_first():
    kept = Kept(2)
    kept.put("old", 1)
    kept.put("new", 2)
    kept.get("old")
    kept.put("newest", 3)
    assert [kept.get(key) for key in ("old", "new", "newest")] == [1, None, 3]


def test_threads_never_find_more_than_the_store_may_hold():
    kept = Kept(10)

    def use(start: int) -> None:
        for number in range(start, start + 1000):
            assert kept.get_or_make(number % 50, lambda number=number: number % 50) == number % 50

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(use, range(8)))
    assert sum(kept.get(number) is not None for number in range(50)) == 10


def test_all_stores_can_be_emptied_at_once():
    first, second = Kept(1), Kept(1)
    first.put("key", 1)
    second.put("key", 2)
    forget_all()
    assert first.get("key") is None
    assert second.get("key") is None
