"""What a report says now that it didn't say when it was submitted before."""

from dataclasses import dataclass

from domain import previous, versions
from models import Response, Submission
from questionnaire.differences import Difference, differences
from questionnaire.filling import filled


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answers that differ from those of an earlier submission."""

    earlier: Submission
    differences: list[Difference]

    @property
    def uids(self) -> frozenset[str]:
        """The uids of the questions whose answers differ."""
        return frozenset(one.question.uid for one in self.differences)


def since_submitted(response: Response) -> Comparison | None:
    """Compare the living draft with its newest submission; None before there is one."""
    if not response.submissions or response.current_submission is not None:
        return None
    definition = versions.definition(response.version_id)
    now = filled(definition, response.answers, previous.of_report(response))
    return Comparison(
        response.submissions[-1],
        differences(definition, response.submissions[-1].answers, now.answers),
    )


def since_the_one_before(submission: Submission) -> Comparison | None:
    """Compare a submission with the one before it; None for the first."""
    earlier = [one for one in submission.response.submissions if one.number < submission.number]
    if not earlier:
        return None
    definition = versions.definition(submission.version_id)
    return Comparison(
        earlier[-1], differences(definition, earlier[-1].answers, submission.answers)
    )
