"""What a column holds: its name in several languages and its values together, neither alone."""

from __future__ import annotations

import pytest
from _tables import only, people, text

from pytest_genomic_guard.views.tables.roles import fits, known, role_of, roles, validate

NAMES = {
    "person-id": "id eid IID Patient_ID patientId subject.id SampleID Patienten-ID Probennummer identifiant_patient muestra "
    "id_paciente codice_paziente campione patientnummer deelnemer amostra prontuário",
    "birth-date": "dob birth_date DateOfBirth Geburtsdatum date_de_naissance Fecha_de_nacimiento data_di_nascita geboortedatum "
    "Data_de_Nascimento",
    "sex": "sex Gender Geschlecht sexe sexo sesso geslacht gênero",
    "name": "last_name firstName Nachname Vorname nom prénom apellidos nombre cognome achternaam sobrenome patient_name",
    "address": "address Straße adresse dirección indirizzo straat endereço",
    "postcode": "zip ZIP_code PLZ code_postal código_postal CAP postcode CEP",
    "phone": "phone Telefon téléphone teléfono cellulare telefoon telefone",
    "e-mail": "email E-Mail courriel correo_electrónico e-mailadres",
    "diagnosis": "diagnosis ICD10 Diagnose diagnostic diagnóstico diagnosi ziekte doença",
}


@pytest.mark.parametrize(("role", "names"), NAMES.items())
def test_names(role: str, names: str) -> None:
    """Names in seven languages, with accents, signs and capitals, speak of their role."""
    assert {name: known(name) for name in names.split()} == dict.fromkeys(names.split(), role)


@pytest.mark.parametrize(
    "name", ["", "weight", "gene", "valid", "description", "ratio", "x" * 1000, "identity_matrix", "sexagesimal"]
)
def test_no_names(name: str) -> None:
    """Other names speak of none."""
    assert known(name) is None


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("sex", ["m", "F", "", "NA", "2"], "sex"),
        ("sex", ["0.51", "0.49", "0.33"], None),
        ("name", ["Ann Lee", "O'Neil, J.", "Müller-Lüdenscheidt"], "name"),
        ("name", ["12", "14.5", "x_1"], None),
        ("dob", ["1956-03-01", "01.03.1956", "3/1/1956", "1 Mar 1956", "19560301"], "birth-date"),
        ("dob", ["see note", "0.5", "-"], None),
        ("zip", ["8001", "SW1A 1AA", "90210-1234"[:5]], "postcode"),
        ("tel", ["+41 44 000 00 00", "(212) 555-0100", "030/1234567"], "phone"),
        ("mail", ["a@example.org", "b.c@example.com"], "e-mail"),
        ("", ["a@example.org", "b.c@example.com"], "e-mail"),
        ("", ["1", "2"], None),
        ("weight", ["a@example.org", "b.c@example.com"], None),
        ("ICD10", ["E11.9", "C50", "I10"], "diagnosis"),
        ("street", ["1 Main Street", "Hauptstraße 5"], "address"),
        ("id", ["NA", "", "."], None),
    ],
)
def test_name_and_values(name: str, cells: list[str], role: str | None) -> None:
    """A role needs a name and values that fit it; only telling values need no name."""
    assert role_of(name, cells) == role


def test_whole_column() -> None:
    """A role that a sample shows is counted over all rows, and those that do not fit are seen."""
    rows = [",".join(row[:4]) for row in people(1000)]
    rows[700:] = ["P1,unknown,?,1.5"] * 200 + ["P1,none at all,both,1.5"] * 100
    table = only(text("patient_id,birth_date,sex,weight\n" + "\n".join(rows)), "delimited")
    tally = validate(table, 1, "birth-date")
    assert (tally.rows, tally.filled, tally.fit, tally.complete) == (1000, 800, 700, True)
    assert tally.proven
    assert not validate(table.replace(complete=False), 1, "birth-date").proven
    assert validate(table, 0, "person-id").distinct == 701
    assert validate(table, 99, "sex").filled == 0


def test_sample_reaches_the_end() -> None:
    """A sample holds the first rows and some from all over the table, and no more than asked for."""
    table = only(text("id,n\n" + "".join(f"S{n},{n}\n" for n in range(10_000))), "delimited")
    sample = table.sample(100)
    assert len(sample) <= 100
    assert sample[0] == ("S0", "0")
    assert int(sample[-1][1]) > 8000


def test_roles_of_a_wide_table() -> None:
    """A row may have more cells than the header has names."""
    table = only(text("id,sex\n1,m\n2,f\n3,m\n4,f\n5,m\n6,f\n7,m\n8,f\n9,m\n10,f\n11,m,x@example.org\n"), "delimited")
    assert roles(table) == ("person-id", "sex", "e-mail")


@pytest.mark.parametrize("value", ["1" * 100_000, "a" * 100_000, " " * 100_000, "a-" * 50_000, "1." * 50_000])
def test_long_values(value: str) -> None:
    """A value of any length is judged at once."""
    for role in NAMES:
        assert not fits(value, role)  # type: ignore[arg-type]
