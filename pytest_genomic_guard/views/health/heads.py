"""Whether a volume is a head with its face: by its size, and by words of its path and header. Voxels are not looked at."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.health.located import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pytest_genomic_guard.views.health.dicom import Dicom
    from pytest_genomic_guard.views.health.volumes import Volume

_HEAD = frozenset(
    b"t1w t2w t1 t2 flair mprage mp2rage spgr bravo space tfe mpr anat head skull face t1weighted t2weighted orig rawavg cth"
    b" headct ctbrain mrbrain pd pdw flash tof angio swi".split()
)
_NONE = regex(
    rb"deface|mideface|pydeface|quickshear|skullstrip|skull[-_ ]?strip|stripped|brain"
    rb"|[-_.]bet\b|hdbet|synthstrip|template|mni|icbm|atlas"
    rb"|colin|fsaverage|phantom|average|avg[0-9]|mask|label|seg|aparc|aseg|roi|prob|tpm|pve|simulat|synth|wm\b|gm\b|csf|warp|jacob"
    rb"|thickness|zstat|tstat|cope|bold|dwi|dti|adc|neonat|mouse|rat[-_ ]"
    rb"|macaque|marmoset|monkey|mri_?human|talairach|ixi_template|spm_"
    rb"|hippocamp|spine|heart|cardiac|prostate|liver|lung|abdomen|knee|pelvi|breast|colon|spleen|pancreas|chest|thorax|tumou?r|ventric",
    re.IGNORECASE,
)
_WIDTH = (140.0, 420.0)  # mm that a field over a head is wide at least twice, and at most
_DEPTH = 110.0
_VOXELS = 64
_STEP = 2.6  # mm of a voxel in which a face can still be seen
_SLICE = 3.0  # mm of a slice
_REGIONS = ("HEAD", "BRAIN", "SKULL", "FACE", "SINUS", "ORBIT", "JAW", "HEADNECK", "MAXILLA", "MANDIBLE")


def volume(view: Volume) -> bool:
    """Tell whether a volume may be a head with its face."""
    if len(view.shape) not in {3, 4} or len(view.steps) < 3 or (len(view.shape) == 4 and view.shape[3] > 1):
        return False
    steps = [abs(each) for each in view.steps[:3]]
    if min(view.shape[:3]) < _VOXELS or not all(0.1 < each < _STEP for each in steps):
        return False
    wide = sorted(count * step for count, step in zip(view.shape[:3], steps, strict=True))
    if wide[0] < _DEPTH or wide[1] < _WIDTH[0] or wide[2] > _WIDTH[1]:
        return False
    told = b" ".join([view.artifact.path[-1000:], *(each.encode() for each in view.texts)])
    return bool(words(told) & _HEAD) and _NONE.search(told) is None


def image(view: Dicom) -> bool:
    """Tell whether a DICOM image is of a head with its face: a slice of CT or MR that nobody cleaned of it, or a volume."""
    from pytest_genomic_guard.views.health import dicom  # noqa: PLC0415 - for such files only

    if not view.pixels or view.says(dicom.MODALITY) not in {"CT", "MR", "PT"} or view.says(dicom.RECOGNISABLE) == "NO":
        return False
    region = view.says(dicom.REGION)
    described = f"{view.says(dicom.STUDY)} {view.says(dicom.SERIES)}"
    known = any(each in region for each in _REGIONS) or (not region and re.search(r"\b(?:HEAD|BRAIN|MPRAGE|CRANI)", described))
    return bool(known) and "PHANTOM" not in described and _fine(view.says(dicom.THICKNESS))


def _fine(thickness: str) -> bool:
    """Tell whether slices are so thin that a face can be made from them; a radiologist's of 5 mm are not."""
    try:
        return 0.1 < float(thickness.partition("\\")[0][:16]) <= _SLICE
    except ValueError:
        return False
