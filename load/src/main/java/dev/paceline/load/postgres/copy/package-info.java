/// Records as rows of Postgres's binary COPY: what stands where in a line, and the bytes of each
/// type. Start at [dev.paceline.load.postgres.copy.RecordRows].
@NullMarked
package dev.paceline.load.postgres.copy;

import org.jspecify.annotations.NullMarked;
