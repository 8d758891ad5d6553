"""The register for language models: tools of the Model Context Protocol that answer nothing without its evidence.

``comity mcp`` starts it. ``questions`` says what the tools take, ``answers`` what they give; ``server`` alone knows the
SDK.
"""
