"""Invented images of scanners, photographs and documents, made byte by byte at call time."""

from __future__ import annotations

import io
import random
import struct
import zipfile

_random = random.SystemRandom()
_DAY = "{}{:02}{:02}"
_GIVEN = ("Marisa", "Joseph", "Helena", "Annegret", "Berthold", "Cordelia", "Elisabeth", "Gerhard", "Katrin", "Lorenzo", "Nadia")
_FAMILY = ("Trevanthe", "Holmwright", "Brackenbury", "Lindqvist", "Pemberton", "Osterhagen", "Wickstead", "Thornfield", "Quilmore")
_SHORT = b"PN LO SH DA CS UI US DS".split()


def _name(joined: str = "^") -> str:
    return f"{_random.choice(_FAMILY)}{joined}{_random.choice(_GIVEN)}"


def _born() -> str:
    return _DAY.format(_random.randrange(1935, 1999), _random.randrange(2, 12), _random.randrange(2, 28))


def _number() -> str:
    return str(_random.randrange(4, 9)) + "".join(_random.sample("1357902468", 6))


def _element(tag: int, form: str, value: bytes, *, explicit: bool = True, little: bool = True) -> bytes:
    order = "<" if little else ">"
    value += (b"\0" if form in {"UI", "OW"} else b" ") * (len(value) % 2)
    head = struct.pack(order + "HH", tag >> 16, tag & 0xFFFF)
    if not explicit:
        return head + struct.pack(order + "I", len(value)) + value
    if form.encode() in _SHORT:
        return head + form.encode() + struct.pack(order + "H", len(value)) + value
    return head + form.encode() + b"\0\0" + struct.pack(order + "I", len(value)) + value


