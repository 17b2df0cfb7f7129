"""Texts on their way to the public, with the content of real practices, and the people around them.

Everything is made by the acts that the portal itself uses.
"""

import secrets
import uuid

from django.test import Client
from django.utils import timezone

from exchanges.choices import MembershipRole, MembershipState
from exchanges.models import City, Membership, Theme
from portal.accounts.models import User
from portal.accounts.people import open_account
from portal.accounts.roles import CURATOR
from practices import review, workflow
from practices.acceptance import newest_version
from practices.answers import Answers, of_practice
from practices.choices import Evidence
from practices.curation import Curation
from practices.models import Practice, Submission, SubmissionFile
from practices.questions import SNAPSHOT
from tests.common.corpus import PDF, picture, upload

# A published practice whose text is there in both languages.
SALTO = "oslo-salto"
TITLES = {"en": "A SaLTo coordinator in each school", "ar": "منسق «سالتو» في كل مدرسة"}


def person(name: str = "Astrid Lind", *, language: str = "en", roles=()) -> User:
    """Somebody with a confirmed address that no other test has."""
    address = f"{secrets.token_hex(6)}@example.org"
    return open_account(
        address, name=name, language=language, roles=roles, is_verified=True, by=None
    )


def a_curator(name: str = "Ragnhild Moe", *, language: str = "en") -> User:
    """A curator."""
    return person(name, language=language, roles=[CURATOR.slug])


def an_official(city: str = "oslo", name: str = "Astrid Lind", *, language: str = "en") -> User:
    """Somebody who is confirmed to speak for the city with a slug."""
    official = person(name, language=language)
    speak_for(official, city)
    return official


def speak_for(
    somebody: User, city: str, *, state: MembershipState = MembershipState.CONFIRMED
) -> Membership:
    """Let somebody speak for a city, wait for that, or have spoken for it."""
    now = timezone.now()
    return Membership.objects.create(
        person=somebody, city=City.objects.get(slug=city), role=MembershipRole.OFFICIAL,
        state=state, decided_at=now if state != MembershipState.ASKED else None,
        ended_at=now if state == MembershipState.ENDED else None,
    )  # fmt: skip


def answers_like(slug: str = SALTO, *, language: str = "en", whole: bool = False) -> Answers:
    """What the author of a real practice would have typed in one language: the snapshot, or the
    `whole` form. The title is another, so that the two can be told apart.
    """
    practice = Practice.objects.get(slug=slug)
    practice.original_language = language
    names = {question.name for question in SNAPSHOT}
    typed = of_practice(practice)
    own = {name: answer for name, answer in typed.items() if not name.endswith(("_en", "_ar"))}
    kept = own if whole else {name: answer for name, answer in own.items() if name in names}
    return {"starts": "2021-03", **kept, "title": TITLES[language]}


def draft(
    by: User | None = None, answers: Answers | None = None, *, language: str = "en"
) -> Submission:
    """A draft of `by` (an official of Oslo by default)."""
    by = by or an_official(language=language)
    typed = answers if answers is not None else answers_like(language=language)
    return workflow.start(typed, by=by, language=language, nonce=uuid.uuid4())


def sent_submission(
    by: User | None = None, answers: Answers | None = None, *, language: str = "en"
) -> Submission:
    """What `by` (an official of Oslo by default) has sent in."""
    started = draft(by, answers, language=language)
    return workflow.send(started, by=started.author)


def taken_submission(curator: User, by: User | None = None, **options) -> Submission:
    """What `by` has sent in and `curator` reviews."""
    return review.take(sent_submission(by, **options), by=curator)


def proposed_change(
    slug: str = SALTO, by: User | None = None, *, city: str = "oslo", **changes: str
) -> Submission:
    """A new version of a published practice, sent in; `changes` are answers that are new in it."""
    by = by or an_official(city)
    proposed = workflow.propose_change(Practice.objects.get(slug=slug), by=by)
    saved = workflow.save_answers(proposed, changes, by=by, version=proposed.version)
    return workflow.send(saved, by=by)


def with_files(submission: Submission) -> Submission:
    """A draft with a document and a photograph."""
    for name, content, title in (
        ("plan.pdf", PDF, "Plan of the first year"),
        ("school.png", picture("PNG"), "A coordinator in a school yard"),
    ):
        row = SubmissionFile(file=upload(name, content), title=title, caption="")
        row.full_clean(exclude=["submission", "added_by"])
        workflow.add_file(submission, row, by=submission.author)
    return submission


def judged(submission: Submission | None = None) -> Curation:
    """What a curator adds who saw the published practice as it is."""
    live = submission.practice if submission and submission.changes_a_practice else None
    return Curation(
        Theme.objects.get(slug="youth"),
        Evidence.LIMITED,
        live_version=newest_version(live) if live else None,
    )


def read(client: Client, address: str) -> str:
    """The page at `address`, which is no error."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.headers
    return answer.content.decode()
