"""Who may do what: one line for each page and each action of the product."""

from dataclasses import dataclass

from core.permissions import Role


@dataclass(frozen=True)
class Who:
    """Roles that are let in wherever they are held, and those that are in the thing's own unit."""

    anywhere: frozenset[Role] = frozenset()
    in_its_unit: frozenset[Role] = frozenset()
    #: Roles that are let in only once something was begun there; before, it isn't there for them.
    once_begun: frozenset[Role] = frozenset()
    signed_in: bool = False
    signed_out: bool = False


ADMIN = Who(frozenset({Role.ADMIN}))
SECRETARIAT = Who(frozenset({Role.SECRETARIAT}))
STAFF = Who(frozenset({Role.SECRETARIAT, Role.CLERK}))
OFFICE = Who(frozenset({Role.ADMIN, Role.SECRETARIAT}))
TYPE_DEADLINES = Who(frozenset({Role.SECRETARIAT, Role.LEADER, Role.REPORTER}))
READ_CALENDAR = Who(frozenset({Role.SECRETARIAT, Role.CLERK, Role.LEADER, Role.REPORTER}))
ANY_UNIT = Who(frozenset({Role.LEADER, Role.REPORTER}))
UNIT = Who(in_its_unit=frozenset({Role.LEADER, Role.REPORTER}))
FILLERS = Who(in_its_unit=UNIT.in_its_unit, once_begun=SECRETARIAT.anywhere)
UNIT_AND_STAFF = Who(STAFF.anywhere, UNIT.in_its_unit)
SUBMITTED = Who(in_its_unit=UNIT.in_its_unit, once_begun=STAFF.anywhere)
LEADER = Who(in_its_unit=frozenset({Role.LEADER}))
#: What somebody of the secretariat here has asked for.
ITS_OWNER = Who(in_its_unit=SECRETARIAT.anywhere, once_begun=frozenset({Role.CLERK}))
SIGNED_IN = Who(signed_in=True)
EVERYBODY = Who(signed_in=True, signed_out=True)

