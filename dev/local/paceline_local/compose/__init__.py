"""The stack of `dev/compose.yaml`: its one-shot container (start at `deploy`), and the demo that runs on it (`demo`)."""
