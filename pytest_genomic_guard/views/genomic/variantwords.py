"""What columns of tables about variants are called, by the programs that write them.

Sources: PLINK 1.9 and 2.0 format pages (frq, frqx, frq.strat, frq.cc, hwe, afreq, acount, gcount, hardy, assoc, glm, clumped, ld,
vcor), VCFtools manual, GWAS-SSF 1.0, PGS Catalog scoring file 2.0, and the manuals of REGENIE, BOLT-LMM, SAIGE, METAL, GCTA, LDSC.
Names are in lower case and without signs, as `Grid.plain` has them.
"""

from __future__ import annotations

from pytest_genomic_guard._regex import regex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IDENTIFIER = _words("""
    snp snpid snps snpname rs rsid rsids rsnumber dbsnp dbsnpid variant variantid varid marker markername markerid id name
    hmrsid hmvariantid strongestsnpriskallele refsnp snpida variantkey variants uniqueid lead leadsnp leadvariant topsnp
    sentinel indexsnp proxy hgvs locusid varname snpgeneid panelsnpid rsidukb snpidcurrent spdi hgvsc hgvsg existingvariation
""")
CERTAIN = IDENTIFIER - {"id", "name", "variants", "uniqueid", "lead", "sentinel", "proxy", "marker", "markerid", "locusid"}
CHROMOSOME = _words("""
    chrom chr chromosome hmchr chrname chromosomename chrid seqnames contig chra
""")
POSITION = _words("""
    pos bp position basepairlocation basepair hmpos chrposition chrpos chromosomeposition bppos physpos physicalposition start
    startposition poshg19 poshg38 posb37 posb38 bphg19 bphg38 positionhg19 positionhg38 positiongrch37 positiongrch38 genpos bpa
    chromstart baseposition
""")
ALLELE = _words("""
    a1 a2 a0 ax ref alt allele0 allele1 allele2 effectallele otherallele ea nea oa noneffectallele refallele altallele
    minorallele majorallele testedallele riskallele omitted referenceallele alternateallele alternativeallele hmotherallele
    provisionalref alleles observed allele ancestralallele effectall otherall reference alternate alternative coded noncoded
    codedallele noncodedallele inferredotherallele hminferotherallele refalt allele2sv alt1 a1a2
""")
# Frequencies of an allele over people, whichever of the two it is.
FREQUENCY = _words("""
    af maf altfreq altfreqs freqs freq frequency eaf a1freq freq1 effectallelefrequency allelefreq allelefrequency
    alternateallelefrequency altaf afalt minorallelefrequency freqa1 frq frqa1 afallele2 mafreq minorallelefreq aaf raf
    riskallelefrequency effectallelefreq freq1hapmap refaf allelefreqs altallelefreq freqeffectallele effallelefreq
    codedallelefrequency allelefrequencyeffectallele
""")
# Chromosomes counted, two for each person.
ALLELES = _words("""
    an nchrobs nchr allelenumber totalalleles ntotalalleles anadj nchroms nalleles2 obsalleles allelenumbertotal ancalled
    nobsalleles numalleles totalallelecount chromosomecount anraw
""")
COUNT = _words("""
    ac altcts allelecount altct mac minorallelecount a1ct acallele2 altcount acadj
""")
PEOPLE = _words("""
    n nsamples samplesize ntotal neff totaln nobs nmiss totalsamplesize numsamples ns nindv nind nindiv individuals nindividuals
    npeople nsample ntot sampleno nn nall neffective effectivesamplesize numberofsamples numindividuals nincluded nanalyzed
    nwithdata
""")
CASES = _words("""
    ncase ncases ncas ncaseseff numcases cases allelectcase nca
""")
CONTROLS = _words("""
    ncontrol ncontrols ncon nctrl nctrls numcontrols controls nco
""")
# Genotypes counted over people: both homozygotes and the heterozygotes of each program.
COUNTED = _words("""
    choma1 chet choma2 homrefct hetrefaltcts twoaltgenocts homa1ct heta1ct twoaxct hetct nhomref nhet nhomalt homref het homalt
    naa nab nbb homrefcount hetcount homaltcount homaltct obshomref nhomozygousref nheterozygous nhomozygousalt
""")
EFFECT = _words("""
    beta or oddsratio effect effectsize b logor z zscore tstat stat zstat chisq chi2 betahat t slope est estimate tstatistic
    hazardratio hr direction score orbeta lnor betaor betasum chisqlinreg chisqboltlmm chisqboltlmminf teststat fstat hmbeta
    hmoddsratio bj standarderror se stderr sebeta logorse firthse betase zorf torfstat fa fu slopese
""")
PROBABILITY = _words("""
    p pval pvalue log10p pbolt pvalnominal mlogp neglog10pvalue log10pvalue pboltlmm padj pboltlmminf plinreg pwald punadj unadj
    gc bonf fdrbh pgc pmeta pgwas minuslog10p nlog10p neglog10p logp pvalbeta pvalperm pper emp1 emp2 fdr qval qvalue pip
    pvaluemlog lrtp plrt pscore negativelog10pvalue pvalueassociation pvalueadjusted posteriorprob pp
""")
WEIGHT = _words("""
    effectweight weight prsweight snpweight dosage0weight dosage1weight dosage2weight orweight
""")
# Names of columns that name people: a table with one of them is not only about variants.
PERSON = _words("""
    fid iid sample sampleid samplename samples sampleids individual individualid participant participantid patient patientid
    subject subjectid eid donor donorid proband probandid tumorsamplebarcode matchednormsamplebarcode person personid mrn
    usubjid fid1 iid1 fid2 iid2 id1 id2 indv sid carrier carriers case caseid specimen specimenid barcode familyid genotype
    genotypes gt zygosity call calls result dbgapsubjectid biosample library memberid
""")
# What is said of a variant, and in tables about genes: what they are of, and how they were tested.
ANNOTATION = _words("""
    gene genesymbol symbol consequence impact clinicalsignificance funcrefgene generefgene feature annotation geneid func genename
    clnsig nearestgene mappedgene starallele haplotype transcript hgvsp
""")
GENE = _words("""
    gene genename genesymbol symbol geneid ensembl ensemblid ensemblgeneid ensgid name probe cpg probeid cgid cpgid transcript
    protein phenotype hgncsymbol description genes term pathway
""")
TESTED = _words("""
    logfc log2foldchange log2fc avglog2fc avglogfc padj adjpval pvalue pval pvaladj fdr basemean lfcse logcpm aveexpr qvalue
    adjpvalue adjustedpvalue oddsratio combinedscore overlap p stat t b lr f pct1 pct2 se foldchange nes genes size es zstat beta
""")
_TOKENS = regex(r"[\W_]+")
_RATE = frozenset(("af", "maf", "eaf", "freq", "freqs", "frequency", "frq", "aaf", "raf"))


def rate_of(name: str) -> str | None:
    """Return of which group a column such as `AF_EUR`, `maf cases` or `EUR_AF` has the frequencies; None for other columns."""
    words = _TOKENS.split(name.lower().strip())
    rest = [word for word in words if word not in _RATE]
    return "_".join(rest) if len(rest) < len(words) else None


def alleles_of(name: str) -> str | None:
    """Return of which group a column such as `AN_EUR` has the counted chromosomes; None for other columns."""
    words = _TOKENS.split(name.lower().strip())
    rest = [word for word in words if word != "an"]
    return "_".join(rest) if len(rest) < len(words) else None
