"""The data dictionary as one HTML page that needs nothing else."""
