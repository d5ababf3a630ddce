"""对比: which two are compared, what is said of them, what stands in the file."""
