"""Where articles come from: files, folders and archives; and the reference tables that the rules read."""
