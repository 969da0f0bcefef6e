"""What distributions say of themselves, whatever shape they are in: eggs, links, broken ones, hostile ones."""

from __future__ import annotations

import importlib.metadata
import os
import re
import string
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_genomic_guard.evidence.direct import folder as direct_folder
from pytest_genomic_guard.evidence.environments import Environment, Installed, digest, installed
from pytest_genomic_guard.evidence.installed import METADATA_BYTES
from pytest_genomic_guard.evidence.namedfiles import bundled, libraries, record_names
from pytest_genomic_guard.evidence.reading import marks

HEAD = "Metadata-Version: 2.1\nName: {0}\nVersion: {1}\n\n"


def place(*sites: Path) -> Environment:
    """Return an environment with these folders on its path."""
    return Environment(
        kind="configured", prefix=os.fsencode(sites[0]), python="3.11", sites=tuple(os.fsencode(each) for each in sites)
    )


def things(*sites: Path) -> dict[str, Installed]:
    """Return what is installed there, by name."""
    found = list(installed(place(*sites)))
    assert len({each.name for each in found}) == len(found)
    return {each.name: each for each in found}


def info(site: Path, name: str, version: str = "1.0", **files: str | bytes) -> Path:
    """Write a dist-info with its metadata and further files, ``__`` for a slash."""
    folder = site / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(HEAD.format(name, version))
    for path, text in files.items():
        target = folder / path.replace("__", "/").replace("_json", ".json")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def test_a_distribution_without_metadata_is_broken_and_told_by_its_folder(tmp_path: Path) -> None:
    """No file, an empty one, one without a name, a folder or a pipe in its place."""
    for name in ("gone", "empty", "nameless", "folder", "pipe"):
        (info(tmp_path, name) / "METADATA").unlink()
    (tmp_path / "empty-1.0.dist-info" / "METADATA").write_text("")
    (tmp_path / "nameless-1.0.dist-info" / "METADATA").write_text("Version: 3\n\nName: in the description\n")
    (tmp_path / "folder-1.0.dist-info" / "METADATA").mkdir()
    os.mkfifo(tmp_path / "pipe-1.0.dist-info" / "METADATA")
    info(tmp_path, "whole")
    found = things(tmp_path)
    assert {name: (each.broken, each.version) for name, each in found.items()} == {
        "gone": (True, "1.0"),
        "empty": (True, "1.0"),
        "nameless": (True, "3"),
        "folder": (True, "1.0"),
        "pipe": (True, "1.0"),
        "whole": (False, "1.0"),
    }


def test_licence_files_of_the_dist_info(tmp_path: Path) -> None:
    """By their names, in their folders, and those that are declared; nothing outside of it, nothing too large."""
    folder = info(
        tmp_path,
        "thing",
        LICENSE="1",
        COPYING="2",
        NOTICE="3",
        licenses__deep__er__LICENSE="4",
        licenses__AUTHORS="5",
        license_files__x="6",
        other="no",
    )
    (folder / "LICENSE.rst").write_bytes(b"x" * (1 << 18))
    (folder / "LICENCE.md").write_bytes(b"x" * ((1 << 18) + 1))
    (tmp_path / "outside").write_text("secret")
    declared = "License-File: legal.txt\nLicense-File: ../outside\nLicense-File: /etc/hosts\nLicense-File: sub\\dir.txt\n"
    (folder / "METADATA").write_text(HEAD.format("thing", "1.0").rstrip("\n") + "\n" + declared + "\n")
    (folder / "legal.txt").write_text("7")
    (folder / "licenses" / "sub").mkdir()
    (folder / "licenses" / "sub" / "dir.txt").write_text("8")
    found = dict(things(tmp_path)["thing"].files)
    assert {name for name, data in found.items() if len(data) == 1} == {
        *("LICENSE", "COPYING", "NOTICE", "legal.txt", "licenses/deep/er/LICENSE", "licenses/AUTHORS", "license_files/x"),
        "licenses/sub/dir.txt",
    }
    assert set(found) - {"LICENSE.rst"} == {name for name, data in found.items() if len(data) == 1}


