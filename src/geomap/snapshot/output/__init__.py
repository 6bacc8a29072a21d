"""Files: a view planned, drawn and sealed as a figure, page, series, atlas or report bundle."""
