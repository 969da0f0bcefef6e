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
