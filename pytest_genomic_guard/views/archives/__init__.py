"""Archives and compressed streams: members are streamed, never written to disk, and their names are hints that are never shown."""
