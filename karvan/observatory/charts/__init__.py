"""Charts: numbers and translated words in, one safe inline `<svg>` out.

Every chart is drawn 400 units wide with letters of 14 units, so that it can be read on a phone of
360 px; figures.css sets smaller letters where there is more room. What a chart is drawn from are
plain values: nothing here asks a database, a request or a clock. A figure that is not known is
`None` and leaves a gap. A chart of nothing known is the empty string: the page then says so.
"""
