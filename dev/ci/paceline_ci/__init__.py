"""What every change must pass: the test suites, summed up, and the lints. Start at `suites`."""
