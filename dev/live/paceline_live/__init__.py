"""`make test-live`: what only the real Strava, lake and warehouse can prove, in five calls at most. Start at `__main__`."""
