"""Copies a lake from a bucket to files, for code that reads a folder."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import boto3


def copy_of(s3: Mapping[str, str], into: Path) -> Path:
    """Downloads every object of the lake that the variables `s3` point to, directly from the store and not through a proxy."""
    lake = urlsplit(s3["PACELINE_LAKE"])
    prefix = f"{lake.path.lstrip('/')}/"
    access = {"aws_access_key_id": s3["AWS_ACCESS_KEY_ID"], "aws_secret_access_key": s3["AWS_SECRET_ACCESS_KEY"]}
    with closing(boto3.client("s3", endpoint_url=s3["AWS_ENDPOINT_URL"], region_name=s3["AWS_REGION"], **access)) as client:
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=lake.netloc, Prefix=prefix):
            for item in page.get("Contents", []):
                file = into / item["Key"].removeprefix(prefix)
                file.parent.mkdir(parents=True, exist_ok=True)
                client.download_file(lake.netloc, item["Key"], str(file))
    return into
