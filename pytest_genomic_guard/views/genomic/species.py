"""Human or not, by the names and lengths of the sequences that reads or variants lie on.

Pure functions, for every format that lists its sequences: the header of SAM, BAM, CRAM, VCF and BCF, an index, or the column of
chromosomes of a table.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.assemblies import HUMAN, HUMAN_MITOCHONDRION, LONGEST, OTHER, OTHER_MITOCHONDRIA

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pytest_genomic_guard.views.genomic.seen import Species

_LOOKED = 1 << 16  # sequences; a draft assembly can have millions
_ENOUGH = 5  # chromosomes whose lengths are no human ones, where no table knows them
_DRAFT = 50  # scaffolds and nothing else: a draft assembly, which people are aligned to no more
_LIMIT = 2_000_000_000  # bases; what programs write for as long as can be
_LONG = 1_000_000  # bases from which a sequence is a chromosome rather than a cut of one
_NEAR = 10  # percent by which a chromosome of another human assembly may differ

# Sequences that a human reference contains besides its chromosomes, and no other does.
_HUMAN_NAME = regex(
    rb"hs37d5|hs38d1|HLA[-:*]\S+|(?:chr\w{1,2}_|chrUn_)?(?:GL000(?:19[1-9]|2\d\d)|KI270\d{3})(?:[v.]\d)?(?:_alt|_random|_decoy)?"
    rb"|chr\w{1,2}_\w+_(?:hap\d|ctg\d\w*)|NC_0000(?:0[1-9]|1\d|2[0-4])(?:\.\d+)?|NC_0609(?:2[5-9]|3\d|4[0-8])(?:\.\d+)?"
    rb"|NC_012920(?:\.\d)?|NC_001807(?:\.\d)?|J01415(?:\.\d)?|rCRS|CM000(?:66[3-9]|67\d|68[0-6])(?:\.\d)?|CP0682(?:5[4-9]|6\d|7[0-7])(?:\.\d)?"
    rb"|(?:hg(?:1[6-9]|38)|GRCh3\d|b37|chm13|hs1)[_.|-]{1,2}\S*"
)
# What is mapped to besides an organism of any kind: controls of a sequencer or laboratory, and viruses that a human reference adds.
_BESIDE = regex(
    rb"(?i:phi-?x(?:174)?\S*|NC_001422\S*|J02482\S*|ERCC-\d{5}|(?:chr)?EBV|NC_007605\S*|lambda\S*|NC_001416\S*|J02459\S*|pUC19\S*|M77789\S*|L09137\S*"
    rb"|CMV|HBV|HCV-\d|HIV-\d|HTLV-\d|KSHV|MCV|SV40|HPV\S*|\S*adapter\S*|\S*vector\S*|\S*decoy\S*|rDNA\S*|U13369\S*|\*|unmapped)"
)
_OTHER_NAME = regex(
    rb"(?:[Cc]hr|(?:[Cc]hromosome|CHROMOSOME)_?)?(?:[23][LR](?:[Hh]et|_\w+)?|[XY][LR]|2[AaBb]|[1-7][ABDH]|LG[A-Z]?\d{1,3}|Z|W)"
    rb"|NC_\d{6}(?:\.\d+|v\d)?(?:[:_|]\S*)?|NZ_\w+(?:\.\d+)?"
    rb"|(?:MN908947|U00096|AL123456|K03455|AF033819|AL009126|AE006468|AE004091|BA000007|CP009072|CM00099[4-9]|CM0010(?:0\d|1[0-4]))(?:\.\d+)?"
    rb"|Pf3D7_\w+|P[vkboc]\w{0,3}_\d\d_v\d|PvP01_\w+|Tb\d+_\w+|LmjF\.\d+|Ca\d+chr\w+|AaegL\d_\w+|S[Ll]\d?\.?\d?\d?ch\d\d|Gm\d\d|Os\d\d|GWHA\w+"
    rb"|[Mm]itochondrion_genome|MtDNA|[Mm]ito|Pt|[Cc]hloroplast|ChrC|2-?micron|[Pp]lasmid\S*|dmel_\S+|\d{15}|(?:chr)?U(?:extra)?"
    rb"|(?:mm(?:9|10|39)|GRCm3[89]|rn[4-7]|dm[36]|ce1[01]|sacCer[123]|danRer\d+|galGal\d|canFam\d|susScr\d+|bosTau\d|rheMac\d+|panTro\d|TAIR10)[_.|:-]{1,2}\S+"
    rb"|(?i:sars-?_?cov-?_?2\S*|wuhan-?hu-?1\S*|e\.?_?coli\S*|escherichia\S*|ecoli\S*|wuhCor1\S*)"
)
_SCAFFOLD = regex(
    rb"(?i:(?:super-?)?(?:scaffold|scaf|ctg|contig|tig|utg)[_.-]?\d+\S*|NODE_\d+_length\S*|[A-Z]{4}0\d{7,9}(?:\.\d+)?|[NA][WT]_\d{6,9}(?:\.\d+)?|(?:chr)?\w+_random|(?:chr)?Un_\S+)"
)
_PREFIX = regex(rb"^(?:(?:[Cc]hromosome|CHROMOSOME)_?|[Cc]hr|CHR)")
_ROMAN = frozenset(b"I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split())
_CHROMOSOME = regex(rb"(?:[Cc]hr|CHR|[Cc]hromosome|CHROMOSOME)?[_.]?(?:0?([1-9]|[1-3]\d)|([XYxy])|(MT?|Mt|mt))")
_SMALL = frozenset((b"4", b"X", b"Y", b"M"))  # what a fly, a worm and a human all have
_TYPICAL = dict(  # megabases, of GRCh38
    zip(
        (*(b"%d" % number for number in range(1, 23)), b"X", b"Y"),
        (249, 242, 198, 190, 181, 171, 159, 145, 138, 134, 135, 133, 114, 107, 102, 90, 83, 80, 59, 64, 47, 51, 156, 57),
        strict=True,
    )
)
_HUMAN_WORD = regex(
    rb"(?i:homo[_ ]?sapiens|\bhuman\b|(?<![a-z])(?:grch3[678]|hg1[6-9]|hg38|hs37d5|ncbi3[56]|t2t-?chm13|chm13|b37|hs1)(?![a-z\d]))"
)
_OTHER_WORD = regex(
    rb"(?i:(?<![a-z])(?:mm(?:9|10|39)|grcm3[89]|ncbim37|rn[4-7]|rnor_6|mratbn7|dm[36]|bdgp[56]|ce1[01]|wbcel235|saccer[1-3]|r64-1-1|"
    rb"danrer\d+|grcz1[01]|galgal\d|bgalgal|grcg6a|canfam\d|susscr\d+|sscrofa1\d|bostau\d|ars-ucd\w+|rhemac\d+|mmul_\d+|pantro\d|tair10|irgsp|agpv[1-4]|zm-b73\S*|asm584v2|asm985889v3|"
    rb"wuhcor1|mn908947|nc_045512|u00096|nc_000913)(?![a-z\d])"
    rb"|mus[_ ]musculus|rattus[_ ]norvegicus|drosophila[_ ]|caenorhabditis[_ ]|saccharomyces[_ ]|danio[_ ]rerio|escherichia[_ ]coli"
    rb"|arabidopsis[_ ]|gallus[_ ]gallus|sus[_ ]scrofa|bos[_ ]taurus|canis[_ ]|macaca[_ ]|pan[_ ]troglodytes|plasmodium[_ ]"
    rb"|mycobacterium[_ ]|oryza[_ ]sativa|zea[_ ]mays|sars-cov-2)"
)


class _Counted:
    """What the sequences of one list say."""

    def __init__(self) -> None:
        self.human = self.other = self.plausible = self.unknown = self.scaffolds = self.beside = 0
        self.strange = self.near = 0  # chromosomes of no known assembly: unlike the human ones in length; alike
        self.other_bases = self.unknown_bases = 0
        self.romans: set[bytes] = set()

    def add(self, name: bytes, length: int | None) -> None:
        """Count one sequence."""
        bare = _PREFIX.sub(b"", name)
        number = _CHROMOSOME.fullmatch(name)
        if length in HUMAN or _HUMAN_NAME.fullmatch(name) or (number and number[3] and length in HUMAN_MITOCHONDRION):
            self.human += 1
        elif length in OTHER or (length in OTHER_MITOCHONDRIA and number and number[3]) or _too_long(number, length):
            self._another(length)
        elif _BESIDE.fullmatch(name):
            self.beside += 1
        elif bare in _ROMAN and not number:
            if bare == name:
                self.romans.add(bare)
            self._another(length)
        elif _OTHER_NAME.fullmatch(name):
            self._another(length)
        elif number:
            self._chromosome(number, length)
        elif _SCAFFOLD.fullmatch(name):
            self.scaffolds += 1
        else:
            self.unknown += 1
            self.unknown_bases += length or 0

    def _another(self, length: int | None) -> None:
        self.other += 1
        self.other_bases += length or 0

    def _chromosome(self, number: re.Match[bytes], length: int | None) -> None:
        name = (number[1] or number[2] or b"M").upper()
        if number[1] and int(number[1]) > 26:  # PLINK calls X, Y, XY and MT 23 to 26
            self._another(length)
        elif name in _TYPICAL and length and length >= _LONG and length % 1000:
            typical = _TYPICAL[name] * _LONG
            if abs(length - typical) * 100 > _NEAR * typical:
                self.strange += 1
            else:
                self.near += 1
        elif name not in _SMALL:
            self.plausible += 1

    def verdict(self) -> Species:
        """Return what they say together."""
        if self.human:
            return "human"
        if self.strange >= _ENOUGH and self.strange > 2 * self.near:  # another animal or plant, from its chromosomes
            return "other"
        if (
            self.plausible
            or self.near
            or (self.romans and self.romans <= {b"I", b"V", b"X"} and self.other == len(self.romans) < 2)
        ):
            return ""
        if self.other and self.strange <= self.other:
            return "other" if not self.unknown or self.unknown_bases < self.other_bases or self.unknown <= self.other else ""
        if self.unknown or self.strange:
            return ""
        return "other" if self.scaffolds >= _DRAFT or (self.beside and not self.scaffolds) else ""


def _too_long(number: re.Match[bytes] | None, length: int | None) -> bool:
    """Tell whether a chromosome is longer than any human one, as those of some plants, toads and fish are; a limit is no length."""
    return bool(number and length and LONGEST < length < _LIMIT and length % 1000)


def of_contigs(contigs: Iterable[tuple[bytes, int | None]]) -> Species:
    """Return "human", "other" or "" (not told) for sequences given by name and length in bases, None where it is not known.

    One sequence that is human by its length or name makes the whole human: references of two organisms, and cuts to one chromosome,
    hold people too. "other" needs a sequence that no human reference has (by length, as mouse chr1 195,471,971; by name, as 2L, IV,
    NC_045512.2), and none that could be a human chromosome: 1 to 22 without a length, or with one that a cut or another human
    assembly can have. Controls (phiX, lambda, ERCC) and viruses that human references add count for neither; alone they are
    no person. At most 65,536 sequences are looked at.
    """
    counted = _Counted()
    for number, (name, length) in enumerate(contigs):
        if number >= _LOOKED:
            break
        if name and len(name) < 256:
            counted.add(name.strip(), length)
            if counted.human:
                break  # which decides
    return counted.verdict()


def of_words(text: bytes) -> Species:
    """Return what the name of an assembly, of an organism, or the path of a reference says: GRCm38, Mus musculus, /ref/mm10.fa.

    A name is weaker than a length: ask it only where the sequences themselves do not tell.
    """
    if _HUMAN_WORD.search(text):
        return "human"
    return "other" if _OTHER_WORD.search(text) else ""
