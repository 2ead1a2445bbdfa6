"""Hold the limits within which a return is read, each with its reason."""

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 500 * MEGABYTE  # the command line reads up to this; the web has its own, lower setting
MAX_WORKBOOK_BYTES = 100 * MEGABYTE  # a packed workbook of a million cells is a tenth of it
MAX_UNPACKED_BYTES = 200 * MEGABYTE  # more is a bomb, or a workbook that belongs in a CSV
MAX_RATIO = 200  # a sheet that repeats itself packs 50 to 1; a bomb 1,000 to 1
RATIO_FLOOR_BYTES = MEGABYTE  # small parts may pack as well as they like
MAX_ENTRIES = 500  # parts inside one workbook
MAX_CELLS = 3_000_000  # filled cells in one workbook: 200,000 rows of fifteen columns; a CSV may hold more
MAX_COLUMNS = 300  # beyond it stands a stray cell, not a return
MAX_STRAY_CELLS = 20  # filled cells beyond the last column that are left out and said
MAX_CSV_ROWS = 2_000_000
MAX_CELL_CHARACTERS = 32_767  # what a spreadsheet itself allows in a cell
MAX_LINE_BYTES = 4 * MEGABYTE  # a line of text this long is no table
MAX_MERGES = 20_000  # merged cells in one sheet
MAX_MERGED_ROWS = 5_000  # rows over which one merged cell fills down
HEADING_ROWS = 60  # rows in which headings are looked for
MAX_SHEETS = 60  # a sheet a month for five years

WALL = 4  # seconds on the clock for one of the processor: a busy machine gives a child a quarter of it
WORKBOOK_MEMORY_BYTES = 1024 * MEGABYTE
WORKBOOK_BASE_SECONDS = 20
WORKBOOK_SECONDS_PER_MEGABYTE = 4  # of the packed file: a bomb packs to little, 200,000 rows of nine columns to 10 MB
TEXT_MEMORY_BYTES = 1536 * MEGABYTE
TEXT_BASE_SECONDS = 30
TEXT_SECONDS_PER_MEGABYTE = 1
