"""What a rule maker's conditions mean for a repository: whom to tell of a leak, and which files git should never be offered."""

from __future__ import annotations

from pytest_genomic_guard._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Patterns = tuple[tuple[str, str], ...]  # a pattern of .gitignore, and what files of that name hold


class Handling(Record):
    """What goes with the packs of one rule maker."""

    duty: str  # what the rule maker asks of a repository, and what an audit by us is in its eyes
    tell: tuple[str, ...]  # whom, of what became public
    ignore: Patterns


_CALLS: Patterns = (
    ("*.vcf", "variant calls"),
    ("*.vcf.gz", "variant calls"),
    ("*.vcf.bgz", "variant calls"),
    ("*.bcf", "variant calls"),
)
_PLINK: Patterns = (
    ("*.bed", "PLINK genotypes; also the name of interval files"),
    ("*.bim", "PLINK variants"),
    ("*.fam", "PLINK people"),
    ("*.ped", "PLINK genotypes as text"),
    ("*.raw", "PLINK genotypes as a table"),
    ("*.pgen", "PLINK 2 genotypes"),
    ("*.pvar", "PLINK 2 variants"),
    ("*.psam", "PLINK 2 people"),
)
_SIDE: Patterns = (
    ("*.hh", "PLINK side output, with ids"),
    ("*.irem", "PLINK side output, with ids"),
    ("*.nosex", "PLINK side output, with ids"),
    ("*.kin0", "PLINK 2 kinship, with ids"),
    ("*.scount", "PLINK 2 counts by person"),
    ("*.eigenvec", "principal components by person"),
)
_DOSES: Patterns = (
    ("*.bgen", "imputed genotypes"),
    ("*.bgen.gz", "imputed genotypes"),
    ("*.bgi", "index of imputed genotypes"),
    ("*.sample", "people of imputed genotypes"),
)
_READS: Patterns = (("*.bam", "reads"), ("*.cram", "reads"), ("*.fastq.gz", "reads"))
_TRAITS: Patterns = (("*.pheno", "traits by person"), ("*.phen", "traits by person"))
_SAVED: Patterns = (("*.rds", "saved R objects"), ("*.RData", "saved R objects"))
_DELIVERED: Patterns = (("*.enc_ukb", "data as UK Biobank delivered it"),)
_IMAGES: Patterns = (("*.dcm", "images with a header about the patient"),)
_NOTEBOOKS: Patterns = ((".ipynb_checkpoints/", "copies of notebooks with their outputs"),)

# Every pattern that there is: a name in a repository can bring one of them, and no other.
PATTERNS: Mapping[str, str] = dict(
    (*_CALLS, *_PLINK, *_SIDE, *_DOSES, *_READS, *_TRAITS, *_SAVED, *_DELIVERED, *_IMAGES, *_NOTEBOOKS)
)

_OFFICER = "the data-protection officer and the information security of your institution: they decide about further notices"

# By the first part of a pack's name. Sources: UK Biobank's guidance on code repositories and the notices in github/dmca (which
# name the side files of PLINK, BGEN filesets, saved R objects and notebooks); NIH's Data Use Certification; 45 CFR part 164.
HANDLING: Mapping[str, Handling] = {
    "ukb": Handling(
        duty=(
            "UK Biobank asks researchers, from 30 April 2026 on, to check what they publish on code-sharing sites with its own"
            " Git Audit Tool (article 28027475352221). This audit is no run of that tool. Whether it is accepted in its place is"
            " for UK Biobank to say."
        ),
        tell=(
            (
                "UK Biobank, at once and through the contact of your application: its guidance on code repositories is article"
                " 28027475352221 of community.ukbiobank.ac.uk; it sends takedown notices to hosts itself, and excludes researchers"
            ),
            "the principal investigator, and every collaborator who has a clone or a fork",
            _OFFICER,
        ),
        ignore=(
            *_CALLS,
            *_PLINK,
            *_SIDE,
            *_DOSES,
            *_TRAITS,
            *_DELIVERED,
            *_SAVED,
            *_NOTEBOOKS,
        ),
    ),
    "nih": Handling(
        duty=(
            "NIH's Data Use Certification forbids passing on controlled-access data and what is derived from them. It asks for no"
            " audit of this form; this document is evidence of a check, and no more."
        ),
        tell=(
            (
                "the data-access committee of each study, by the approved user and the signing official, within 24 hours of finding"
                " it, as the Data Use Certification asks"
            ),
            "the principal investigator, and every approved user who has a clone or a fork",
            _OFFICER,
        ),
        ignore=(*_CALLS, *_PLINK, *_SIDE, *_DOSES, *_READS, *_TRAITS, *_NOTEBOOKS),
    ),
    "hipaa": Handling(
        duty=(
            "45 CFR part 164 asks for safeguards, audit controls and notices of a breach. It asks for no audit of this form; this"
            " document is evidence of a check, and no expert determination."
        ),
        tell=(
            "the privacy officer of the covered entity, at once; a business associate tells the covered entity (45 CFR 164.410)",
            (
                "by that officer: the people concerned, without unreasonable delay and within 60 days (45 CFR 164.404), and the"
                " Secretary (45 CFR 164.408)"
            ),
            "for a limited data set: whoever gave it, as the data use agreement says (45 CFR 164.514(e)(4))",
            _OFFICER,
        ),
        ignore=(*_CALLS, *_PLINK, *_SIDE, *_READS, *_IMAGES, *_NOTEBOOKS),
    ),
}


def handling(pack: str) -> Handling:
    """Return what goes with a pack."""
    return HANDLING[pack.partition("-")[0]]
