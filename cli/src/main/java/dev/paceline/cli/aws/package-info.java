/// What all AWS services share: what its error codes mean, and which region is meant. Start at
/// [dev.paceline.cli.aws.AwsError].
@NullMarked
package dev.paceline.cli.aws;

import org.jspecify.annotations.NullMarked;
