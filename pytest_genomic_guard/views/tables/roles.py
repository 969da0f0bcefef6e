"""What a column holds, by its name in several languages and by what its cells look like. No value is kept."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from pytest_genomic_guard._record import Record
from pytest_genomic_guard._regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from pytest_genomic_guard.views.tables.table import DataTable

    Role = Literal["person-id", "birth-date", "sex", "name", "address", "postcode", "phone", "e-mail", "diagnosis"]

# Names of columns in English, German, French, Spanish, Italian, Dutch and Portuguese, without accents and signs.
_NAMES: dict[Role, str] = {
    "person-id": """id eid iid fid sid pid mrn subject subjectid subjectidentifier patient patientid patid patno patientno
        patientnumber patientidentifier medicalrecordnumber sample sampleid samplename sampleno donor donorid
        participant participantid individual individualid person personid recordid studyid case caseid caseno
        dbgapsubjectid uniquepid hadmid patientunitstayid specimenid proband probandid patienten patientennr
        patientennummer patientenid fallnummer fallnr probe probenid probenr probennummer probandennummer
        identifiant idpatient numeropatient numpatient nopatient sujet idsujet echantillon idechantillon ipp
        paciente idpaciente pacienteid numeropaciente historiaclinica nhc sujeto idsujeto muestra idmuestra
        identificador paziente idpaziente codicepaziente soggetto idsoggetto campione idcampione codicefiscale
        identificativo patientnummer patientnr deelnemer deelnemerid deelnemernummer proefpersoon monster
        monsterid bsn prontuario numeroprontuario sujeito idsujeito amostra idamostra idparticipante""",
    "birth-date": """dob birthdate dateofbirth birthday bdate borndate born birthdt yearofbirth birthyear yob geburtsdatum gebdatum
        gebdat geburtstag geburtsjahr datedenaissance datenaissance naissance ddn neele anneedenaissance
        fechadenacimiento fechanacimiento fnacimiento nacimiento fechanac anodenacimiento datadinascita
        datanascita nascita datanasc annodinascita geboortedatum gebdat geboren geboortejaar datadenascimento
        datanascimento nascimento dtnascimento anodenascimento""",
    "sex": """sex gender sexcode gendercode biologicalsex sexatbirth geneticsex reportedsex geschlecht sexe genre sexo genero
        sesso genere geslacht""",
    "name": """name fullname patientname firstname lastname surname forename givenname familyname middlename maidenname vorname
        nachname familienname patientenname geburtsname nom prenom nomdefamille nompatient nombre nombres
        apellido apellidos nombrepaciente nombrecompleto nome cognome nomecognome nomepaziente naam voornaam
        achternaam familienaam sobrenome nomecompleto nomepaciente apelido nomedopaciente""",
    "address": """address street streetaddress addressline addressline1 addressline2 homeaddress mailingaddress residence adresse
        anschrift strasse strassehausnummer wohnort rue domicile direccion calle domicilio indirizzo via
        residenza adres straat straatnaam woonadres endereco rua morada logradouro""",
    "postcode": """zip zipcode zip5 postcode postalcode postal plz postleitzahl codepostal cp codigopostal cap codicepostale
        codicediavviamentopostale postcodegebied cep codigopostalcep""",
    "phone": """phone phonenumber telephone telephonenumber tel mobile mobilephone cell cellphone homephone workphone fax
        telefon telefonnummer handy handynummer mobil festnetz rufnummer numerodetelephone telefono movil
        celular numerodetelefono cellulare numeroditelefono telefoon telefoonnummer mobiel telefone telemovel
        numerodetelefone""",
    "e-mail": """email emailaddress mail mailaddress emailadresse mailadresse courriel adressemail adresseemail correo
        correoelectronico correoe postaelettronica indirizzoemail emailadres correioeletronico enderecodeemail""",
    "diagnosis": """diagnosis diagnoses dx dxcode diagnosiscode primarydiagnosis icd icd9 icd10 icdcode icd10code icd9code icd10cm
        condition disease diagnose diagnosen hauptdiagnose erkrankung diagnostic diagnosticprincipal maladie
        codecim cim10 diagnostico enfermedad cie10 diagnosi malattia patologia aandoening ziekte doenca cid
        cid10""",
}
_ROLE: dict[str, Role] = {word: role for role, words in _NAMES.items() for word in words.split()}
_AFFIX = regex(r"^(?:patients?|patienten|subjects?|participants?|persons?|pat|pt|subj)_+|_+(?:patients?|of_patient|du_patient)$")
_CAMEL = regex(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGN = regex(r"[\W_]+")
_ABSENT = "na n/a nan null none nil . - -- ? unknown unbekannt inconnu desconocido sconosciuto onbekend"
_SEXES = """m f male female man woman boy girl 0 1 2 9 u unknown other x d w h v mann frau maennlich mannlich weiblich
        divers homme femme masculin feminin hombre mujer varon hembra masculino femenino maschio femmina uomo
        donna maschile femminile vrouw mannelijk vrouwelijk homem mulher feminino"""
_MISSING = frozenset({*_ABSENT.split(), ""})
_SEX = frozenset(_SEXES.split())
_FITS: dict[Role, re.Pattern[str]] = {
    "person-id": regex(r"(?=[^\d]{0,60}\d)[\w./:#-]{1,64}"),
    "birth-date": regex(
        r"(?:1[89]|20)\d\d(?:[-/.]?[01]?\d[-/.]?[0-3]?\d(?:[T ][\d:.+Z-]{1,30})?)?|[0-3]?\d[-/. ][01]?\d[-/. ](?:(?:1[89]|20)?\d\d)"
        r"|[0-3]?\d[-/. ]{1,2}[^\W\d_]{3,10}[-/. ,]{1,2}(?:1[89]|20)?\d\d|[^\W\d_]{3,10} [0-3]?\d,? (?:1[89]|20)\d\d"
    ),
    "name": regex(r"[^\W\d_][^\W\d_'\u2019.-]*+(?:[ ,'\u2019.-]{1,3}[^\W\d_'\u2019.-]++){0,7}\.?"),
    "address": regex(r"(?=[\S\s]{0,200}\Z)(?=[^\W\d_]|[^ ]{1,20} )[^@<>{}]*[^\W\d_]{2}[^@<>{}]*"),
    "postcode": regex(r"(?=[^\d]{0,6}\d)[A-Za-z0-9]{1,5}[ -]?[A-Za-z0-9]{2,5}"),
    "phone": regex(r"(?=(?:\D{0,4}\d){7,15}\D{0,3}\Z)[+(]?[\d ()./-]{6,30}(?: ?(?:x|ext\.?) ?\d{1,6})?"),
    "e-mail": regex(r"[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    "diagnosis": regex(r"[A-Za-z]\d[\dA-Za-z](?:\.?[\dA-Za-z]{1,4})?|\d{3}(?:\.\d{1,2})?|\d{6,18}|(?=\D*[^\W\d_]{3})[^@]{3,200}"),
}
# Told by their cells alone, where a column has no name.
_STRONG: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("e-mail", _FITS["e-mail"]),
    ("phone", regex(r"\+\d{1,3}[ .-][\d ().-]{6,20}|\(?[2-9]\d\d\)?[ .-][2-9]\d\d[ .-]\d{4}")),
)

_FEWEST, _CELLS = 32, 1 << 16  # rows of a sample however wide they are; cells of a sample otherwise
_DISTINCT = 1 << 16
# Roles to which any letter is as good as another, and any digit.
_SHAPED: frozenset[Role] = frozenset({"person-id", "name", "address", "postcode", "e-mail", "diagnosis"})
_SHAPE = bytes(48 if 48 <= each < 58 else 97 if bytes((each,)).isalpha() else each for each in range(256))
_MISSING_SHAPES = frozenset(word.encode().translate(_SHAPE).decode() for word in _MISSING)


class Tally(Record):
    """How many of a column's values fit a role. Numbers only."""

    rows: int
    filled: int  # rows whose cell is neither empty nor a word for a missing value
    fit: int  # of these, those that fit
    distinct: int  # different ones among the filled, counted up to 65,536
    complete: bool  # all rows were there

    @property
    def proven(self) -> bool:
        """Tell whether six in ten of the values fit, over the whole column."""
        return self.complete and self.filled > 0 and self.fit * 10 >= self.filled * 6


