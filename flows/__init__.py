"""The pipeline, in the order the data takes: discover, read, parse, normalise, validate, stage, load, audit, publish."""
