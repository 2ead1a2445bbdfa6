"""Tables that programs write in marks and call spreadsheets: `html_tables` (a web page saved as XLS), `web_archive` (MHT) and `xml_2003` (XML Spreadsheet).

The ways in are `html_tables.read_html`, `web_archive.read_web_archive` and `xml_2003.read_xml_2003`. Nothing outside the file is
fetched, no script runs, no entity is opened.
"""