def known(name: str) -> Role | None:
    """Return the role that a column's name speaks of, or None."""
    return _known(name) if len(name) <= 100 else None


@lru_cache(4096)  # tables have the same names of columns again and again
def _known(name: str) -> Role | None:
    if name.isascii() and name.isalnum() and (name.islower() or name.isdigit()):  # rs123: nothing to take away
        return _ROLE.get(name) or _ROLE.get(name.rstrip("0123456789"))
    plain = unicodedata.normalize("NFKD", name.strip()).replace("ß", "ss")
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    words = _SIGN.sub("_", _CAMEL.sub("_", plain)).strip("_").lower()
    whole = words.replace("_", "")
    rest = _AFFIX.sub("", words).replace("_", "")
    return _ROLE.get(whole) or _ROLE.get(whole.rstrip("0123456789")) or _ROLE.get(rest)


def fits(value: str, role: Role) -> bool | None:
    """Tell whether a value can have a role; None for an empty one or a word for a missing one."""
    value = value.strip() if len(value) <= 400 else value
    low = value.lower() if len(value) <= 20 else value
    if low in _MISSING:
        return None
    if role == "sex":
        return low in _SEX or unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode() in _SEX
    return len(value) <= 256 and _FITS[role].fullmatch(value) is not None


def roles(table: DataTable, size: int = 200) -> tuple[Role | None, ...]:
    """Return the role of each column: its name speaks of it, and six in ten of a sample fit; or its cells alone are telling."""
    rows = table.sample(max(_FEWEST, min(size, _CELLS // (len(table.header) + 1))) if size > _FEWEST else size)
    width = max([len(table.header), *(len(row) for row in rows)])
    names = (*table.header, *[""] * (width - len(table.header)))
    found: list[Role | None] = [None] * width
    for column, name in enumerate(names):
        if not name.strip() or known(name):
            found[column] = role_of(name, [row[column] for row in rows if column < len(row)])
    return tuple(found)


def role_of(name: str, cells: Iterable[str]) -> Role | None:
    """Return the role of one column by its name and a sample of its cells."""
    role = known(name)
    cells = [cell for cell in cells if cell.strip().lower() not in _MISSING] if role or not name.strip() else ()
    if role and cells:
        return role if _share(cells, role) else None
    for strong, pattern in _STRONG if cells and not name.strip() else ():
        if sum(1 for cell in cells if len(cell) <= 256 and pattern.fullmatch(cell.strip())) * 10 >= len(cells) * 6:
            return strong
    return None


def _share(cells: Sequence[str], role: Role) -> bool:
    found = [fit for cell in cells if (fit := fits(cell, role)) is not None]
    return bool(found) and sum(found) * 10 >= len(found) * 6


def validate(table: DataTable, column: int, role: Role) -> Tally:
    """Count over the whole column how many values fit a role."""
    rows = filled = fit = 0
    seen: set[str] = set()  # gone with the call
    for cells in table.source.column(column) if column >= 0 else ([""] * len(block) for block in table.source.blocks()):
        rows += len(cells)
        shaped = _by_shape(cells, role) if len(set(cells[:100])) * 2 > len(cells[:100]) else None
        if shaped is not None:
            filled += len(cells)
            fit += shaped
            seen.update(cells if len(seen) < _DISTINCT else ())
            continue
        for value, number in Counter(cells).items():
            fitting = fits(value, role)
            if fitting is not None:
                filled += number
                fit += number if fitting else 0
                if len(seen) < _DISTINCT:
                    seen.add(value)
    return Tally(rows=rows, filled=filled, fit=fit, distinct=min(len(seen), _DISTINCT), complete=table.complete)


def _by_shape(cells: Sequence[str], role: Role) -> int | None:
    """Return how many of a column's cells fit a role, looking once at each sequence of letters, digits and signs in them.

    None where that is not enough: for a role whose letters or digits matter, and where a cell could be a word for a missing one.
    """
    text = "\n".join(cells)
    if role not in _SHAPED or not text.isascii() or text.count("\n") != len(cells) - 1:
        return None
    fit = 0
    for shape, number in Counter(text.encode().translate(_SHAPE).split(b"\n")).items():
        shown = shape.decode()
        fitting = None if shown.strip() in _MISSING_SHAPES else fits(shown, role)
        if fitting is None:
            return None
        fit += number if fitting else 0
    return fit