ROUTES: dict[str, dict[str, Who]] = {
    "static": {"GET": EVERYBODY},
    "home.health": {"GET": EVERYBODY},
    "home.choose_language": {"POST": EVERYBODY},
    "home.choose_theme": {"POST": EVERYBODY},
    "home.index": {"GET": SIGNED_IN},
    "sign_in.sign_in": {"GET": EVERYBODY, "POST": EVERYBODY},
    "sign_in.sign_in_again": {"GET": EVERYBODY, "POST": EVERYBODY},
    "sign_in.first_account": {"GET": EVERYBODY, "POST": EVERYBODY},
    "sign_in.sign_out": {"POST": SIGNED_IN},
    "sign_in.change_password": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    # Units, people, the log
    "organisation.list_units": {"GET": ADMIN},
    "organisation.new_unit": {"GET": ADMIN, "POST": ADMIN},
    "organisation.edit_unit": {"GET": ADMIN, "POST": ADMIN},
    "organisation.reopen_unit": {"POST": ADMIN},
    "organisation.move_unit": {"POST": ADMIN},
    "unit_changes.list_changes": {"GET": ADMIN},
    "unit_changes.new_change": {"GET": ADMIN, "POST": ADMIN},
    "unit_changes.show_change": {"GET": ADMIN},
    "unit_changes.undo_change": {"POST": ADMIN},
    "unit_lists.download": {"GET": ADMIN},
    "unit_lists.read_list": {"GET": ADMIN, "POST": ADMIN},
    "unit_lists.accept": {"POST": ADMIN},
    "organisation.list_groups": {"GET": ADMIN},
    "organisation.new_group": {"GET": ADMIN, "POST": ADMIN},
    "organisation.edit_group": {"GET": ADMIN, "POST": ADMIN},
    "organisation.delete_group": {"POST": ADMIN},
    "people.list_people": {"GET": ADMIN},
    "people.new_person": {"GET": ADMIN, "POST": ADMIN},
    "people.edit_person": {"GET": ADMIN, "POST": ADMIN},
    "people.disable": {"POST": ADMIN},
    "people.enable": {"POST": ADMIN},
    "people.new_password": {"POST": ADMIN},
    "punctuality.show_units": {"GET": STAFF},
    "punctuality.download": {"GET": STAFF},
    "punctuality.show_unit": {"GET": UNIT_AND_STAFF},
    "audit.list_entries": {"GET": ADMIN},
    "office.show_settings": {"GET": OFFICE, "POST": OFFICE},
    "office.set_days": {"POST": OFFICE},
    "office.remove_day": {"POST": OFFICE},
    "deadlines.say": {"GET": TYPE_DEADLINES},
    # Tasks and their forms
    "tasks.list_tasks": {"GET": STAFF},
    "tasks.new_task": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "tasks.show_task": {"GET": STAFF},
    "tasks.edit_task": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "arranging.order": {"POST": SECRETARIAT},
    "arranging.paste": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "arranging.revert": {"POST": SECRETARIAT},
    "arranging.show_bin": {"GET": SECRETARIAT},
    "arranging.show_order": {"GET": SECRETARIAT},
    "undoing.undo": {"POST": SECRETARIAT},
    "undoing.redo": {"POST": SECRETARIAT},
    "tasks.copy_form": {"POST": SECRETARIAT},
    "tasks.copy_task": {"POST": SECRETARIAT},
    "tasks.delete_task": {"POST": SECRETARIAT},
    "tasks.restore_task": {"POST": SECRETARIAT},
    "tasks.add_file": {"POST": SECRETARIAT},
    "tasks.remove_file": {"POST": SECRETARIAT},
    "tasks.restore_file": {"POST": SECRETARIAT},
    "tasks.download_file": {"GET": UNIT_AND_STAFF},
    "tasks.add_form": {"POST": SECRETARIAT},
    "tasks.rename_form": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "tasks.delete_form": {"POST": SECRETARIAT},
    "tasks.restore_form": {"POST": SECRETARIAT},
    "form_files.read_file": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "form_files.make": {"POST": SECRETARIAT},
    "builder.show_form": {"GET": SECRETARIAT},
    "previewing.preview": {"GET": STAFF, "POST": STAFF},
    "papers.show_blank": {"GET": STAFF},
    "papers.download_blank": {"GET": STAFF},
    "papers.show_letter": {"GET": STAFF},
    "papers.download_letter": {"GET": STAFF},
    "papers.show_report": {"GET": SUBMITTED},
    "papers.download_report": {"GET": SUBMITTED},
    "builder.new_question": {"GET": SECRETARIAT},
    "builder.add_question": {"POST": SECRETARIAT},
    "builder.show_question": {"GET": SECRETARIAT},
    "builder.edit_question": {"GET": SECRETARIAT},
    "builder.save_question": {"POST": SECRETARIAT},
    "builder.more": {"GET": SECRETARIAT},
    "builder.move_question": {"POST": SECRETARIAT},
    "builder.duplicate_question": {"POST": SECRETARIAT},
    "builder.delete_question": {"POST": SECRETARIAT},
    "builder.restore_question": {"POST": SECRETARIAT},
    "library.list_items": {"GET": SECRETARIAT},
    "library.edit": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "library.delete": {"POST": SECRETARIAT},
    "library.restore": {"POST": SECRETARIAT},
    "library.save_question": {"POST": SECRETARIAT},
    "library.save_section": {"POST": SECRETARIAT},
    "library.choose": {"GET": SECRETARIAT},
    "library.add": {"POST": SECRETARIAT},
    "sections.add": {"POST": SECRETARIAT},
    "sections.edit": {"GET": SECRETARIAT},
    "sections.save": {"POST": SECRETARIAT},
    "sections.more": {"GET": SECRETARIAT},
    "sections.move": {"POST": SECRETARIAT},
    "sections.duplicate": {"POST": SECRETARIAT},
    "sections.delete": {"POST": SECRETARIAT},
    "sections.restore": {"POST": SECRETARIAT},
    "publishing.choose_units": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "publishing.review_publication": {"GET": SECRETARIAT},
    "publishing.publish": {"POST": SECRETARIAT},
    # What comes back
    "board.show_board": {"GET": STAFF},
    "calendar.show_calendar": {"GET": READ_CALENDAR},
    "calendar.show_links": {"GET": READ_CALENDAR},
    "calendar.renew": {"POST": READ_CALENDAR},
    "calendar.remove": {"POST": UNIT},
    "calendar.feed": {"GET": EVERYBODY},
    "rounds.list_rounds": {"GET": STAFF},
    "rounds.edit_round": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "rounds.withdraw": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "rounds.ask_again": {"POST": SECRETARIAT},
    "rounds.edit_planned": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "rounds.skip": {"POST": SECRETARIAT},
    "rounds.unskip": {"POST": SECRETARIAT},
    "rounds.open_now": {"POST": SECRETARIAT},
    "recurring.show_rule": {"GET": SECRETARIAT},
    "recurring.save_rule": {"POST": SECRETARIAT},
    "recurring.stop": {"POST": SECRETARIAT},
    "review.show_report": {"GET": STAFF},
    "review.accept": {"POST": SECRETARIAT},
    "review.return_report": {"POST": SECRETARIAT},
    "summary.show_summary": {"GET": STAFF},
    "summary.show_answers": {"GET": STAFF},
    "summary.download": {"GET": STAFF},
    "downloads.show": {"GET": STAFF},
    "downloads.download": {"GET": STAFF},
    "downloads.prepare": {"POST": STAFF},
    "downloads.download_prepared": {"GET": ITS_OWNER},
    "downloads.discard": {"POST": ITS_OWNER},
    "summary_views.new_view": {"GET": STAFF, "POST": STAFF},
    "summary_views.edit_view": {"GET": STAFF, "POST": STAFF},
    "summary_views.delete_view": {"POST": STAFF},
    "summary_views.restore_view": {"POST": STAFF},
    "summary_templates.add_template": {"GET": STAFF, "POST": STAFF},
    "summary_templates.show_template": {"GET": STAFF},
    "summary_templates.download_template": {"GET": STAFF},
    "summary_templates.delete_template": {"POST": STAFF},
    "summary_templates.restore_template": {"POST": STAFF},
    # The reports of units
    "answering.inbox": {"GET": ANY_UNIT},
    "answering.show_report": {"GET": FILLERS},
    "answering.show_section": {"GET": FILLERS},
    "answering.save_section": {"POST": FILLERS},
    "answering.acknowledge": {"POST": FILLERS},
    "answering.here": {"POST": FILLERS},
    "answering.save_answer": {"POST": FILLERS},
    "response_files.template": {"GET": FILLERS},
    "response_files.read_file": {"GET": FILLERS, "POST": FILLERS},
    "response_files.accept": {"POST": FILLERS},
    "submitting.check": {"GET": FILLERS},
    "submitting.submit": {"POST": FILLERS},
    "submitting.send_back": {"POST": LEADER},
    "submitting.withdraw": {"POST": FILLERS},
    "submitting.receipt": {"GET": FILLERS},
    "entering.begin": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "entering.end": {"POST": SECRETARIAT},
    "extensions.ask": {"GET": UNIT, "POST": UNIT},
    "extensions.extend": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "extensions.exempt": {"GET": SECRETARIAT, "POST": SECRETARIAT},
    "extensions.require_again": {"POST": SECRETARIAT},
    "extensions.refuse": {"POST": SECRETARIAT},
    "taking.take_in_section": {"POST": FILLERS},
    "taking.take_in_report": {"POST": FILLERS},
    "taking.put_back": {"POST": FILLERS},
    "receipts.check": {"GET": SIGNED_IN},
    "evidence.upload": {"POST": FILLERS},
    "evidence.upload_part": {"POST": FILLERS},
    "evidence.rename": {"POST": FILLERS},
    "evidence.thumbnail": {"GET": UNIT_AND_STAFF},
    "evidence.remove": {"POST": FILLERS},
    "evidence.restore": {"POST": FILLERS},
    "evidence.download": {"GET": UNIT_AND_STAFF},
}
