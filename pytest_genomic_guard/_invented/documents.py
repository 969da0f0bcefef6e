"""Invented annotated variants and clinical documents."""

from __future__ import annotations

import json
import random

from pytest_genomic_guard._invented import made

_random = random.SystemRandom()
_MAF = (
    "Hugo_Symbol Entrez_Gene_Id Center NCBI_Build Chromosome Start_Position End_Position Strand Variant_Classification Variant_Type"
    " Reference_Allele Tumor_Seq_Allele1 Tumor_Seq_Allele2 dbSNP_RS Tumor_Sample_Barcode Matched_Norm_Sample_Barcode"
)


class Documents:
    """Part of `testing.samples`: every function returns bytes or text made at call time."""

    @staticmethod
    def maf(samples: int = 2, rows: int = 12, header: str = "full", names: str = "") -> bytes:
        """Return a mutation annotation file; `header` is full or columns (without the version)."""
        people = names.split(",") if names else [made.word() for _each in range(samples)]
        lines = (["#version 2.4"] if header == "full" else []) + [_MAF.replace(" ", "\t")]
        for number, (name, place, at, one, two) in enumerate(made.sites(rows)):
            who = people[number % len(people)]
            cells = (
                f"GENE{at % 89}",
                "0",
                "made",
                "GRCh38",
                place,
                str(at),
                str(at),
                "+",
                "Missense_Mutation",
                "SNP",
                one,
                one,
                two,
            )
            lines.append("\t".join([*cells, name, who, f"{who}N"]))
        return made.text(lines)

    @staticmethod
    def gvf(rows: int = 10, level: str = "individual") -> bytes:
        """Return a genome variation file, of a person or, with `level` aggregate, of sites."""
        lines = ["##gff-version 3", "##gvf-version 1.10"]
        lines += [f"##individual-id Dbxref=made:{made.word()};Gender=female;"] if level == "individual" else []
        for name, place, at, one, two in made.sites(rows):
            told = f"ID={at};Variant_seq={two};Reference_seq={one};Dbxref=dbSNP:{name}"
            told += f";Genotype={_random.choice(('heterozygous', 'homozygous'))};" if level == "individual" else ""
            lines.append(f"chr{place}\tmade\tSNV\t{at}\t{at}\t.\t+\t.\t{told}")
        return made.text(lines)

    @staticmethod
    def phenopacket(version: int = 2, people: int = 1, form: str = "json") -> bytes:
        """Return a phenopacket, of more people a family, as json or yaml."""
        who = [made.word() for _each in range(people)]
        meta = {"created": "2024-01-01T00:00:00Z", "createdBy": "made", "phenopacketSchemaVersion": f"{version}.0"}
        packets = [
            {
                "id": f"packet-{name}",
                "subject": {"id": name, "sex": "FEMALE", "timeAtLastEncounter": {"age": {"iso8601duration": "P33Y"}}},
                "phenotypicFeatures": [{"type": {"id": "HP:0001250", "label": "Seizure"}}],
                "interpretations": [{"id": "i", "diagnosis": {"genomicInterpretations": [{"subjectOrBiosampleId": name}]}}],
                "metaData": meta,
            }
            for name in who
        ]
        family = {"id": "family", "proband": packets[0], "relatives": packets[1:], "pedigree": {"persons": []}, "metaData": meta}
        document = packets[0] if people == 1 else family
        if form == "json":
            return json.dumps(document, indent=2).encode()
        import yaml  # noqa: PLC0415 - a dependency of cards, at test time only

        text: str = yaml.safe_dump(document, sort_keys=False)
        return text.encode()

    @staticmethod
    def fhir(level: str = "individual", form: str = "observation") -> bytes:
        """Return an observation of a variant in FHIR, alone or in a bundle; with `level` aggregate, a definition of one."""
        coding = [{"system": "http://loinc.org", "code": "69548-6", "display": "Genetic variant assessment"}]
        seen: dict[str, object] = {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": coding},
            "subject": {"reference": f"Patient/{made.word()}"},
            "valueCodeableConcept": {"coding": [{"system": "http://loinc.org", "code": "LA9633-4", "display": "Present"}]},
        }
        if level != "individual":
            seen = {
                "resourceType": "StructureDefinition",
                "name": "Variant",
                "kind": "resource",
                "type": "Observation",
                "pattern": coding,
            }
        if form == "lines":
            return made.text([json.dumps({**seen, "subject": {"reference": f"Patient/{made.word()}"}}) for _each in range(3)])
        if form == "bundle":
            seen = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": seen}]}
        return json.dumps(seen, indent=1).encode()

    @staticmethod
    def variants_of(style: str = "sample", rows: int = 12) -> bytes:
        """Return variants with samples, zygosity or calls (gatk, otherinfo, vep, varscan), or of nobody (as clinvar)."""
        people = [made.word(), made.word()]
        heads = {
            "sample": "Chr,Start,End,Ref,Alt,Sample",
            "zygosity": "Chr\tStart\tEnd\tRef\tAlt\tGene.refGene\tZygosity",
            "gatk": "CHROM\tPOS\tREF\tALT\t" + "\t".join(f"{name}.GT" for name in people),
            "otherinfo": "Chr,Start,End,Ref,Alt,Func.refGene,Otherinfo1",
            "vep": "#Uploaded_variation\tLocation\tAllele\tConsequence\tIND\tZYG",
            "varscan": "chrom\tposition\tref\tvar\tnormal_reads1\tnormal_gt\ttumor_reads1\ttumor_gt\tsomatic_status",
            "clinvar": "AlleleID\tType\tName\tChromosome\tStart\tStop\tReferenceAllele\tAlternateAllele\tNumberSubmitters",
            "gnomad": "chrom\tpos\tref\talt\tAC\tAN\tAF\tnhomalt",
            "annovar": "Chr\tStart\tEnd\tRef\tAlt\tFunc.refGene\tGene.refGene\tavsnp150",
        }
        lines = [heads[style]]
        for number, (name, place, at, one, two) in enumerate(made.sites(rows)):
            call = ("0/1", "1/1", "0/1", "0/0")[number % 4]
            lines.append(
                {
                    "sample": f"chr{place},{at},{at},{one},{two},{people[number % 2]}",
                    "zygosity": f"chr{place}\t{at}\t{at}\t{one}\t{two}\tGENE{number}\t{('het', 'hom')[number % 2]}",
                    "gatk": f"{place}\t{at}\t{one}\t{two}\t{one}/{two}\t{one}/{one}",
                    "otherinfo": f"chr{place},{at},{at},{one},{two},exonic,{call}:31",
                    "vep": f"{name}\t{place}:{at}\t{two}\tmissense_variant\t{people[number % 2]}\tHET",
                    "varscan": f"{place}\t{at}\t{one}\t{two}\t31\t{one}\t28\tR\tSomatic",
                    "clinvar": f"{at}\tsingle nucleotide variant\tNM_1:c.{number}\t{place}\t{at}\t{at}\t{one}\t{two}\t3",
                    "gnomad": f"{place}\t{at}\t{one}\t{two}\t31\t152000\t0.0002\t1",
                    "annovar": f"chr{place}\t{at}\t{at}\t{one}\t{two}\texonic\tGENE{number}\t{name}",
                }[style]
            )
        return made.text(lines)

    @staticmethod
    def beacon(level: str = "individual", people: int = 3) -> bytes:
        """Return individuals of a Beacon, or an answer with a count."""
        sex = {"id": "NCIT:C16576", "label": "female"}
        some = [{"id": made.word(), "sex": sex, "diseases": [{"diseaseCode": {"id": "ICD10:G40"}}]} for _each in range(people)]
        results = {"response": {"resultSets": [{"setType": "individual", "results": some}]}}
        counts = {"meta": {"beaconId": "made"}, "responseSummary": {"exists": True, "numTotalResults": 12}, "individualId": None}
        return json.dumps(results if level == "individual" else counts, indent=1).encode()

    @staticmethod
    def calls_json(people: int = 3, variants: int = 5) -> bytes:
        """Return variants with the calls of people as JSON."""
        names = [made.word() for _each in range(people)]
        records = [
            {"chrom": row[1], "pos": row[2], "ref": row[3], "alt": row[4], "samples": {name: {"GT": "0/1"} for name in names}}
            for row in made.sites(variants)
        ]
        return json.dumps(records).encode()
