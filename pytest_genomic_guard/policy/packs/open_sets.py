"""Data sets on health that everybody may have: where each is from, as of when, under which licence.

How a table of one is known stands in `views.health.openlayouts`, under the same names. What is here is names of columns and numbers
of rows, which are facts; no row of any set is shipped.
"""

from __future__ import annotations

from pytest_genomic_guard.policy.packs import Pack

_UCI = "UC Irvine Machine Learning Repository, data set"
_BY = "CC BY 4.0"
_KAGGLE = "Kaggle, data set"
_SURVIVAL = "Therneau: R package survival 3.8"
_LGPL = "LGPL-2.0-or-later, with the package"
_WORK = "public domain (United States government work)"
_DEMO = "Open Data Commons Open Database License 1.0"
_NOTED, _PACKAGE = "2026-11", "that of the package, which says it"  # the package has no date for each set: when it was looked at
_SETS = (
    ("Wisconsin breast cancer, diagnostic", f"{_UCI} 17", "1995-10", _BY),
    ("Wisconsin breast cancer, original", f"{_UCI} 15; biopsy of R's MASS", "1992-07", _BY),
    ("Coimbra breast cancer", f"{_UCI} 451", "2018-03", _BY),
    ("Haberman survival", f"{_UCI} 43", "1999-03", _BY),
    ("Pima Indians diabetes", f"{_KAGGLE} uciml/pima-indians-diabetes-database; R's MASS and mlbench", "1990-05", "CC0 1.0"),
    ("Cleveland heart disease", f"{_UCI} 45; {_KAGGLE} johnsmith88/heart-disease-dataset", "1988-07", _BY),
    ("Statlog heart disease", f"{_UCI} 145; IEEE DataPort, Siddhartha 2020", "2020-11", _BY),
    ("Heart failure prediction", f"{_KAGGLE} fedesoriano/heart-failure-prediction", "2021-09", "ODbL 1.0"),
    ("Heart failure clinical records", f"{_UCI} 519", "2020-02", _BY),
    (
        "Framingham teaching data",
        "National Heart, Lung, and Blood Institute, BioLINCC, teaching data sets",
        "2010-01",
        "free for teaching",
    ),
    ("Stroke prediction", f"{_KAGGLE} fedesoriano/stroke-prediction-dataset", "2021-01", "for education"),
    ("Diabetes 130 hospitals", f"{_UCI} 296", "2014-05", _BY),
    ("Diabetes of Efron", "Efron, Hastie, Johnstone, Tibshirani 2004; scikit-learn", "2004-04", "BSD-3-Clause, with scikit-learn"),
    ("Diabetes prediction", f"{_KAGGLE} iammustafatz/diabetes-prediction-dataset", "2023-04", "CC0 1.0"),
    ("Diabetes of Iraq", "Mendeley Data, wj9rwkp9c2", "2020-07", _BY),
    ("Early diabetes risk", f"{_UCI} 529", "2020-07", _BY),
    ("Cardiovascular examination", f"{_KAGGLE} sulianova/cardiovascular-disease-dataset", "2019-01", "not stated"),
    ("Indian liver patients", f"{_UCI} 225", "2012-05", _BY),
    ("Hepatitis C of the UCI archive", f"{_UCI} 571", "2020-06", _BY),
    ("Hepatitis of the UCI archive", f"{_UCI} 46", "1988-11", _BY),
    ("Chronic kidney disease of the UCI archive", f"{_UCI} 336", "2015-07", _BY),
    ("Thyroid disease of the UCI archive", f"{_UCI} 102", "1987-01", _BY),
    ("Thyroid cancer recurrence", f"{_UCI} 915", "2023-10", _BY),
    ("Parkinsons of the UCI archive", f"{_UCI} 174", "2008-06", _BY),
    ("Parkinsons telemonitoring", f"{_UCI} 189", "2009-10", _BY),
    ("Cervical cancer risk", f"{_UCI} 383", "2017-03", _BY),
    ("Lung cancer survey", f"{_KAGGLE} mysarahmadbhat/lung-cancer", "2021-10", "not stated"),
    ("Medical cost", "Lantz: Machine Learning with R; simulated", "2013-10", "ODbL 1.0"),
    ("Obesity levels", f"{_UCI} 544; simulated for the most part", "2019-08", _BY),
    ("Sleep health", f"{_KAGGLE} uom190346a/sleep-health-and-lifestyle-dataset; simulated", "2023-09", "CC0 1.0"),
    ("Medical appointments", f"{_KAGGLE} joniarroba/noshowappointments", "2017-08", "CC BY-NC-SA 4.0"),
    ("Alzheimer's disease of R. El Kharoua", f"{_KAGGLE} rabieelkharoua/alzheimers-disease-dataset; simulated", "2024-06", _BY),
    ("Healthcare data set of P. Patil", f"{_KAGGLE} prasad22/healthcare-dataset; simulated", "2023-10", "CC0 1.0"),
    (
        "Behavioral Risk Factor Surveillance System",
        "Centers for Disease Control and Prevention, annual survey data",
        "2015-09",
        _WORK,
    ),
    (
        "National Health and Nutrition Examination Survey",
        "National Center for Health Statistics; R package NHANES",
        "2021-08",
        _WORK,
    ),
    *(
        (f"survival: {name}", _SURVIVAL, "2024-12", _LGPL)
        for name in (
            *(
                "lung",
                "veteran",
                "pbc",
                "ovarian",
                "colon",
                "gbsg",
                "rotterdam",
                "flchain",
                "heart",
                "kidney",
                "diabetic",
                "retinopathy",
            ),
            *("mgus", "nafld", "bladder", "cgd", "nwtco", "myeloid"),
        )
    ),
    ("GBSG2", "German Breast Cancer Study Group 2; R package TH.data, scikit-survival", "1994-10", "GPL-3.0, with the package"),
    ("Worcester heart attack study", "Hosmer, Lemeshow, May 2008; scikit-survival", "2008-03", "GPL-3.0, with scikit-survival"),
    ("AIDS clinical trial 320", "Hosmer, Lemeshow, May 2008; scikit-survival", "2008-03", "GPL-3.0, with scikit-survival"),
    ("AIDS clinical trial 175", f"{_UCI} 890; R package speff2trial", "1996-10", _BY),
    ("SUPPORT", f"{_UCI} 880; Vanderbilt University, Department of Biostatistics", "1994-01", _BY),
    ("lifelines: larynx", "Klein, Moeschberger; lifelines", "2003-01", "MIT, with lifelines"),
    ("lifelines: Stanford heart transplants", "Crowley, Hu 1977; lifelines", "1977-03", "MIT, with lifelines"),
    ("METABRIC of pycox", "Katzman et al. 2018, DeepSurv; pycox", "2018-02", "MIT, with DeepSurv"),
    ("MASS: birthwt", "Venables, Ripley: R package MASS", "2002-08", "GPL-2.0 or GPL-3.0, with the package"),
    (
        "Melanoma of R",
        "Andersen, Borgan, Gill, Keiding 1993; R packages MASS and boot",
        "1993-01",
        "GPL-2.0 or GPL-3.0, with the package",
    ),
    (
        "Open line list of COVID-19 cases",
        "Xu et al. 2020; Korean and Mexican health authorities; CDC public use file",
        "2020-03",
        "open data",
    ),
    ("PhysioNet challenge 2019", "PhysioNet, challenge-2019 1.0.0", "2019-08", _BY),
    ("ABIDE", "Autism Brain Imaging Data Exchange, phenotypes", "2012-08", "CC BY-NC-SA 3.0"),
    ("OASIS", "Open Access Series of Imaging Studies, OASIS-1 and OASIS-2", "2010-12", "open for research"),
    ("Synthea", "MITRE: Synthea, CSV exporter; simulated", "2024-01", "Apache-2.0, with the generator"),
    ("Medicare synthetic files (DE-SynPUF)", "Centers for Medicare & Medicaid Services, 2008-2010; simulated", "2013-01", _WORK),
    (
        "The Cancer Genome Atlas, by patient",
        "National Cancer Institute, Genomic Data Commons, open tier",
        "2018-04",
        "open, with attribution",
    ),
    ("METABRIC of cBioPortal", "Curtis et al. 2012; cBioPortal, brca_metabric", "2012-04", "ODbL 1.0"),
    (
        "Genomic Data Commons, clinical",
        "National Cancer Institute, Genomic Data Commons, open tier",
        "2024-01",
        "open, with attribution",
    ),
    ("Gene Expression Omnibus, samples", "National Center for Biotechnology Information", "2024-01", _WORK),
    ("CDISC pilot study", "CDISC: SDTM/ADaM pilot project", "2013-04", "MIT, as published by PHUSE"),
    (
        "Cardiovascular Health Study, magnetic resonance",
        "Emerson: University of Washington, data sets for teaching",
        _NOTED,
        "free for teaching",
    ),
    ("MLDataR: stroke classification", "R package MLDataR", _NOTED, _PACKAGE),
    ("openintro: babies", "R package openintro", _NOTED, _PACKAGE),
    ("openintro: heart transplants", "R package openintro", _NOTED, _PACKAGE),
    ("carData: migraine treatment", "R package carData", _NOTED, _PACKAGE),
    ("NeuroDataSets: sleep deprivation", "R package NeuroDataSets", _NOTED, _PACKAGE),
    ("Stat2Data: ICU", "R package Stat2Data", _NOTED, _PACKAGE),
    ("Stat2Data: SuicideChina", "R package Stat2Data", _NOTED, _PACKAGE),
    ("asaur: hepatoCellular", "R package asaur", _NOTED, _PACKAGE),
    ("asaur: pharmacoSmoking", "R package asaur", _NOTED, _PACKAGE),
    ("gap: nep499", "R package gap", _NOTED, _PACKAGE),
    ("medicaldata: covid testing", "R package medicaldata", _NOTED, _PACKAGE),
    ("medicaldata: cytomegalovirus", "R package medicaldata", _NOTED, _PACKAGE),
    ("medicaldata: opt", "R package medicaldata", _NOTED, _PACKAGE),
    ("medicaldata: strep tb", "R package medicaldata", _NOTED, _PACKAGE),
    ("medicaldata: supraclavicular", "R package medicaldata", _NOTED, _PACKAGE),
    ("mosaicData: Gestation", "R package mosaicData", _NOTED, _PACKAGE),
    ("mstate: aidssi2", "R package mstate", _NOTED, _PACKAGE),
    ("nlme: Phenobarb", "R package nlme", _NOTED, _PACKAGE),
    ("nlme: Quinidine", "R package nlme", _NOTED, _PACKAGE),
    ("openintro: mtl", "R package openintro", _NOTED, _PACKAGE),
    ("outbreaks: ebola sim", "R package outbreaks", _NOTED, _PACKAGE),
    ("outbreaks: fluH7N9 china 2013", "R package outbreaks", _NOTED, _PACKAGE),
    ("outbreaks: smallpox abakaliki 1967", "R package outbreaks", _NOTED, _PACKAGE),
    ("outbreaks: ebola sierraleone 2014 suspected", "R package outbreaks", _NOTED, _PACKAGE),
    ("lifelines: lymph node", "Davidson-Pilon: lifelines, data sets", _NOTED, "MIT, with lifelines"),
    ("lifelines: merrell1955", "Davidson-Pilon: lifelines, data sets", _NOTED, "MIT, with lifelines"),
    (
        "Brainomics localizer, behaviour",
        "Papadopoulos Orfanos et al. 2017, Brainomics/Localizer; nilearn",
        "2017-01",
        "open for research",
    ),
    ("Stat2Data: NCbirths", "R package Stat2Data", _NOTED, _PACKAGE),
    ("lme4: toenail", "R packages lme4 and HSAUR3", _NOTED, _PACKAGE),
    ("wooldridge: recid", "R package wooldridge", _NOTED, _PACKAGE),
    ("Drug reviews of the UCI archive", f"{_UCI} 461 and 462", "2018-10", _BY),
    ("American National Election Studies", "ANES, exploratory testing survey 2020", "2020-04", "open for research"),
    ("The Cancer Imaging Archive, list of series", "The Cancer Imaging Archive, search results", _NOTED, "open, by collection"),
    ("outbreaks: varicella sim berlin", "R package outbreaks; simulated", _NOTED, _PACKAGE),
    ("fivethirtyeight: flying", "FiveThirtyEight, data; R package fivethirtyeight", _NOTED, _BY),
    ("fivethirtyeight: police deaths", "FiveThirtyEight, data; R package fivethirtyeight", _NOTED, _BY),
    ("bayesrules: climbers", "The Himalayan Database; R package bayesrules", _NOTED, _PACKAGE),
    ("random.cdisc.data: invented studies", "R packages random.cdisc.data and tern; simulated", _NOTED, _PACKAGE),
    ("CDISC example study", "pharmaverse, Appsilon and Posit: packages with invented studies", _NOTED, _PACKAGE),
    ("MIMIC-IV demo", "PhysioNet, mimic-iv-demo 2.2", "2023-01", _DEMO),
    ("MIMIC-III demo", "PhysioNet, mimiciii-demo 1.4", "2019-04", _DEMO),
    ("eICU demo", "PhysioNet, eicu-crd-demo 2.0.1", "2021-05", _DEMO),
)

OPEN: tuple[Pack, ...] = tuple(
    Pack(name=name, title=name, source=source, date=date, licence=licence, generator="by hand")
    for name, source, date, licence in _SETS
)
