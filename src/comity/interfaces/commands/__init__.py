"""The work of the commands; the command line declares them and imports these when they run."""
