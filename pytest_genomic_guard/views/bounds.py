"""The bounds of decoding. All are work units, so that a verdict never depends on how fast a machine is."""

WINDOW = 4 << 20  # bytes of text looked at together
OVERLAP = 64 << 10  # bytes that neighbouring windows share; no rule may match more
HEAD = 64 << 10  # bytes in which a format shows itself
HEADER = 64 << 20  # bytes of a variant header, up to and with the #CHROM line; 2,200 contig lines take 150 kB
HELD = 64 << 20  # bytes of a document that must be decoded whole, such as a notebook
DEPTH = 4  # containers in containers
RATIO = 300  # times that data may expand ...
RATIO_FREE = 64 << 20  # ... once it has expanded to this many bytes
NAMES = 1 << 20  # sample names kept for masking
SPOOL = 8 << 20  # bytes of an archive up to which it is held, so that it need not be opened again
MEMBERS = 200_000  # members of one archive
DICTIONARY = 96 << 20  # bytes that a decompressor may need; xz -9 needs 65 MiB
SKIPPED = 64 << 30  # bytes that may be read again to come back to a place in an archive
SMALL = 64 << 10  # bytes of a member up to which it is joined with others into one text
JOINED = 4 << 20  # bytes of such a text
EMBEDDED = 32 << 20  # bytes of base64 that one artifact may have decoded, and that one part may take
BASE64 = 256  # characters of base64 from which they may hold something to read
