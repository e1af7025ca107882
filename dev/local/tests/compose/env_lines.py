"""Lines of `dev/.env`."""

# What dev/up always writes.
WRITTEN = {
    "PACELINE_PROJECT": "paceline",
    "PACELINE_TAG": "dev",
    "PACELINE_WAREHOUSE_DATABASE_PASSWORD": "of-the-stand-in",
    "PACELINE_S3_KEY_ID": "local1",
    "PACELINE_S3_SECRET_KEY": "s3-secret",
    "AWS_REGION": "eu-west-1",
    # Compose sets what the file lacks to nothing.
    "PACELINE_LAKE": "",
    "PACELINE_STRAVA_CLIENT_ID": "",
}
AWS = {"PACELINE_LAKE": "s3://bucket/lake", "AWS_ACCESS_KEY_ID": "AKIA1", "AWS_SECRET_ACCESS_KEY": "aws-secret"}
STRAVA = {
    "PACELINE_STRAVA_CLIENT_ID": "12345",
    "PACELINE_STRAVA_CLIENT_SECRET": "strava-secret",
    "PACELINE_STRAVA_ACCOUNTS": "anna,ben",
}
WAREHOUSE = {"PACELINE_WAREHOUSE": "postgresql://me@db.example:5432/w", "PACELINE_WAREHOUSE_PASSWORD": "real"}
