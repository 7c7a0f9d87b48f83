"""The data that ships with Dateline: sample articles and the reference tables that the rules read."""
