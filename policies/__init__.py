"""The encoded notices: documents, not code. This file only lets installers and `importlib.resources` find them."""
