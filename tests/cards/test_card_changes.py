"""A change cannot excuse itself: what a card said in the base holds for the change that takes it back, staged or in a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _card_texts import BASIC, card, weights
from _scratch import Ran, Repo, guard, hook

if TYPE_CHECKING:
    from collections.abc import Callable

    Judged = Callable[[Repo], Ran]

STUDY = "phs000178.v11.p8"
SAID = "its card said so before this change"
MODEL, CARD = "m/scorer.safetensors", "m/README.md"
DATA = f"\n## Data\n\nThe model was trained on whole genomes of the dbGaP study {STUDY}.\n"
# More than the weights alone, and of no card
OTHER = ("notes.txt", b"nothing\n")


def _front(**fields: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\nlicense: mit\nlibrary_name: pytorch\n{lines}---\n\n# Variant scorer\n\n"


def _card(**fields: str) -> bytes:
    return card(*BASIC, front=_front(**fields)) + DATA.encode()


def _staged(repo: Repo) -> Ran:
    return guard("scan", "--staged", "--select", "CARD1,CARD2,GOV2", "--no-cache", cwd=repo.root)


def _ranged(repo: Repo) -> Ran:
    repo.git("commit", "-q", "--no-verify", "-m", "change")
    return guard("scan", "--range", "HEAD~1..HEAD", "--select", "CARD1,CARD2,GOV2", "--no-cache", cwd=repo.root)


def _hooked(repo: Repo) -> Ran:
    """Run the hooks with the names that pre-commit gives: of a change that only deletes none."""
    names = repo.git("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "--no-renames", "-z").split(b"\0")[:-1]
    runs = [hook(name, "--", *names, cwd=repo.root) for name in ("cards", "data_use")]
    return Ran(max(ran.code for ran in runs), b"".join(ran.raw_out for ran in runs), b"".join(ran.raw_err for ran in runs))


DOORS = pytest.mark.parametrize("judged", [_staged, _ranged, _hooked])


@pytest.fixture(name="made")
def fixture_made(repo: Repo) -> Callable[..., Repo]:
    """Return what commits a base."""

    def made(files: dict[str, bytes]) -> Repo:
        for name, data in files.items():
            repo.add(name, data)
        repo.git("commit", "-q", "--no-verify", "-m", "base")
        return repo

    return made


@DOORS
@pytest.mark.parametrize("now", [{"generative": "false"}, {}], ids=["false", "removed"])
def test_a_generative_model_stays_one_in_the_change(made: Callable[..., Repo], judged: Judged, now: dict[str, str]) -> None:
    """The flip is told; once it is merged, the card is believed."""
    repo = made({MODEL: weights(), CARD: _card(generative="true")})
    repo.add(CARD, _card(**now))
    ran = judged(repo)
    assert ran.code == 1
    assert "GOV201" in ran.out
    assert SAID in ran.out
    if judged is not _ranged:
        repo.git("commit", "-q", "--no-verify", "-m", "change")
    repo.add(CARD, _card(**now) + b"\nMore of it.\n")
    assert "GOV201" not in _staged(repo).out


@DOORS
def test_a_new_card_before_the_old_one_hides_nothing(made: Callable[..., Repo], judged: Judged) -> None:
    """A nearer card, and a card of another name, say no less than the one that the model had."""
    repo = made({MODEL: weights(), "README.md": _card(generative="true")})
    repo.add("m/MODEL_CARD.md", _card(generative="false"))
    ran = judged(repo)
    assert "GOV201" in ran.out
    assert SAID in ran.out


def test_a_card_that_was_never_generative_is_believed(made: Callable[..., Repo]) -> None:
    """Neither a new model with its card, nor one that says more than before, is held to what nobody said."""
    repo = made({MODEL: weights(), CARD: _card()})
    repo.add(CARD, _card(generative="false"))
    repo.add("n/scorer.safetensors", weights(of="n"))
    repo.add("n/README.md", _card(generative="false"))
    assert "GOV201" not in _staged(repo).out
    assert "GOV201" not in _ranged(repo).out


@DOORS
@pytest.mark.parametrize("now", [{"risk_tier": "basic"}, {}], ids=["lowered", "removed"])
def test_the_higher_tier_holds_in_the_change(made: Callable[..., Repo], judged: Judged, now: dict[str, str]) -> None:
    """Sections of the higher tier are asked for, and the message says that it was the card's."""
    full = card(front=_front(risk_tier="research"))
    repo = made({MODEL: weights(), CARD: full})
    repo.add(CARD, card(*BASIC, front=_front(**now)))
    ran = judged(repo)
    assert ran.code == 1
    assert "the research tier (which the card had before this change) requires" in ran.out
    if judged is not _ranged:
        repo.git("commit", "-q", "--no-verify", "-m", "change")
    repo.add(CARD, card(*BASIC, front=_front(**now)) + b"\nMore of it.\n")
    assert "CARD201" not in _staged(repo).out


