"""What an editor is told through a language server: diagnostics and quick fixes.

`lsp_plugin.py` hands python-lsp-server's calls over; nothing in here knows that server.
"""
