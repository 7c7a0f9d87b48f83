"""Export the published warehouse: Parquet or CSV as a Data Package, or an Excel workbook."""
