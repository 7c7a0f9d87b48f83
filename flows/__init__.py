"""The pipeline, in the order the data takes: read, parse, normalise, validate, stage, load, audit, publish."""
