/// The binary form of COPY: the bytes of each type, and those of a row. Start at
/// [dev.paceline.load.postgres.copy.BinaryFormat].
@NullMarked
package dev.paceline.load.postgres.copy;

import org.jspecify.annotations.NullMarked;
