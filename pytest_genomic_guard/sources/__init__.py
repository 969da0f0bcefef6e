"""Where bytes come from: work tree, plain directory, index. Nothing here follows a link or runs a repository's configuration."""