def test_licence_files_and_libraries_that_record_names(tmp_path: Path) -> None:
    """Those of what is vendored come first; programs, templates and paths that leave the folder do not come."""
    names = [
        "pkg/LICENSE",
        "pkg/LICENSE.txt",
        "pkg/_vendor/gpl/COPYING",
        "pkg/third_party/x/licenses/GPL-3.0.txt",
        "pkg/data/licenses/GPL-3.0.txt",
        "pkg/license.py",
        "pkg/licenses.json",
        "pkg/templates/LICENSE",
        "../outside/LICENSE",
        "/etc/LICENSE",
        '"pkg/with, comma/LICENSE"',
        "pkg.libs/libgfortran-1.so.5",
        "pkg/.dylibs/libgsl.dylib",
        "thing-1.0.dist-info/LICENSE",
    ]
    info(tmp_path, "thing", RECORD="".join(f"{name},sha256=x,1\r\n" for name in names))
    for name in names:
        path = tmp_path / name.strip('"').lstrip("/")
        if ".." not in name:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
    found = things(tmp_path)["thing"]
    assert [name for name, _ in found.files] == [
        "LICENSE",
        "pkg/_vendor/gpl/COPYING",
        "pkg/third_party/x/licenses/GPL-3.0.txt",
        "pkg/LICENSE",
        "pkg/LICENSE.txt",
        "pkg/with, comma/LICENSE",
    ]
    assert found.libraries == ("libgfortran-1.so.5", "libgsl.dylib")


def test_sboms_are_taken(tmp_path: Path) -> None:
    """As bytes; only those with the name of JSON."""
    info(tmp_path, "thing", sboms__a_json="{}", sboms__b="no")
    assert things(tmp_path)["thing"].sboms == (b"{}",)


def test_eggs_of_every_kind(tmp_path: Path) -> None:
    """A folder and a file egg-info, an egg, a zipped egg, an egg link; requirements become headers."""
    (tmp_path / "one.egg-info").mkdir()
    (tmp_path / "one.egg-info" / "PKG-INFO").write_text(HEAD.format("one", "1"))
    text = "numpy>=1\n\n[z]\nigraph\n\n[:python_version < '3']\nold\n\n[z:os_name == 'nt']\nwin\n"
    (tmp_path / "one.egg-info" / "requires.txt").write_text(text)
    (tmp_path / "two-2.0-py3.11.egg-info").write_text(HEAD.format("two", "2.0"))
    (tmp_path / "three-3.0-py3.11.egg" / "EGG-INFO").mkdir(parents=True)
    (tmp_path / "three-3.0-py3.11.egg" / "EGG-INFO" / "PKG-INFO").write_text(HEAD.format("three", "3.0"))
    (tmp_path / "four-4.0-py3.11.egg").write_bytes(b"PK")
    source = tmp_path / "source folder"
    (source / "five.egg-info").mkdir(parents=True)
    (source / "five.egg-info" / "PKG-INFO").write_text(HEAD.format("five", "5"))
    (tmp_path / "five.egg-link").write_text(f"{source}\n.")
    found = things(tmp_path)
    assert {name: (each.version, each.broken, each.local) for name, each in found.items()} == {
        "one": ("1", False, False),
        "two": ("2.0", False, False),
        "three": ("3.0", False, False),
        "four": ("4.0", True, False),
        "five": ("5", False, True),
    }
    assert found["five"].source == os.fsencode(source)
    read = importlib.metadata.PathDistribution(tmp_path / "one.egg-info")
    ours = re.findall(r"Requires-Dist: (.*)", found["one"].metadata.decode())
    assert {each.replace('"', "'").replace(" ", "").replace("(", "").replace(")", "") for each in ours} == {
        each.replace('"', "'").replace(" ", "").replace("(", "").replace(")", "") for each in read.requires or ()
    }


