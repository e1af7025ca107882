"""What only a laptop and CI need: embedded Postgres, the sandbox process, the demo of the whole pipeline.

Start at `demo`. `prepare` builds what the rest needs; it only uses the standard library, because it creates the environments.
"""
