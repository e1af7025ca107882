"""What is done on a deployment in AWS from a laptop: secrets are put there, and single tasks are run."""
