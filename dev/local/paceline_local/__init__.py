"""What only a laptop and CI need: embedded Postgres, the sandbox's process, the demo through all parts.

Start at `demo`. `prepare` builds what the rest needs and uses the standard library alone: it makes the environments.
"""
