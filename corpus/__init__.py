"""Everything kept on disk (notices, policies, claims) and the hall that composes the rooms."""
