"""Solvers in a child process with nothing in reach; proof assistants in a sandbox that the operator turns on."""