def test_a_raised_tier_is_the_cards_own(made: Callable[..., Repo]) -> None:
    """What a change raises is asked for as it now says."""
    repo = made({MODEL: weights(), CARD: _card()})
    repo.add(CARD, _card(risk_tier="research"))
    ran = _staged(repo)
    assert "the research tier requires" in ran.out


def _delete(repo: Repo) -> None:
    repo.git("rm", "-q", CARD)


def _rename(repo: Repo) -> None:
    (repo.root / "old").mkdir()
    repo.git("mv", CARD, "old/README.md")


def _empty(repo: Repo) -> None:
    repo.add(CARD, b"Nothing here.\n")


def _with_another(repo: Repo) -> None:
    repo.git("rm", "-q", CARD)
    repo.add(*OTHER)


@DOORS
@pytest.mark.parametrize("change", [_delete, _rename, _empty, _with_another])
def test_a_card_that_is_taken_away_is_missed(made: Callable[..., Repo], judged: Judged, change: Callable[[Repo], None]) -> None:
    """The model that stays is told, and no other model without a card."""
    repo = made({MODEL: weights(), CARD: _card(), "other/model.safetensors": weights(of="other"), OTHER[0]: b""})
    change(repo)
    ran = judged(repo)
    assert ran.code == 1
    assert "CARD101" in ran.out
    assert MODEL in ran.out
    assert "this change takes away the one that it had" in ran.out
    assert "other/model" not in ran.out


@DOORS
def test_a_card_that_goes_with_its_model_is_not_missed(made: Callable[..., Repo], judged: Judged) -> None:
    """Nor one in whose place another stands, or that the model has elsewhere now."""
    repo = made({MODEL: weights(), CARD: _card(), "n/scorer.safetensors": weights(of="n"), "n/README.md": _card()})
    repo.git("rm", "-q", "-r", "m")
    repo.git("mv", "n/README.md", "n/MODEL_CARD.md")
    ran = judged(repo)
    assert "CARD101" not in ran.out
    assert "takes away" not in ran.out


def test_a_deleted_generative_card_frees_no_model(made: Callable[..., Repo]) -> None:
    """Where the register ties the model to its data, it stays what its card said."""
    register = f"version: 1\ndata-use:\n  - {{id: {STUDY}, controlled: true, models: ['m/**']}}\n".encode()
    repo = made({MODEL: weights(), CARD: _card(generative="true"), ".genomic-guard.yaml": register})
    _delete(repo)
    ran = _staged(repo)
    assert "GOV201" in ran.out
    assert SAID in ran.out


def test_the_first_commit_has_no_base(repo: Repo) -> None:
    """Nothing is compared, and nothing fails."""
    repo.add(MODEL, weights())
    repo.add(CARD, _card(generative="false"))
    ran = _staged(repo)
    assert ran.code == 0, ran.out


def test_a_card_that_comes_and_goes_within_a_range(made: Callable[..., Repo]) -> None:
    """The base is what counts, and not what stood between."""
    repo = made({MODEL: weights(), CARD: _card(generative="true")})
    base = repo.git("rev-parse", "HEAD").decode().strip()
    repo.add(CARD, _card())
    repo.git("commit", "-q", "--no-verify", "-m", "one")
    _delete(repo)
    repo.git("commit", "-q", "--no-verify", "-m", "two")
    ran = guard("scan", "--range", f"{base}..HEAD", "--select", "CARD1", "--no-cache", cwd=repo.root)
    assert "this change takes away the one that it had" in ran.out


def test_a_base_that_is_not_at_hand_is_a_gap(made: Callable[..., Repo]) -> None:
    """A card of the base whose content is missing cannot be compared, and the run says so."""
    repo = made({MODEL: weights(), CARD: _card(generative="true")})
    blob = repo.git("rev-parse", f"HEAD:{CARD}").decode().strip()
    repo.add(CARD, _card())
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ran = guard("scan", "--staged", "--select", "GOV2", "--no-cache", "--format", "json", cwd=repo.root)
    assert (CARD, "missing-object") in ran.gaps()
    assert ran.code == 3