def test_path_files_are_followed_and_their_programs_are_not_run(tmp_path: Path) -> None:
    """Folders that lines name; what begins with ``import`` is a program, as is the finder of an editable install."""
    site, added, other = tmp_path / "site", tmp_path / "added", tmp_path / "other"
    info(site, "thing")
    info(added, "more")
    (other / "own.egg-info").mkdir(parents=True)
    (other / "own.egg-info" / "PKG-INFO").write_text(HEAD.format("own", "1"))
    (site / "a.pth").write_text(
        f"# {tmp_path}/comment\n\n{added}\n../other\nimport os; os.mkdir('{tmp_path}/ran')\n{tmp_path}/nowhere\n\0\n"
    )
    (site / "__editable___x_finder.py").write_text("raise SystemExit")
    (site / "__editable__.x-1.pth").write_text("import __editable___x_finder; __editable___x_finder.install()")
    (added / "b.pth").write_text(f"{tmp_path / 'nested'}\n")
    info(tmp_path / "nested", "nested")
    (site / ".hidden.pth").write_text(f"{tmp_path / 'nested'}\n")
    assert {name: each.local for name, each in things(site).items()} == {"thing": False, "more": False, "own": True}
    assert not (tmp_path / "ran").exists()


def test_the_first_of_a_name_on_the_path_counts_and_the_others_are_told(tmp_path: Path) -> None:
    """In two folders the first; in one folder what has metadata, then what is newest."""
    info(tmp_path / "a", "Some_Thing", "1.0")
    info(tmp_path / "b", "some.thing", "2.0")
    info(tmp_path / "b", "other", "1.0")
    info(tmp_path / "b", "other", "2.0")
    (info(tmp_path / "b", "other", "3.0") / "METADATA").unlink()
    os.utime(tmp_path / "b" / "other-2.0.dist-info", (1, 1))
    os.utime(tmp_path / "b" / "other-1.0.dist-info", (2, 2))
    found = things(tmp_path / "a", tmp_path / "b")
    assert (found["Some_Thing"].version, found["Some_Thing"].also) == ("1.0", ("2.0",))
    assert (found["other"].version, sorted(found["other"].also)) == ("1.0", ["2.0", "3.0"])


def test_folders_that_only_begin_alike_are_two_distributions(tmp_path: Path) -> None:
    """A name with a hyphen in the folder's name hides nothing."""
    info(tmp_path, "foo-bar", "1.0")
    info(tmp_path, "foo", "2.0")
    assert {name: each.version for name, each in things(tmp_path).items()} == {"foo-bar": "1.0", "foo": "2.0"}


def test_what_pip_left_behind_and_what_is_no_folder_is_nothing(tmp_path: Path) -> None:
    """Renamed leftovers, and a file with the name of a dist-info."""
    info(tmp_path, "~humb")
    (tmp_path / "file-1.0.dist-info").write_text("")
    (tmp_path / "namespace" / "package").mkdir(parents=True)
    info(tmp_path, "namespace.package")
    assert set(things(tmp_path)) == {"namespace.package"}


def test_direct_urls(tmp_path: Path) -> None:
    """A folder is local, an archive and a repository are not; nothing of an address is kept."""
    folder = f'{{"url": "file://{tmp_path}/with%20blank", "dir_info": {{}}}}'
    info(tmp_path, "folder", direct_url_json=folder)
    info(tmp_path, "archive", direct_url_json=f'{{"url": "file://{tmp_path}/x.whl", "archive_info": {{}}}}')
    info(tmp_path, "repository", direct_url_json='{"url": "https://u:p@example.org/x.git", "vcs_info": {"vcs": "git"}}')
    info(tmp_path, "damaged", direct_url_json="{")
    found = things(tmp_path)
    assert {name for name, each in found.items() if each.local} == {"folder"}
    assert found["folder"].source == os.fsencode(tmp_path / "with blank")
    assert not any(b"example.org" in bytes(each.source) for each in found.values())


