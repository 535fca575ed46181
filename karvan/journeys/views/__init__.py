"""Views of a journey: each fetches, calls one action or query, and responds."""
