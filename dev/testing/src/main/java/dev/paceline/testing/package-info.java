/// Shared by the tests of several modules: AWS on loopback, and damaged commits. Start at
/// [dev.paceline.testing.AwsOnLoopback] and [dev.paceline.testing.CommitDamage].
@NullMarked
package dev.paceline.testing;

import org.jspecify.annotations.NullMarked;
