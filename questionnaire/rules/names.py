"""The names that a rule may use for questions, rows, columns and options, and what they mean."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from weakref import finalize

from core.vietnamese import clean_text, search_key
from core.words import _
from questionnaire.definition import FormDefinition, Question
from questionnaire.types.base import QuestionType
from questionnaire.types.reading import Grid, Named, ReadAs
from questionnaire.types.registry import UnknownQuestionType, get

LONGEST_SHOWN = 80
ID_MARK = "#"


class UnclearNameError(ValueError):
    """A name means nothing here, or more than one thing; the message says so."""


@dataclass(frozen=True)
class Scope:
    """Things that stand beside each other, by the names that people give them."""

    things: tuple[Named, ...]

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The ids under each name; a short name goes before somebody else's longer one."""
        found: dict[str, list[str]] = {}
        for rank in range(max((len(one.names) for one in self.things), default=0)):
            earlier = set(found)
            for one in self.things:
                name = _key(one.names[rank]) if rank < len(one.names) else ""
                if name and name not in earlier and one.id not in found.get(name, []):
                    found.setdefault(name, []).append(one.id)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Named]:
        return {one.id: one for one in self.things}

    def find(self, text: str) -> str:
        """Return the id of what is called `text`; raises UnclearNameError."""
        text = clean_text(text)
        found = self._by_name.get(_key(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise UnclearNameError(self._ambiguous(text, found))
        if text.startswith(ID_MARK) and text[1:] in self._by_id:
            return text[1:]
        raise UnclearNameError(self._unknown(text))

    def shown(self, id_: str, *, brief: bool = False) -> str:
        """Return the name to write for `id_`, its own and no other's; "?" if it is gone.

        `brief` prefers the shortest to the first.
        """
        if id_ not in self._by_id:
            return "?"
        given = self._by_id[id_].names
        if not brief and len(given[0]) <= LONGEST_SHOWN and self._means(given[0], id_):
            return given[0]
        names = [one for one in given if self._means(one, id_)]
        names.append(ID_MARK + id_)
        if brief:
            return min(names, key=len)
        return next((one for one in names if len(one) <= LONGEST_SHOWN), names[0])

    def _means(self, name: str, id_: str) -> bool:
        return bool(_key(name)) and self._by_name.get(_key(name)) == [id_]

    def _ambiguous(self, text: str, found: list[str]) -> str:
        first, second = (self.shown(one) for one in found[:2])
        return _(
            "“%(name)s” có thể là “%(first)s” hoặc “%(second)s”. Hãy ghi rõ.",
            name=text[:LONGEST_SHOWN],
            first=first,
            second=second,
        )

    def _unknown(self, text: str) -> str:
        name = text[:LONGEST_SHOWN]
        plain = {search_key(one)[:200]: one for thing in self.things for one in thing.names if one}
        near = get_close_matches(search_key(name), plain, n=1, cutoff=0.6)
        if near:
            return _(
                "Không có “%(name)s”. Có phải bạn định viết “%(near)s”?", name=name, near=plain[near[0]]
            )
        return _("Không có “%(name)s” trong biểu mẫu.", name=name)


@dataclass(frozen=True)
class Names:
    """All names of a form."""

    definition: FormDefinition

    @classmethod
    def of(cls, definition: FormDefinition) -> "Names":
        """Return the names of the questions of `definition` that hold an answer."""
        return cls(definition)

    @cached_property
    def questions(self) -> Scope:
        """The questions: by label, code, or section and label."""
        return Scope(
            tuple(
                Named(one.uid, (one.label, one.code, f"{section.title} / {one.label}"))
                for section in self.definition.sections
                for one in section.questions
                if (kind := type_of(one)) is not None and kind.read_as != ReadAs.NOTHING
            )
        )


def options_of(question: Question) -> Scope:
    """Return the options of a question."""
    kind = type_of(question)
    options = kind.options(question.settings) if kind else {}
    return Scope(tuple(Named(id_, (label,)) for id_, label in options.items()))


_grids: dict[int, dict[str, Grid | None]] = {}
"""The grids of each form by its identity: tables are large, and many rules read the same one."""


def grid_of(definition: FormDefinition, question: Question) -> Grid | None:
    """Return the rows and columns of a table of the form, None for any other question."""
    form = id(definition)
    if form not in _grids:
        _grids[form] = {}
        finalize(definition, _grids.pop, form, None)
    grids = _grids[form]
    if question.uid not in grids:
        grids[question.uid] = _made_grid(question)
    return grids[question.uid]


def _made_grid(question: Question) -> Grid | None:
    kind = type_of(question)
    try:
        return kind.grid(question.settings) if kind else None
    except UnknownQuestionType:
        return None


def columns_of(grid: Grid) -> Scope:
    """Return the columns of a table."""
    return Scope(grid.columns)


def rows_of(grid: Grid) -> Scope:
    """Return the rows of a table; none where units add them."""
    return Scope(grid.rows or ())


def type_of(question: Question) -> QuestionType | None:
    """Return the type of a question, None for one that is no longer known."""
    try:
        return get(question.type)
    except UnknownQuestionType:
        return None


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    return clean_text(name).casefold()
