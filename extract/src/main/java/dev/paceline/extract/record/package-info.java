/// Records, token for token: how they are cut out of an answer and told apart. Start at
/// [dev.paceline.extract.record.SourceRecord].
@NullMarked
package dev.paceline.extract.record;

import org.jspecify.annotations.NullMarked;
