"""Text to document: what a policy drafter wrote, as frozen data with diagnostics."""
