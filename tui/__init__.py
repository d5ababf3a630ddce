"""The faces: command line and terminal screens over one workspace."""
