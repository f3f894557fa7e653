"""The walk down."""
