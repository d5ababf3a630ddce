"""A decision written down for somebody else: what is said, as blocks, and the formats that write blocks."""