class Media:
    """Part of `testing.samples`: every function returns bytes made at call time."""

    @classmethod
    def dicom(  # noqa: PLR0913, PLR0917 - what a case says of a header
        cls,
        name: str = "random",
        removed: str = "",
        form: str = "file",
        part: str = "CHEST",
        burned: str = "NO",
        more: str = "full",
        thickness: str = "1.0",
    ) -> bytes:
        """Return a DICOM image. `name` is random, placeholder, subject, phantom or none; `removed` is (0012,0062).

        `form` is file, bare (no preamble), implicit (and bare), big or deflated; `more` is full, day (a birth date besides the
        name) or none.
        """
        own = {"random": _name(), "placeholder": "Anonymous", "subject": "LUNG-0042", "phantom": "Phantom^QA", "none": ""}[name]
        number = {"subject": own}.get(name, _number() if name != "phantom" else "QA01")
        rows = [
            (0x00080005, "CS", "ISO_IR 100"),
            (0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
            (0x00080020, "DA", _born()),
            (0x00080050, "SH", _number() if more == "full" else ""),
            (0x00080060, "CS", "CT"),
            (0x00080080, "LO", f"{_random.choice(_FAMILY)} Clinic" if more == "full" else ""),
            (0x00080090, "PN", _name() if more == "full" and name == "random" else ""),
            (0x00100010, "PN", own),
            (0x00100020, "LO", number if more == "full" else ""),
            (0x00100030, "DA", _born() if more != "none" and name in {"random", "none"} else ""),
            (0x00120062, "CS", removed),
            (0x00180015, "CS", part),
            (0x00180050, "DS", thickness),
            (0x00280301, "CS", burned),
        ]
        explicit, little = form != "implicit", form != "big"
        data = b"".join(_element(tag, vr, text.encode(), explicit=explicit, little=little) for tag, vr, text in rows if text)
        data += _element(0x7FE00010, "OW", _random.randbytes(64), explicit=explicit, little=little)
        return data if form in {"bare", "implicit"} else cls._meta({"big": ".2", "deflated": ".1.99"}.get(form, ".1"), data)

    @classmethod
    def dicom_text(cls, form: str = "pydicom", name: str = "random", removed: str = "", people: int = 1) -> bytes:
        """Return headers written out as text. `form` is one of `_written`; `name` is random or placeholder."""
        return ("," if form == "json" else "\n").join(cls._written(form, name, removed) for _each in range(people)).encode()

    @staticmethod
    def _written(form: str, name: str, removed: str) -> str:
        rows = [
            ("0008", "0020", "DA", "StudyDate", "Study Date", _born()),
            ("0008", "0060", "CS", "Modality", "Modality", "MR"),
            ("0010", "0010", "PN", "PatientName", "Patient's Name", _name() if name == "random" else "Anonymous^Patient"),
            ("0010", "0020", "LO", "PatientID", "Patient ID", _number()),
            ("0010", "0030", "DA", "PatientBirthDate", "Patient's Birth Date", _born()),
            ("0012", "0062", "CS", "PatientIdentityRemoved", "Patient Identity Removed", removed),
        ]
        shown = {
            "pydicom": "({0},{1}) {4:<35} {2}: '{5}'",
            "dcmdump": "({0},{1}) {2} [{5}]                    #   8, 1 {3}",
            "itk": "{0}|{1} = {5}",
            "keys": '\t"{3}": "{5}",',
            "json": '"{0}{1}": {{"vr": "{2}", "Value": ["{5}"]}}',
            "xml": '<DicomAttribute tag="{0}{1}" vr="{2}" keyword="{3}"><Value number="1">{5}</Value></DicomAttribute>',
        }[form]
        told = [shown.format(*row) for row in rows if row[5]]
        if form == "json":
            told = [line.replace('["', '[{"Alphabetic": "').replace('"]', '"}]') if '"PN"' in line else line for line in told]
            return "{" + ", ".join(told) + "}"
        return "\n".join(told) + "\n"

    @staticmethod
    def _meta(syntax: str, data: bytes) -> bytes:
        """Put the preamble and group 0002 before a data set."""
        if syntax == ".1.99":
            import zlib  # noqa: PLC0415

            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            data = packer.compress(data) + packer.flush()
        body = _element(0x00020010, "UI", b"1.2.840.10008.1.2" + syntax.encode())
        return (
            bytes(128)
            + b"DICM"
            + _element(0x00020000, "UL", struct.pack("<I", len(body))).replace(b"UL\0\0\4\0\0\0", b"UL\4\0")
            + body
            + data
        )

    @staticmethod
    def song(title: str = "Theme", patient: str = "no") -> bytes:
        """Return the beginning of an MP3 with a title, which `patient` makes one of somebody who is treated."""
        text = (f"Patient: {_name(' ')}" if patient == "yes" else title.replace("_", " ")).encode()
        frame = b"TIT2" + struct.pack(">I", len(text) + 1) + b"\0\0\3" + text
        return b"ID3\4\0\0" + bytes([0, 0, len(frame) >> 7, len(frame) & 0x7F]) + frame + b"\xff\xfb\x90\0" + _random.randbytes(413)

    @staticmethod
    def photograph(gps: str = "no", owner: str = "no", camera: str = "yes") -> bytes:
        """Return the beginning of a JPEG with EXIF: coordinates, the name of the camera's owner, its maker."""
        entries: list[tuple[int, int, int, bytes]] = []
        if camera == "yes":
            entries.append((0x010F, 2, 6, b"Maker\0"))
        if owner == "yes":
            name = _name(" ").encode() + b"\0"
            entries.append((0x013B, 2, len(name), name))
        if gps == "yes":
            entries.append((0x8825, 4, 1, b""))
        start = 8 + 2 + 12 * len(entries) + 4
        heap, out = b"", b""
        for tag, kind, count, value in entries:
            at = start + len(heap)
            out += struct.pack("<HHI", tag, kind, count) + (value.ljust(4, b"\0") if 0 < len(value) < 5 else struct.pack("<I", at))
            if not value:
                base = at + 2 + 24 + 4
                degrees = [struct.pack("<6I", _random.randrange(9, 60), 1, _random.randrange(9, 60), 1, 7, 1) for _each in range(2)]
                heap += struct.pack("<HHHIIHHII", 2, 2, 5, 3, base, 4, 5, 3, base + 24) + b"\0\0\0\0" + b"".join(degrees)
            elif len(value) > 4:
                heap += value
        block = b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + out + b"\0\0\0\0" + heap
        return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block + b"\xff\xda" + _random.randbytes(200)

    @staticmethod
    def nifti(side: int = 192, step: float = 1.0, text: str = "", name: str = "no") -> bytes:
        """Return the header of a NIfTI-1 volume; `name` puts one into its description."""
        told = f"Patient: {_name(' ')} {_born()}" if name == "yes" else text.replace("_", " ")
        head = bytearray(352)
        struct.pack_into("<i", head, 0, 348)
        struct.pack_into("<8h", head, 40, 3, side, side, side, 1, 1, 1, 1)
        struct.pack_into("<8f", head, 76, 1, step, step, step, 1, 1, 1, 1)
        struct.pack_into("<80s", head, 148, told.encode())
        head[344:348] = b"n+1\0"
        return bytes(head) + _random.randbytes(200)

    @staticmethod
    def slide(label: str = "yes") -> bytes:
        """Return a TIFF as a slide scanner writes it, with two images, the second of which is that of the label."""
        texts = [
            b"Aperio Image Library v12.0.15\r\n46000x32914|AppMag = 20\0",
            b"Aperio Image Library\r\n%s 387x463\0" % (b"label" if label == "yes" else b"thumb"),
        ]
        first = 8
        second = first + 18 + len(texts[0])
        out = b"II*\0" + struct.pack("<I", first)
        for at, following, told in ((first, second, texts[0]), (second, 0, texts[1])):
            out += struct.pack("<HHHIII", 1, 270, 2, len(told), at + 18, following) + told
        return out + _random.randbytes(100)

    @staticmethod
    def mirax() -> bytes:
        """Return the index of a MIRAX slide with the image of its label."""
        return b"[HIERARCHICAL]\nNONHIER_1_VAL_1 = ScanDataLayer_" + b"SlideBarcode\n"

    @staticmethod
    def sound() -> bytes:
        """Return a short WAV."""
        data = _random.randbytes(400)
        return (
            b"RIFF"
            + struct.pack("<I", 36 + len(data))
            + b"WAVEfmt "
            + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
            + b"data"
            + struct.pack("<I", len(data))
            + data
        )

    @staticmethod
    def letter(form: str = "docx") -> bytes:
        """Return a discharge letter as a document: docx, odt or pptx, of which each word of a line is a run of its own."""
        born = _born()
        lines = (
            f"Patient: {_name(', ')}",
            f"DOB: {born[4:6]}/{born[6:]}/{born[:4]}   MRN: {_number()}",
            "Admission for chest pain. Diagnosis: atrial fibrillation. Discharged on apixaban 5 mg twice daily.",
        )
        member, opening, before, after, closing = {
            "docx": (
                "word/document.xml",
                '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>',
                "<w:p>",
                "</w:p>",
                "</w:body></w:document>",
            ),
            "odt": (
                "content.xml",
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:text>',
                "<text:p>",
                "</text:p>",
                "</office:text></office:document-content>",
            ),
            "pptx": (
                "ppt/slides/slide1.xml",
                '<p:sld xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:txBody>',
                "<a:p>",
                "</a:p>",
                "</p:txBody></p:sld>",
            ),
        }[form]
        run = {
            "docx": '<w:r><w:t xml:space="preserve">{}</w:t></w:r>',
            "odt": "<text:span>{}</text:span>",
            "pptx": "<a:r><a:t>{}</a:t></a:r>",
        }[form]
        body = "".join(before + "".join(run.format(word + " ") for word in line.split(" ")) + after for line in lines)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(member, opening + body + closing)
        return out.getvalue()
