"""Replies of offices to what stands on the register: sent on a public form, checked by an editor, then recorded."""
