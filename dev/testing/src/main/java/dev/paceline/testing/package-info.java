/// What tests of several modules share: an AWS on loopback. Start at
/// [dev.paceline.testing.AwsOnLoopback].
@NullMarked
package dev.paceline.testing;

import org.jspecify.annotations.NullMarked;
