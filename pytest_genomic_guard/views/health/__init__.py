"""Health data: what tables, messages, texts and media say about identifiable people."""