def test_only_folders_of_the_repository_are_its_own(tmp_path: Path) -> None:
    """What was installed from elsewhere, from a clone within it or from what it vendors is a third party's."""
    site, top = tmp_path / "site", tmp_path / "top"
    for name, source in {
        "self": top,
        "part": top / "part",
        "clone": top / "clone",
        "kept": top / "vendor/kept",
        "far": tmp_path / "far",
    }.items():
        source.mkdir(parents=True, exist_ok=True)
        info(site, name, direct_url_json=f'{{"url": "file://{source}", "dir_info": {{"editable": true}}}}')
    (top / ".git").mkdir()
    (top / "clone" / ".git").write_text("gitdir: x")
    environment = place(site).replace(top=os.fsencode(os.path.realpath(top)))
    found = {each.name: (each.local, each.source != b"") for each in installed(environment)}
    assert found == {
        "self": (True, True),
        "part": (True, True),
        "clone": (False, True),
        "kept": (False, True),
        "far": (False, True),
    }


def test_large_and_odd_input_is_bounded(tmp_path: Path) -> None:
    """Metadata of 50 MB, a link to itself, a folder that cannot be read, a licence that is a pipe."""
    folder = info(tmp_path, "large")
    with (folder / "METADATA").open("wb") as stream:
        stream.write(HEAD.format("large", "1").rstrip("\n").encode() + b"\nLicense: MIT\n\n")
        stream.truncate(50 << 20)
    os.mkfifo(folder / "LICENSE")
    (folder / "licenses").symlink_to(folder)
    (tmp_path / "loop-1.0.dist-info").symlink_to("loop-1.0.dist-info")
    shut = info(tmp_path, "shut")
    shut.chmod(0)
    found = things(tmp_path)
    shut.chmod(0o755)
    assert len(found["large"].metadata) == METADATA_BYTES + 8
    assert found["large"].version == "1"
    assert set(found) >= {"large", "shut"}
    assert all(name == "licenses" or name.startswith("licenses/") for name, _ in found["large"].files)


@pytest.mark.parametrize("name", ["METADATA", "PKG-INFO"])
def test_metadata_whose_head_does_not_end_are_none(tmp_path: Path, name: str) -> None:
    """A megabyte of classifiers, then what they hide: the distribution is broken."""
    folder = info(tmp_path, "thing")
    (folder / "METADATA").unlink()
    rows = "Classifier: License :: OSI Approved :: MIT License\n" * 30_000
    (folder / name).write_text(
        HEAD.format("thing", "1").rstrip("\n") + f"\nLicense: MIT\n{rows}License-Expression: GPL-3.0-only\n\n"
    )
    found = things(tmp_path)["thing"]
    assert (found.broken, found.metadata) == (True, b"")


def test_what_has_no_record_is_not_searched(tmp_path: Path) -> None:
    """RECORD, or what an older pip wrote in its stead; bills of materials that are not read count as well."""
    info(tmp_path, "none")
    info(tmp_path, "empty", RECORD="")
    info(tmp_path, "whole", RECORD="whole.py,,\n", sboms__a_json="{}")
    info(tmp_path, "xml", RECORD="xml.py,,\n", sboms__a="<bom/>")
    old = tmp_path / "old-1.0.egg-info"
    old.mkdir()
    (old / "PKG-INFO").write_text(HEAD.format("old", "1.0"))
    (old / "installed-files.txt").write_text("../old/__init__.py\n../old/LICENSE\nPKG-INFO\n../../bin/old\n")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "LICENSE").write_text("MIT")
    found = things(tmp_path)
    assert {name: each.searched for name, each in found.items()} == {
        "none": False,
        "empty": False,
        "whole": True,
        "xml": False,
        "old": True,
    }
    assert found["old"].files == (("old/LICENSE", b"MIT"),)
    assert b"old/__init__.py,," in found["old"].record


