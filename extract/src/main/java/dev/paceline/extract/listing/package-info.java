/// Reads the records of a stream page by page. Start at [dev.paceline.extract.listing.Pages].
@NullMarked
package dev.paceline.extract.listing;

import org.jspecify.annotations.NullMarked;
