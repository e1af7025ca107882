"""A lake in a bucket, as files: what reads a folder reads it as well."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import boto3


def copy_of(s3: Mapping[str, str], into: Path) -> Path:
    """Every object of the lake that `s3` points a process at, asked of the store itself and of nothing before it."""
    lake = urlsplit(s3["PACELINE_LAKE"])
    prefix = f"{lake.path.lstrip('/')}/"
    access = {"aws_access_key_id": s3["AWS_ACCESS_KEY_ID"], "aws_secret_access_key": s3["AWS_SECRET_ACCESS_KEY"]}
    with closing(boto3.client("s3", endpoint_url=s3["AWS_ENDPOINT_URL"], region_name=s3["AWS_REGION"], **access)) as client:
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=lake.netloc, Prefix=prefix):
            for found in page.get("Contents", []):
                file = into / found["Key"].removeprefix(prefix)
                file.parent.mkdir(parents=True, exist_ok=True)
                client.download_file(lake.netloc, found["Key"], str(file))
    return into
