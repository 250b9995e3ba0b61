"""The doors: server, magics, command line, widgets. They read, ask an act, and write; they hold no logic."""
