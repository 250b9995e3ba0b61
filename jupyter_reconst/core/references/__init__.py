"""References in a text: found, parsed, and compared with the works that they name. Pure, and linear in the text."""
