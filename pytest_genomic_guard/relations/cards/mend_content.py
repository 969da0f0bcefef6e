"""What to do about what a card does not say, by how far the commit went."""

from __future__ import annotations

from pytest_genomic_guard.model import Mend

SECTION = Mend(
    not_pushed="write what holds for this model, or why it is not known as a limit; `genomic-guard card check` shows all sections",
    pushed="write it in a further commit before anybody uses the model; `genomic-guard card check` shows all sections",
    public="write it and publish that; who took the model so far does not know it",
)
DRAFT = Mend(
    not_pushed="write what each marked place asks for and take the marker out, or take out the section that does not apply",
    pushed="fill the draft in a further commit; nothing is published before that",
    public="fill the draft and publish that; what stands there now is a form, and no card",
)
CLAIM = Mend(
    not_pushed="write who reviews what the model says and who decides, or take the claim out",
    pushed="write it in a further commit, or take the claim out; nobody uses the model for patients before that",
    public="write it, or take the claim out, and tell those who use the model for patients",
)
INVENTED = Mend(
    not_pushed="write into the limitations that the model can state what is not true, and how that is checked",
    pushed="write it into the limitations in a further commit",
    public="write it into the limitations and publish that",
)
DATA = Mend(
    not_pushed="write what holds for these data; `genomic-guard card check` shows all sections",
    pushed="write it in a further commit before anybody uses the data",
    public="write it and publish that; who took the data so far does not know it",
)
