"""Serving a published folder over HTTP: the documents that its manifest lists, and nothing else.

`application` answers one request; what it decides by (`conditional`, `negotiation`, `dates`) are pure functions, and
`logged` writes down what it answered.
`publication` reads the folder, `following` notices when it has changed, `watching` when the catalogue has; `server`
runs all of it on uvicorn, which is imported there alone.
"""
