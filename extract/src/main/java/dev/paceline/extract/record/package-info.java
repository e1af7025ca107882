/// Records, token for token: how they are extracted from a response and compared. Start at
/// [dev.paceline.extract.record.SourceRecord].
@NullMarked
package dev.paceline.extract.record;

import org.jspecify.annotations.NullMarked;
