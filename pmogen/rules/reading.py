"""PMO0xx: what reading finds, before any rule runs. Only the manuals live here; the checks are in source/ and model/."""

from __future__ import annotations

from dataclasses import dataclass

from pmogen.diagnostics import Severity
from pmogen.rules.rule import first_line, heading


@dataclass(frozen=True)
class ReadingCode:
    """A code of a diagnostic that reading gives, with its manual."""

    code: str
    severity: Severity
    manual: str

    @property
    def title(self) -> str:
        """First line of the manual."""
        return first_line(self.manual).rstrip(".")

    @property
    def heading(self) -> str:
        """The title in the language that is spoken."""
        return heading(self.manual)


READING: tuple[ReadingCode, ...] = (
    ReadingCode(
        "PMO001",
        "error",
        """A file is not plain UTF-8 text.

Files are UTF-8, with or without a byte order mark. UTF-16, other encodings, control characters and files above
4 MB are refused; the place of the first wrong byte is given.
""",
    ),
    ReadingCode(
        "PMO002",
        "error",
        """The YAML cannot be read, or is ambiguous.

pmogen reads a strict part of YAML 1.2: no tags, no anchors and aliases (they hide repetition, and a few lines of
them can expand without end), no merge keys, no key twice, no bare numbers such as 010 or 0x1F that programs read
differently, at most 40 levels deep and 400,000 values.

Wrong:
    content/foundation.yml: |
      summary: one
      summary: two

Right:
    content/foundation.yml: |
      summary: one
""",
    ),
    ReadingCode(
        "PMO003",
        "note",
        """A text that some programs read as something else stays text.

yes, no, on and off are text here, and so are 12:30 and 1_000; older readers of YAML make true or false, 750 and 1000 of
them. Quotes make it clear to everybody.

Wrong:
    content/foundation.yml: |
      summary: no

Right:
    content/foundation.yml: |
      summary: "no"
""",
    ),
    ReadingCode(
        "PMO004",
        "error",
        """A CSV file has not the form of a table.

Separators may be comma, semicolon or tab. A row with more cells than the first row, a column given twice, or an open
quotation mark is reported with its line.

Wrong:
    content/assessments/2027-01-31.csv: |
      respondent,group,aspect,current
      r1,sponsors,visibility,2,3

Right:
    content/assessments/2027-01-31.csv: |
      respondent,group,aspect,current
      r1,sponsors,visibility,2
""",
    ),
    ReadingCode(
        "PMO005",
        "error",
        """A file cannot be read.

It is a link that leaves the workspace, a folder with the name of a file, larger than 4 MB, or the permissions do not
allow it. pmogen never follows links out of a workspace, as a playbook is published.
""",
    ),
    ReadingCode(
        "PMO010",
        "error",
        """Entries of the catalogue do not lie over each other.

An entry needs an id, once in each layer. A local entry with a known id changes the fields it names; `ignore: true`
takes an entry away and needs a reason.

Wrong:
    catalog/own.yml: |
      services: [{id: register, ignore: true}]

Right:
    catalog/own.yml: |
      services: [{id: reporting, ignore: true, reason: We have it.}]
""",
    ),
    ReadingCode(
        "PMO020",
        "error",
        """A value has the wrong shape.

A key that is not known, a missing one, text where a number is needed, a number out of its range, a date that is none:
the message names the field and what it needs. The reference pages list all files and fields.

Wrong:
    content/foundation.yml: |
      summry: We want to see.

Right:
    content/foundation.yml: |
      summary: We want to see.
""",
    ),
    ReadingCode(
        "PMO021",
        "error",
        """A file that every playbook needs is missing.

content/playbook.yml, content/foundation.yml, content/roadmap.yml and at least one assessment are needed.

Wrong:
    content/roadmap.yml: null

Right:
    content/decisions.yml: null
""",
    ),
    ReadingCode(
        "PMO022",
        "error",
        """A layer of the catalogue has no files.

`catalogue` in content/playbook.yml lists the layers, lowest first: `standard`, folders of the workspace, and
`group/NAME` for a layer that the offices of a group share.

Wrong:
    content/playbook.yml:
      catalogue: [standard, cataloge]

Right:
    content/playbook.yml:
      catalogue: [standard]
""",
    ),
    ReadingCode(
        "PMO023",
        "error",
        """A file of the catalogue has a key that is no kind of entry.

Kinds are dimensions, aspects, services, audiences, roles, practices, problems, glossary, templates, questions and
method.

Wrong:
    catalog/own.yml: |
      servces: []

Right:
    catalog/own.yml: |
      services: []
""",
    ),
    ReadingCode(
        "PMO024",
        "error",
        """The name of an assessment's file is not its date.

Wrong:
    content/assessments/2027-01-31.yml:
      date: 2027-01-30

Right:
    content/assessments/2027-01-31.yml:
      date: 2027-01-31
""",
    ),
    ReadingCode(
        "PMO025",
        "warning",
        """A file in content/ is read by nothing.

Mostly a slip in the file's name: what is in it would be missing without a word.

Wrong:
    content/decision.yml: "{}"

Right:
    content/decisions.yml: "{}"
""",
    ),
    ReadingCode(
        "PMO026",
        "error",
        """Two assessments have the same date.

Assessments are known by their day: it names the answers beside them, orders the trend and says which one is current.

Wrong:
    content/assessments/2027-01-31.yaml: |
      date: 2027-01-31
      title: Second look
      method: A workshop.
      aspects: [{aspect: visibility, current: 1, current_source: workshop, target: 3}]

Right:
    content/assessments/2027-01-30.yml: |
      date: 2027-01-30
      title: Second look
      method: A workshop.
      aspects: [{aspect: visibility, current: 1, current_source: workshop, target: 3}]
""",
    ),
    ReadingCode(
        "PMO027",
        "error",
        """A comment that is meant to allow a finding does not say what or why.

`# pmogen: allow PMO305 because the board asked for it` at the end of a line, or on a line of its own above it.

Wrong:
    content/decisions.yml: |
      services: []  # pmogen: allow PMO601

Right:
    content/decisions.yml: |
      services: []
""",
    ),
    ReadingCode(
        "PMO028",
        "error",
        """A rule is changed or allowed that does not exist, or that cannot be changed.

Rules PMO1xx cannot be lowered: while an id leads nowhere, nothing can be computed.

Wrong:
    content/playbook.yml:
      rules: [{rule: PMO999, severity: ignore, reason: We like it.}]

Right:
    content/playbook.yml:
      rules: [{rule: PMO305, severity: ignore, reason: We like it.}]
""",
    ),
    ReadingCode(
        "PMO029",
        "note",
        """Nothing needs an allowance any more.

Wrong:
    content/decisions.yml: |
      services: []  # pmogen: allow PMO305 because we like it

Right:
    content/decisions.yml: |
      services: []
""",
    ),
    ReadingCode(
        "PMO030",
        "error",
        """A row of the answers cannot be understood.

There are two forms, and the first row tells them apart. Long: one row an answer, with the columns respondent, group,
aspect and current, and if you like target, importance, comment and publish. Wide: one row a respondent, with the
columns respondent and group and then one column for each aspect, called by its id; `governance:target` and the like
stand beside it.

Levels are whole numbers from 1 to 5 (3.0 and 3,0 count as 3), `dk` (don't know) or `na` (not applicable).
Respondent, group and aspect must be filled in; a respondent answers an aspect once. A comment is only published when
`publish` says yes.

Wrong:
    content/assessments/2027-01-31.csv: |
      respondent,group,aspect,current
      r1,sponsors,visibility,9

Right:
    content/assessments/2027-01-31.csv: |
      respondent,group,aspect,current
      r1,sponsors,visibility,dk
""",
    ),
    ReadingCode(
        "PMO031",
        "warning",
        """A column of the answers is not known and is ignored.

Wrong:
    content/assessments/2027-01-31.csv: |
      respondent,group,aspect,current,targett
      r1,sponsors,visibility,2,3

Right:
    content/assessments/2027-01-31.csv: |
      respondent,group,aspect,current,target
      r1,sponsors,visibility,2,3
""",
    ),
)
