"""The explorer: a local web app, and a page for mailing, over the published warehouse."""
