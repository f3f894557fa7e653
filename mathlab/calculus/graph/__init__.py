"""The page, grown up."""
