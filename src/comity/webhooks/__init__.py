"""Webhooks: what became different on a register, told to other programs as it comes, signed and until it arrives."""
