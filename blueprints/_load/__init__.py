"""The one door to things by id: each loader gives the thing only to whom it may be shown.

Whatever a person may not see is as if it didn't exist: 404.
"""

from blueprints._load.organisation import (
    calendar_feed_or_404,
    group_or_404,
    office_day_or_404,
    own_unit_or_404,
    person_or_404,
    unit_change_or_404,
    unit_or_404,
    unit_to_read_or_404,
)
from blueprints._load.plans import alias_or_404, plan_draft_or_404
from blueprints._load.reminders import job_or_404, mail_to_change_or_404, reminder_or_404
from blueprints._load.reports import (
    assignments_or_404,
    attachment_or_404,
    draft_or_404,
    extension_or_404,
    report_or_404,
    report_to_change_or_404,
    report_to_read_or_404,
)
from blueprints._load.summaries import (
    prepared_file_or_404,
    summary_template_or_404,
    summary_view_or_404,
)
from blueprints._load.tasks import (
    deleted_form_or_404,
    deleted_task_or_404,
    form_or_404,
    library_item_or_404,
    planned_round_or_404,
    question_or_404,
    readable_task_file_or_404,
    round_or_404,
    round_to_change_or_404,
    section_or_404,
    task_file_or_404,
    task_or_404,
)

__all__ = [
    "alias_or_404",
    "assignments_or_404",
    "attachment_or_404",
    "calendar_feed_or_404",
    "deleted_form_or_404",
    "deleted_task_or_404",
    "draft_or_404",
    "extension_or_404",
    "form_or_404",
    "group_or_404",
    "job_or_404",
    "library_item_or_404",
    "mail_to_change_or_404",
    "office_day_or_404",
    "own_unit_or_404",
    "person_or_404",
    "plan_draft_or_404",
    "planned_round_or_404",
    "prepared_file_or_404",
    "question_or_404",
    "readable_task_file_or_404",
    "reminder_or_404",
    "report_or_404",
    "report_to_change_or_404",
    "report_to_read_or_404",
    "round_or_404",
    "round_to_change_or_404",
    "section_or_404",
    "summary_template_or_404",
    "summary_view_or_404",
    "task_file_or_404",
    "task_or_404",
    "unit_change_or_404",
    "unit_or_404",
    "unit_to_read_or_404",
]
