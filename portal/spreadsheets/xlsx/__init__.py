"""XLSX workbooks: the workbook and its sheets, their cells wherever they stand, and each value as the office sees it."""
