"""Forms in which programs and people list records, apart from tables: each module reads some of them out of lines."""
