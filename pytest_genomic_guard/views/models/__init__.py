"""Models in a repository: files that are one by their content, pointers to one, deployments that name one, code that makes one."""