def test_what_told_is_watched(tmp_path: Path) -> None:
    """Every file that is read, and every folder in which one could be added, with what it was marked with before."""
    folder = info(tmp_path, "thing", RECORD="thing/LICENSE,,\n", licenses__LICENSE="MIT", sboms__a_json="{}", direct_url_json="{}")
    (tmp_path / "thing").mkdir()
    (tmp_path / "thing" / "LICENSE").write_text("MIT")
    watched = dict(things(tmp_path)["thing"].watched)
    wanted = {folder, folder / "licenses", folder / "sboms", tmp_path / "thing" / "LICENSE"}
    wanted |= {each for each in folder.rglob("*") if each.is_file()}
    assert {os.fsencode(each) for each in wanted} <= set(watched)
    for path, mark in watched.items():
        assert marks(path) == mark


def test_ten_thousand_distributions(tmp_path: Path) -> None:
    """They are all there, and their digest is made."""
    for number in range(10_000):
        folder = tmp_path / f"p{number}-1.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(HEAD.format(f"p{number}", "1"))
    assert sum(1 for _ in installed(place(tmp_path))) == 10_000
    assert digest(place(tmp_path))


def test_the_standard_library_sees_the_same_in_this_environment() -> None:
    """Names and versions, of what runs these tests."""
    sites = [each for each in map(Path, sys.path) if each.name == "site-packages"]
    if not sites:
        pytest.skip("nothing is installed")
    theirs = {each.metadata["Name"]: each.version for each in importlib.metadata.distributions(path=[str(each) for each in sites])}
    ours = {each.name: each.version for each in installed(place(*sites)) if not each.local}
    assert {name: theirs.get(name) for name in ours} == ours


@pytest.mark.parametrize(
    ("name", "told"),
    [
        *(
            (name, True)
            for name in (
                "LICENSE",
                "licence.md",
                "LICENSE-MIT",
                "LICENSE.APACHE",
                "COPYING.LESSER",
                "COPYING_QHULL.txt",
                "UNLICENSE",
            )
        ),
        *((name, True) for name in ("ICON_LICENSE.md", "font-copying-gpl.txt", "jquery.license", "NOTICE.txt", "LICENSE_DOP")),
        *(
            (name, False)
            for name in (
                "create-license-configuration.rst",
                "licensing.txt",
                "noticed",
                "license.py",
                "copyrighted.txt",
                "x.license.json",
            )
        ),
    ],
)
def test_names_of_licence_files(name: str, told: bool) -> None:  # noqa: FBT001 - a table
    """By what they are called; programs and documents that only speak of licences are none."""
    assert record_names(f"pkg/{name},,\n".encode()) == ([f"pkg/{name}".encode()] if told else [])


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=300), record=st.binary(max_size=300), url=st.binary(max_size=100), pth=st.binary(max_size=60))
def test_nothing_raises_whatever_is_there(tmp_path: Path, data: bytes, record: bytes, url: bytes, pth: bytes) -> None:
    """Any bytes in any of the files."""
    folder = tmp_path / "x-1.dist-info"
    folder.mkdir(exist_ok=True)
    for name, content in (("METADATA", data), ("RECORD", record), ("direct_url.json", url)):
        (folder / name).write_bytes(content)
    (tmp_path / "x.pth").write_bytes(pth)
    (tmp_path / "y.egg-link").write_bytes(pth)
    assert sum(each.folder == os.fsencode(folder) for each in installed(place(tmp_path))) == 1


@given(st.lists(st.text(alphabet=string.ascii_letters + "/.-_", min_size=1, max_size=30), max_size=20))
def test_names_of_record_stay_below_the_site_folder(paths: list[str]) -> None:
    """None is absolute or goes up, and sorting loses none."""
    record = "".join(f"{path}/LICENSE,,\n" for path in paths).encode()
    names = record_names(record)
    assert not any(name.startswith(b"/") or b".." in name.split(b"/") for name in names)
    assert sorted(bundled(names)) == sorted(names)
    assert isinstance(libraries(record), tuple)


@given(st.binary(max_size=200) | st.text(max_size=50).map(lambda text: f'{{"url": "file://{text}", "dir_info": {{}}}}'.encode()))
def test_direct_urls_never_raise(data: bytes) -> None:
    """Whatever they say; a folder is absolute."""
    found = direct_folder(data)
    assert not found or found.startswith(b"/")
