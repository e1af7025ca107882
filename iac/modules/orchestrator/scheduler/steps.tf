# The three steps of a day, with the images and commands of orchestration/dags/strava_daily.py; `load run` is its stage, check and
# publish in one. Another application of a source is one more entry, before load.
locals {
  steps = [
    {
      name       = "extract"
      title      = "Extract"
      definition = "extract-strava"
      image      = "extract"
      command    = ["sync", "strava", "--on-limit", "window"]
      seconds    = 4 * 3600
      # The day's budget is spent, or another run holds the accounts: what is in the lake is loaded, tomorrow's run continues.
      goes_on_at_75 = true
      # What other accounts committed is loaded even if one account failed.
      halts = false
    },
    {
      name       = "load"
      title      = "Load"
      definition = "load"
      image      = "load"
      command    = ["run", "strava"]
      seconds    = 3600
      # Another load is running, and publishes the same commits.
      goes_on_at_75 = true
      halts         = true
    },
    {
      name       = "dbt"
      title      = "dbt"
      definition = "transformation"
      image      = "transformation"
      command    = ["build", "--select", "tag:strava"]
      seconds    = 3600
      # Another build is running, but it may have begun before this load: build again.
      goes_on_at_75 = false
      halts         = true
    },
  ]

  # As the DAGs: two retries, five minutes apart.
  tries        = 3
  wait_seconds = 300
}
