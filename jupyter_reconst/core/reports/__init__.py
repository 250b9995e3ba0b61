"""A report for those who tune models or tools: what it says, whose names it leaves out, how it is written down."""
