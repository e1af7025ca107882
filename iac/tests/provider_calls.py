"""Which permissions Terraform's provider needed, read from the calls that it logged."""

import re
from pathlib import Path

_METHOD = re.compile(r"rpc\.method=(\w+)")
_SERVICE = re.compile(r'rpc\.service=(?:"([^"]+)"|(\w+))')
_PREFIXES = {"CloudWatch Logs": "logs"}
# Calls whose permission has another name.
_NAMED_OTHERWISE = {
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
}
# Who one is, everybody may ask; the second call comes only with skip_credentials_validation.
_FREE = {"sts:GetCallerIdentity", "iam:GetUser"}


def permissions(log: Path) -> set[str]:
    """The permissions for all calls in a log of TF_LOG_PROVIDER=debug."""
    found = set()
    for line in log.read_text().splitlines():
        method, service = _METHOD.search(line), _SERVICE.search(line)
        if method and service:
            name = service.group(1) or service.group(2)
            call = f"{_PREFIXES.get(name, name.lower())}:{method.group(1)}"
            found.add(_NAMED_OTHERWISE.get(call, call))
    return found - _FREE
