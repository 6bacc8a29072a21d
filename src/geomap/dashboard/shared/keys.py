"""The keys of the session state that the program reads or sets, one constant each.

Those that begin with `geomap_` hold values of ours, the others belong to widgets and components.
A widget whose value is used only where it is drawn has its key there.
"""

SESSION_TOKEN = "geomap_token"  # noqa: S105  # a key, no password
VISITOR = "geomap_visitor"
GO_TO = "geomap_go_to"
"""The page to switch to: a callback sets it, because it cannot switch pages itself."""

# The Map page.
CARD = "map_card"
COUNTS = "map_counts"
FOLLOW = "map_follow"
LIST = "map_list"
MARKER_CARD = "map_here"
NEAR_CARD = "map_near"
TABLE = "map_table"
TABLE_DESCENDING = "map_sort_down"
TABLE_OPEN = "map_table_open"
TABLE_PAGE = "map_page"
TABLE_SORT = "map_sort"
TIMELINE = "map_timeline"
DECIDE = "map_decide"
DECISION_AUTHOR = "map_decision_author"
DECISION_NOTE = "map_decision_note"
DECISION_PLACE = "map_decision_place"
DECISION_REASON = "map_decision_reason"
DECISION_VALUE = "map_decision_value"
EARLIER_REASON = "map_decision_earlier"
DECIDED = "geomap_decided"
"""The decisions of this session that it can undo, the last one at the end."""
DECISION_REFUSED = "geomap_decision_refused"
LAST_REASONS = "geomap_last_reasons"
CAMERA = "geomap_look"
"""The box and the zoom that the session's map shows, as the browser last reported them."""
FIRST_CAMERA = "geomap_first_look"
FIT = "geomap_fit"
LISTED_IDS = "geomap_listed_ids"
MARKER = "geomap_here"
MARKER_LISTED = "geomap_here_listed"
REDRAW = "geomap_redraw"
"""Set by a callback in a fragment of the page when the other fragments must be drawn too."""
ROWS = "geomap_rows"
WELCOME_SEEN = "geomap_welcome_seen"

# The Articles page.
ARTICLE_EVENTS = "articles_events"
ARTICLE_LIST = "articles_list"
NESTED = "articles_nested"
ONLY_UNCERTAIN = "articles_only_uncertain"
READER = "articles_reader"
DRAFTS = "geomap_drafts"
OPEN_ARTICLE = "geomap_open_article"
READ_UPLOADS = "geomap_articles_tried"
TOPONYM = "geomap_toponym"

# The Add data page.
BATCH = "add_batch"
IMPORT_JOB = "geomap_upload_job"
IMPORT_REPORTS = "geomap_upload_done"
IMPORT_STOPPED = "geomap_upload_stopped"
UNDO_ASKED = "geomap_undo_asked"
UNDO_RESULT = "geomap_undo_said"
UPLOAD_OPTIONS = "geomap_upload_options"
UPLOAD_ROUND = "geomap_upload_round"

# The Report page.
REPORT_DROP = "report_drop"
REPORT_FILE = "report_made"
REPORT_FRAME = "report_frame"
REPORT_GRID = "report_grid"
REPORT_HIDE = "report_hide"
REPORT_LONG = "report_long"
REPORT_PANELS = "report_panels"
REPORT_PORTRAIT = "report_portrait"
REPORT_SHOW = "report_show"
REPORT_SIZE = "report_size"
REPORT_THEME = "report_theme"
REPORT_TITLE = "report_title"

REMEMBERED = (
    *(DECISION_AUTHOR, TABLE_OPEN, LIST, NESTED, ONLY_UNCERTAIN),
    *(REPORT_DROP, REPORT_FRAME, REPORT_GRID, REPORT_HIDE, REPORT_LONG, REPORT_PANELS),
    *(REPORT_PORTRAIT, REPORT_SHOW, REPORT_SIZE, REPORT_THEME, REPORT_TITLE),
)
"""Choices that outlast a visit to another page, which Streamlit would forget."""
