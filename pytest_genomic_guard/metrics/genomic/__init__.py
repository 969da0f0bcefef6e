"""Membership in genomic releases: frequencies, beacons, synthetic genomes. Arrays in, figures out; nothing of a person leaves."""
