"""What every change must pass: the suites and their sum, and the lints. Start at `suites`."""
