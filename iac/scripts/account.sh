#!/usr/bin/env bash
# Sourced by the scripts beside it: which account and region they work on, and which bucket has its state.
# shellcheck disable=SC2034 # for those scripts
iac=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    printf 'paceline: %s\n' "$2" >&2
    exit "$1"
}

# Fails unless each program is installed.
require() {
    local program how
    for program in "$@"; do
        command -v "$program" >/dev/null && continue
        case $program in
            terraform) how="install 1.11 or newer, see https://developer.hashicorp.com/terraform/install" ;;
            aws) how="install version 2, see https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html" ;;
            *) how="install it" ;;
        esac
        fail 78 "$program was not found: $how."
    done
}

# Sets region, and passes it to terraform and to both versions of the AWS CLI.
find_region() {
    region=${AWS_REGION:-${AWS_DEFAULT_REGION:-${TF_VAR_region:-}}}
    [ -n "$region" ] || fail 78 "no region is set: export AWS_REGION, for example AWS_REGION=eu-west-1."
    if [ "${TF_VAR_region:-$region}" != "$region" ]; then
        fail 78 "the region is $region for AWS, but TF_VAR_region is $TF_VAR_region: make them the same."
    fi
    export AWS_REGION="$region" AWS_DEFAULT_REGION="$region" TF_VAR_region="$region" AWS_PAGER=""
}

# Sets account, region and the name of the bucket that has its state, which may not exist yet.
find_account() {
    local said
    require terraform aws
    find_region
    if ! said=$(aws sts get-caller-identity --query Account --output text 2>&1); then
        fail 77 "AWS did not say which account this is: ${said##*$'\n'}
Sign in (aws sso login), or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    fi
    [[ $said =~ ^[0-9]{12}$ ]] || fail 70 "AWS's answer to get-caller-identity has no account: $said"
    account=$said
    bucket=paceline-tfstate-$account-$region
}

# Whether a call of head-bucket or head-object finds something. Fails if AWS does not say, or it is another account's.
finds() {
    local said
    said=$(aws s3api "$@" --bucket "$bucket" --expected-bucket-owner "$account" 2>&1) && return
    case $said in
        *"(404)"*) return 1 ;;
        *"(403)"*) fail 77 "access to s3://$bucket was denied: use credentials that may read this account's Terraform state." ;;
        *) fail 69 "looking for s3://$bucket failed: ${said##*$'\n'}" ;;
    esac
}

has_bucket() { finds head-bucket; }

# Whether the bucket has a state of this key.
has_state() { finds head-object --key "$1"; }
