"""What clinics and registers of single specialties call what they find: words of which `clinicalwords` makes its lists, too.

FIRM: no other trade says them. SHORT: abbreviations of three or four letters that other trades may have, and words of several
trades; one of them says little, and two of the same kind as much as one of the others. In the form of `clinicalwords`.
Sources: names of variables in published registers and case report forms, instruments and scores under their usual abbreviations.
"""

from __future__ import annotations

FIRM = """
diagnosis: hypotension proteinuric iganephropathy mestc dgf bpar gvhd agvhd cgvhd pih gdm pph iugr lga ivh nec ropstage bpd
 pvl drusen cnv_lesion tinnitus fitzpatrick ulcerated acpa anticcp rfpos sledai tophi gouty fabtype karyotype blasts aml cll
 dlbcl acs_sickle vasoocclusive hbss parasitaemia parasitemia gametocytes ns1 dengue chikungunya pneumoconiosis silicosis
 asbestosis ilocxr dmft gingival periodontal periodontitis fluorosis sciatica frailty frail sarcopenia delirious tbsa
 inhalationinjury euroscore euroscore2 euroscoreii sts_score paf psaf vfd28 ards aki kdigo akin bethesda nilm ascus lsil hsil
 cin2 cin3 polyps adenoma adenomas montreal montreall hbi clinpreg endometriosis pcos hpo hpoterms hpoid omim orphacode orpha
 mcadd exacerbation exacerbations exac mmrc goldgrp ppfev1 f508 f508del dyskinesia gdles gdlesions szfreq seizurefreq engel
 hippsclerosis amyloidpet csfab42 isup isupgrade pirad osteomyelitis wagner amputated wifi_stage endoleak evar aaamm durtear
 duraltear nonunion aoclass anastomoticleak claviendindo clavien ssi surgicalsite mrsa esbl vre cdiff antibiogram nosocomial
 clabsi cauti vap ibd ibdsubtype uc_extent crohns ulcerativecolitis celiac coeliac nafld nash masld steatosis varices ascites
 encephalopathy hcc barrett gerd reflux scpcodes ecgdiagnosis lbbb rbbb stelevation lvh sich tici lvo hypoglycemia
 hypoglycaemia dka ketoacidosis hypothyroid hyperthyroid thyroiditis goitre goiter acromegaly cushing preeclamptic
 chorioamnionitis abruption previa ectopic apgar1 apgar5 apgar10 tympr tympl tympanogram otitis bppv meniere strabismus
 amblyopia cataract glaucoma keratoconus myopia drgrade dme drseverity axiallength keratometry cobbangle scoliosis hemiplegia
 gmfcs macs cerebralpalsy asthmadx dxasthma asthmatic wheeze wheezing atopicderm covidpos covidstatus pcrresult reinfection
 longcovid melanomatype sccs mycosis scabies leprosy leishmania schisto helminth hookworm trichuris ascaris filaria
 onchocerciasis trachoma tbtype tbsite dst_result mdrtb ltfu tnbc luma lumb nodepos lntot lvsi pni msi msistatus mmr_status
 mgmtmeth idhmut marginr margins_status comorbs multimorbid cancertype tumorsite tumoursite tumorgrade tumourgrade primarysite
 icdo icdo3 clinstage pathstage ptnm ctnm ypt ypn ecogps g3ae lrr locoregional
 anuria uveitis jadas erosiv stunted wasted nssi clad pgdgrade pneumonitis dswi pmf nadcisnienie cukrzyca avc ictus
 hypertoni cmvmismatch retear
medication: tactrough tacrolimus ciclosporin cyclosporine mycophenolate mmf azathioprine basiliximab surfactant malarone
 doxycycline allopurinol febuxostat colchicine hydroxyurea hudose fviii inhibitortiter factorviii methadone buprenorphine
 naltrexone clozapine lithium olanzapine risperidone quetiapine mph methylphenidate lisdex valproate lamotrigine levetiracetam
 carbamazepine asmn aed aeds natalizumab ocrelizumab infliximab ifxlevel adalimumab ustekinumab vedolizumab anti_tnf antitnf
 omedd morphineeq oral_morphine norad noradrenaline norepinephrine adrenaline epinephrine epigiven epipen dobutamine milrinone
 propofol ketamine fentanyl midazolam rocuronium sevoflurane thiopental ponv dosegy gtv rtdose fractions_rt antivegf
 injections_ivt ranibizumab aflibercept bevacizumab pembrolizumab nivolumab cisplatin carboplatin paclitaxel docetaxel folfox
 folfirinox fluorouracil rituximab rchop imatinib letrozole anastrozole bolus_u basal_u insulindose icsdose laba salbutamol
 omalizumab dupilumab bisphosphonate denosumab levothyroxine carbimazole oxytocin magsulf betamethasone antenatal ivig
 plasmapheresis fluoxetine sertraline citalopram escitalopram zolpidem melatonin apixaban rivaroxaban dabigatran clopidogrel
 ticagrelor amiodarone digoxin furosemide spironolactone sacubitril dapagliflozin empagliflozin semaglutide liraglutide glp1
 sglt2 sglt2i aceinh betablockers antibiotics6mo abxdays abx ppi_use ppiuse nsaid nsaids paracetamol
laboratory result: ktv spktv urr ufvolume ultrafiltration upcr uprot calprotectin fcp fecalcalprotectin fcalpro elastase sua
 uricacid dsdna antidsdna complement_c3 ana_titer hbf hplc_hb hrp2 parasit bllugdl bloodlead bll sigepeanut specificige
 totalige spthdm sptmm skinprick fviiipct tgab tpoab trab amhpmol amhngml afc mii fertrate blastocyst semenvol concmml
 spermconc spermcount progmot morphpct motility_pct antis antispike antirbd neutralising neutralizing nabtiter igsp elisa_od
 micmic ab42 ab40 nfl_csf gfapserum ptau181 ptau217 ki67pct erpct prpct her2ihc her2fish pdl1tps tmb_panel cstum cst_oct
 cmt_oct sgmgdl sensorglucose glucosemgdl gmi pctinrange lbxgh lbxtc lbdhdd vl6m vlcopies hivvl cd4bl bpmeanlab ntprobnppgml
 hstrop peaktrop ckmb ckpeak pao2fio2 pfratio basexs baseexcess anion_gap lactatemax pco2 hco3 ironsat vitb12 vitamind corrca
 tshmiu ft4pmol prolactin acth dheas progesterone lh_iu hcg bhcg papp_a pappa nuchal ntmm cord_ph cordph cordblood apgarlab
 stoolculture ucx bloodculture csfwbc csfprot rheumfactor esr asttoplt fib4 apri fibroscan lsmkpa lipoprotein crphs
 ferritinngml gluc
 ctnaat gcnaat syphrpr rpr hbeag hbvdna bsg wbct20 umolcreat seker naat
vital signs: prewt postwt preweight postweight dryweight idwg uems lems asia_grade rts iss aisn aishead aisch niss abpmean
 nibp etco2 cvp tbi_index frax fimadm fimdc fimtotal ctdivol dlp ssde va_logmar etdrs etdrsbl iopmmhg mddb visualfield ptar
 ptal ptaavg dpoae haz waz whz baz muac muaccm headcirc hcz bmiz bmisds htsds wtz ladiam laesd lvef_pct lvdd eprime
 tricuspidgrad mitralgrad xclampmin cpbmin rhr restinghr hrvms nadirspo2 spo2avg sleepmin remmin deepmin cpaphrs ahirem
 peep_cm ventdays mvdays vtml pplat sapsii ebmipre ewl ewl12 twl hostbmi fatmass leanmass skinfold vo2peak wattmax rpe_borg
 sixmwt tug timedupgo sppb chairstand gripkg
 cha2ds2 igs2 baux braden bims rnfl rnflavg vfmd sphod sphos cylod cylos tirpct tbrpct bismean lkw lkwmin
symptom: tjc28 sjc28 tjc sjc haqdi pasi0 dlqitot asas bsadai odipre odipost ndiscore vas6wk ohspre ohspost oks esas esaspain
 esasnausea pps_pall catscore act_score actscore acq acqtot aqlq sgrq kccq kccqtot minnesotalhf seattleangina qlqc30 eortc
 factg factb iiefscore ipsstot oabss icqol pfdi koospain scat5 scat5symp symptombdi stoolfreq bristol bowelmov hotflush
 nightsweats itchnrs sleepdiff arthralgia cyanosis bleedinggrade toothache
smoking or alcohol: packyr audittotal audittot dudit sds_dep cudit ftnd fagerstrom drinkswk unitswk smokeyrs smkstat smknow
 smkever smq020 injever everinjected
 fumo
pregnancy: gaweeks gawk gestagewk gestwk gadays mode_of_delivery modeofdelivery deliverymode delivmode lscs svd parity_n
 primip multip abortus antenatalvisits ancvisits bw_g birthwt birthweightg bwg lbw preecl edd_date embryos embryo ivfcycle
 embryotransfer livebirth clinicalpregnancy gravidapara placenta placental
mental health: panss_tot pansstot dupwks madrstot cbclint cbclext cbcl sdqtotal sdqtot adhdrs conners adoscss srst srs2 viq
 piq fsiq cdrsob adl_katz lawton iadl zarit gds15 gdsshort negaffect posaffect craving rumination panas eqmob eqcare eqact
 eqpain eqanx eqvas eq5 eq5dindex sf12pcs sf12mcs who5 wemwbs rses bprstot ymrstot hamatot qids cssrs gafscore hoyers sofas
 mfq rcads scared ces_dc epdstot edinburgh asrm lsas ocitot tas20 des2 sbq
 bsl23 ders fma fmaue arat ikdc lysholm promis promispf promispi koosjr qalys qaly
imaging: lungrads nodmm pet_suv petsuv suvmean tiradscat fnabeth thyroidvol nodvol gtvcc colpo colposcopy lvgls lge
 syntax_score cacscore stenosispct carotidimt mra_finding wmhvol hippvol
procedure: cabgn pvitime ablation cryoablation shocksapp shocksinapp crt_d fdrt rrt crrt capd pdcath fistula avf exitsiteinf
 peritonitis techfailure graftloss grafts cithours citmin coldischemia hlamm hla_mismatch reopbleed allosct autosct sct bsct
 cpbtime rygb sleevegast dialysisvintage hdvintage colonscreen cecaltime boston_score bbps opertn opcscode proned chelated
 phototherapy csect vacuumextr episiotomy tooth_extr rootcanal implantfail pdmm calmm bop_site hearingaid cochlear mesh_repair
 thromboprophylaxis ettsize mallampati cormack neuraxial spinalblock
 escharotomy splenectomy chelator crrtdose filterlife etday tnk bupdose
admission: edatt edrevisit ctas manchestertriage mts_triage esi_level triagelevel arrmode chiefcmplt chiefcomplaint iculosd
 rlos rehablos admidate disdate epistart epiend classpat admimeth dismeth hospdays gpvisits gp_visits
cause of death: d30mort mort1y mort12m placeofdeath graftsurv osmos efsmos hospmort icumort inhosp deces decesso obito
 ltfudate fallecido gestorben verstorben tod_datum
immunisation: vaxtype vaxdate dose1dt dose2dt aefi injsite sysae localae vaccinelot boosterdt dtp rabiesdoses seroprotected
 gmt_titer
allergy: anaphylaxis challenge_dose cumdosemg oit
genetic test: brca1result brca2result pathogenicvariant vusflag htt_cag cagrepeat
disability: barthelidx whodas12 mrs3m mrs_3m mrs6m falls6m fallsyr fallrisk wheelchr asiaimpair nli polypharm
"""
SHORT = """
diagnosis: hat dm has asia sz reaction karnof relapses flares serious organismid dispo fusion mesh lesioncount etiology
 aetiology dysplastic genotype voc acs cdr mts sga aaa nodule nodules organism pathogen isolate
laboratory result: er pr fab c3 c4 mic ttr upn tac lipid ct_val alp alat asat gpt got tni myo sag lymphs mono eos baso retic
 aec anc pco po2 hgbs carbs micvalue
vital signs: pf bf va md etdr tas tad pps gh rr_syst hrate cst watt bolus abi tanner borg abr
symptom: bp_pain rp vt mh itchy limp beep
mental health: sds sac bess srs worry katz adl
procedure: nail bop pd cal graft insertion prone
medication: injections cum_dose
cause of death: lfu failure obit alive_fu
"""
