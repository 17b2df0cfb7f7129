"""What the author writes, in every state that changes who may read it, by the portal's acts."""

import uuid

from portal.accounts.models import User
from practices import coauthors, review, workflow
from practices.answers import Answers
from practices.models import CoAuthor, Submission, SubmissionFile
from practices.questions import QUESTIONS, SNAPSHOT
from tests.authz.canary import Canary
from tests.authz.people import People, token_in_mail_to
from tests.common.corpus import upload

# Answers that are no free text.
FIXED = {"city": "Oslo", "starts": "2021-03"}


class Writings:
    """A draft with files and an invitation; one that a curator reads; one that went back."""

    def __init__(self, people: People, canary: Canary):
        self._canary = canary
        self._author, self._curator = people["author"], people["curator"]
        self.draft = self._draft()
        self.document = self._file(self.draft, "plan.pdf", canary.document, readers="author")
        self.photo = self._file(self.draft, "school.jpg", canary.photo, readers="author")
        self.invitation = coauthors.invite(
            self.draft,
            canary.address(
                "address of an invited writer", readers="author curators invited_writer"
            ),
            by=self._author,
            language="en",
            works_for=canary.text("organisation of an invited writer", readers="author"),
        )
        self.token = token_in_mail_to(self.invitation)
        self.coauthor = self._coauthor(people["coauthor"])
        self.in_review = self._in_review()
        self.document_in_review = self.in_review.files.get()
        self.returned = self._returned()

    def _draft(self) -> Submission:
        answers = self._answers("a draft", QUESTIONS, readers="author")
        answers["title"] = self._canary.text(
            "title of a draft", readers="author invited_writer coauthor"
        )
        return self._started(answers)

    def _in_review(self) -> Submission:
        answers = self._answers("a text in review", SNAPSHOT, readers="author curators")
        started = self._started(answers)
        self._file(started, "report.pdf", self._canary.document, readers="author curators")
        taken = review.take(workflow.send(started, by=self._author), by=self._curator)
        note = self._canary.text("a private note", readers="curators")
        review.write_note(taken, note, by=self._curator, is_private=True)
        return taken

    def _returned(self) -> Submission:
        """What the author changes now is the author's alone until it is sent again."""
        answers = self._answers("a text that went back", SNAPSHOT, readers="author curators")
        note = self._canary.text("a note to the author", readers="author curators")
        returned = review.request_changes(self._sent(answers), note, by=self._curator)
        newer = self._answers("a text being changed", SNAPSHOT, readers="author")
        return workflow.save_answers(returned, newer, by=self._author, version=returned.version)

    def _answers(self, place: str, questions, *, readers: str) -> Answers:
        texts = {
            question.name: self._canary.text(f"{question.name} of {place}", readers=readers)
            for question in questions
            if question.is_text
        }
        return texts | FIXED

    def _started(self, answers: Answers) -> Submission:
        return workflow.start(answers, by=self._author, language="en", nonce=uuid.uuid4())

    def _sent(self, answers: Answers) -> Submission:
        return workflow.send(self._started(answers), by=self._author)

    def _coauthor(self, person: User) -> CoAuthor:
        """`person` was invited to write the draft with the author, and does."""
        works_for = self._canary.text("organisation of a co-author", readers="author")
        invitation = coauthors.invite(
            self.draft, person.email, by=self._author, language="en", works_for=works_for
        )
        coauthors.join(token_in_mail_to(invitation), by=person)
        return self.draft.coauthors.get()

    def _file(
        self, submission: Submission, name: str, content_of, *, readers: str
    ) -> SubmissionFile:
        row = SubmissionFile(
            file=upload(name, content_of(f"content of {name}", readers=readers)),
            title=self._canary.text(f"title of {name}", readers=readers),
            caption=self._canary.text(f"caption of {name}", readers=readers),
        )
        return workflow.add_file(submission, row, by=self._author)
