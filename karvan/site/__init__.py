"""The site: settings, root URLs, the home page and error pages. Where the subjects meet."""
