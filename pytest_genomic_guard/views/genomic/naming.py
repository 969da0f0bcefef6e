"""Whose a sequence is, by its name, its first word: of a public database, of a read, of a person's haplotype."""

from __future__ import annotations

import re

from pytest_genomic_guard._regex import regex
from pytest_genomic_guard.views.genomic.species import of_words

# Accessions: RefSeq, GenBank (those of one letter and five digits only with their version, for people have such ids), Ensembl,
# UniProt, UCSC, IMGT, and names behind the tags of NCBI.
_ACCESSION = regex(
    rb"[ANXYW][CGMPRTWZ]_\d{6,9}(?:\.\d+)?(?!\w)|(?:[A-Z]\d{5}|[A-Z]{2}\d{6}|[A-Z]{2}\d{8}|[A-Z]{3}\d{5}|[A-Z]{3}\d{7}|[A-Z]{4,6}\d{8,11})\.\d+(?!\w)"
    rb"|(?:J01415|V00662|X93334|D38112|U00096|MN908947|J02459|J02482|K03455)(?!\w)|ENS[A-Z]{0,6}[GTPER]\d{11}|LRG_\d+"
    rb"|(?:sp|tr|gi|ref|gb|emb|dbj|pdb|prf|pir|tpg|tpe|tpd|gnl|ENA|UniRef\d+)[|_]|uc\d{3}[a-z]{3}\.\d|HLA:|HGNC:|IMGT|CCDS\d+|EPI_ISL_\d+"
)
# Sequences of an assembly, alone or with a place in it, and what laboratories add.
_PIECE = regex(
    rb"(?i:(?:chr(?:omosome)?[_.]?)?(?:\d{1,2}|[XYMZWU]|MT|Un|MtDNA|[IVX]{1,5}|[1-9][LRABDH])(?![a-z\d])(?:[:_.-]\S*)?|chr\w{1,2}(?:_\S+)?"
    rb"|(?:super)?(?:scaffold|contig|ctg|tig|utg|node|plasmid|unitig)[_.-]?\w*|rcrs|rsrs|cambridge\S*|ref(?:erence)?(?:[_.|-]\S*)?|consensus\S*"
    rb"|hs37d5|phi-?x\S*|lambda\S*|ebv|ercc\S*|adapt\S*|primer\S*|vector\S*|[GK][LI]\d{6}\S*)"
)
_DATABASE = regex(
    rb"dna:|dna_rm:|cdna|cds |peptide|primary_assembly|REF$|\bAC:\S|\bgi:\d|reference (?:genome|sequence|assembly)"
    rb"|(?i:complete (?:genome|sequence|cds))"
)
_PAN = regex(rb"([^\s#]{1,100})#(?:[0-9]|[12]|mat\w*|pat\w*|hap\w*)(?:#(\S+))?$")  # sample#haplotype#contig (PanSN-spec)
_HAPLOTYPE = regex(rb"(?i:(?:^|[_.|:-])(?:maternal|paternal|hap(?:lotype)?[_-]?[12])(?=$|[_.|:-])|^h[12]tg\d{6}[lc]$)")
_CHROMOSOME_OF = regex(rb"(\S+?)[_.|:-](?:chr|chromosome_?)(?:\d{1,2}|[XYM]|MT)|(?:chr|chromosome_?)(?:\d{1,2}|[XYM]|MT)[_.|](\S+)")
_OF_ASSEMBLY = regex(
    rb"(?:apd|cox|dbb|mann|mcf|qbl|ssto|ctg\d+)_hap\d|\S*_?(?:random|alt|fix|decoy|hap\d)|[A-Z]{2}\d{6}\S*|[\d:,.-]+|v\d\S*"
)
_DIGIT = regex(rb"\d")
_SOMEBODY = regex(rb"(?i:sample|patient|subject|proband|donor|mother|father|child)")
# Reads: Illumina instrument:run:flowcell:lane:tile:x:y, older machine:lane:tile:x:y#index/1, archive runs, PacBio, Nanopore, Ion.
_READ = regex(
    rb"[\w-]{1,60}:\d{1,6}:[\w-]{1,40}:\d:\d{1,6}:\d{1,7}:\d{1,7}(?:[:/_]\S*)?|[\w.-]{1,60}:\d:\d{1,4}:-?\d{1,7}:-?\d{1,7}(?:#\S*)?(?:/[12])?"
    rb"|[SED]RR\d{5,9}\.\d+(?:\.[12])?(?:/[12])?|m\d{5,6}e?_\d{6}_\d{6}(?:_\w+)?/\d+\S*"
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\S*|(?:CL|V|E)\d{8,10}L\dC\d{3}R\d{3}\S*|(?!CHR)[A-Z0-9]{5}:\d{1,5}:\d{1,5}"
)
_SIMULATED = regex(  # wgsim and dwgsim: contig_start_end_errors..._number
    rb"\S+?_\d+_\d+(?:_[01]){0,6}_\d+:\d+:\d+_\d+:\d+:\d+_[0-9a-f]+(?:/[12])?"
)
_FILE = regex(rb"(?i)\.(?:cel(?:_(?:call|signal))?|chp|idat|gtc|txt|csv|tsv|vcf|bam|cram|fastq|fq)(?:\.gz)?\Z")


