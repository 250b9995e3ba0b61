"""Arguments in a formal language: what a model may fill in, what it says in words, and what a prover found.

The language is a bounded tree of a closed list of operators (`terms`), sorted (`sorts`), in an `argument` of named
premises and a claim. A tree is data: nothing of it is ever handed to a prover as text.
"""
