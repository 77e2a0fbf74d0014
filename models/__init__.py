"""Tables and their invariants; importing this package makes the metadata whole."""

from models.audit import AuditEntry, AuditHead
from models.calendar import CalendarFeed
from models.deadlines import Extension
from models.files import StoredFile
from models.forms import Assignment, Form, FormStep, FormTarget, FormVersion, Question, Section
from models.jobs import Job, JobState
from models.library import LibraryItem
from models.office import OfficeDay, OfficeSetting
from models.organisation import ALWAYS, Unit, UnitGroup, UnitKind, group_members
from models.people import Membership, Person, SignInFailure, SignInSession
from models.plans import PlanDraft, UnitAlias
from models.reminders import (
    MailState,
    OutgoingMail,
    Reminder,
    ReminderKind,
    ReminderPlan,
    ReminderText,
    UnitCall,
)
from models.responses import (
    AnswerChange,
    Attachment,
    Presence,
    Response,
    ResponseState,
    ReviewNote,
    Submission,
)
from models.rounds import PlannedRound, Recurrence, RoundLevel
from models.summary import PreparedFile, SummaryTemplate, SummaryView
from models.tasks import Round, Task, TaskFile
from models.unit_history import (
    PastMember,
    PastVersion,
    UnitChange,
    UnitChangeKind,
    UnitSuccession,
)

__all__ = [
    "ALWAYS",
    "AnswerChange",
    "Assignment",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "CalendarFeed",
    "Extension",
    "Form",
    "FormStep",
    "FormTarget",
    "FormVersion",
    "Job",
    "JobState",
    "LibraryItem",
    "MailState",
    "Membership",
    "OfficeDay",
    "OfficeSetting",
    "OutgoingMail",
    "PastMember",
    "PastVersion",
    "Person",
    "PlanDraft",
    "PlannedRound",
    "PreparedFile",
    "Presence",
    "Question",
    "Recurrence",
    "Reminder",
    "ReminderKind",
    "ReminderPlan",
    "ReminderText",
    "Response",
    "ResponseState",
    "ReviewNote",
    "Round",
    "RoundLevel",
    "Section",
    "SignInFailure",
    "SignInSession",
    "StoredFile",
    "Submission",
    "SummaryTemplate",
    "SummaryView",
    "Task",
    "TaskFile",
    "Unit",
    "UnitAlias",
    "UnitCall",
    "UnitChange",
    "UnitChangeKind",
    "UnitGroup",
    "UnitKind",
    "UnitSuccession",
    "group_members",
]
