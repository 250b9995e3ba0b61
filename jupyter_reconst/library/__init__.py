"""Files that a person brought to read: found below the folders that they named, and read in a process of its own."""
