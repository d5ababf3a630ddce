"""Document to decision: the meaning of a policy, free of files, clocks and screens."""