def is_accession(name: bytes) -> bool:
    """Tell whether a name is one of a public database of sequences."""
    return _ACCESSION.match(name) is not None


def is_public(title: bytes) -> bool:
    """Tell whether the title of a sequence, its name and description, is a public database's, or another organism's."""
    return bool(_ACCESSION.match(title) or _DATABASE.search(title)) or of_words(title) == "other"


def is_reference(title: bytes) -> bool:
    """Tell whether the title of a sequence is that of a reference, or of what nobody is told from."""
    name = title.split(None, 1)[0] if title.strip() else b""
    return not name or is_public(title) or _PIECE.fullmatch(name) is not None or of_words(name) == "human"


def bare(name: bytes) -> bytes:
    """Return the name of a person without what formats write about it: a database, a kind of resource, the end of a file's name."""
    return _FILE.sub(b"", name[max(name.rfind(b"/"), name.rfind(b":")) + 1 :]) or name


def is_read(name: bytes) -> bool:
    """Tell whether a name is one that a sequencer, or an archive of its output, gives a read."""
    return _READ.fullmatch(name.removeprefix(b"gnl|SRA|")) is not None


def is_simulated(name: bytes) -> bool:
    """Tell whether a name is one that a simulator of reads gives, with the place that it took the read from."""
    return _SIMULATED.fullmatch(name) is not None


def haplotype(name: bytes) -> tuple[bytes, bytes] | None:
    """Return sample and contig of the name of a sequence in a haplotype-resolved assembly; the sample can be unknown (empty)."""
    found = _PAN.fullmatch(name)
    if found:
        return None if of_words(found[1]) or _PIECE.fullmatch(found[1]) else (found[1], found[2] or b"")
    chromosome, _mark, rest = name.partition(b"_")
    if chromosome.startswith(b"chr") and re.fullmatch(rb"(?:\w+)_hap\d", rest):  # of GRCh37
        return None
    return (b"", b"") if _HAPLOTYPE.search(name) else None


def chromosome_of(name: bytes) -> bytes | None:
    """Return whose chromosome a sequence is, from names as ID_chr1 and chr1_ID; None for nobody, or an assembly."""
    found = _CHROMOSOME_OF.fullmatch(name)
    whose = (found[1] or found[2]) if found else None
    if not whose or not (_DIGIT.search(whose) or _SOMEBODY.match(whose)):
        return None
    known = of_words(whose) or _ACCESSION.match(whose) or _OF_ASSEMBLY.fullmatch(whose) or _PIECE.fullmatch(whose)
    return None if known else whose
