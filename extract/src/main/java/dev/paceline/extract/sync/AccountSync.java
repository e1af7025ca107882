package dev.paceline.extract.sync;

import dev.paceline.extract.api.Pagination;
import dev.paceline.extract.api.StreamDescription;
import dev.paceline.extract.http.ApiClient;
import dev.paceline.lake.log.CommitWriter;
import dev.paceline.lake.run.Exit;
import dev.paceline.lake.run.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the lake up to the source for one account: each stream in turn, then the commit. What was
/// read before a failure is committed all the same.
final class AccountSync {

  private static final Logger LOG = LoggerFactory.getLogger(AccountSync.class);

  private final String account;
  private final ApiClient client;
  private final SyncRun run;
  private final Tally tally = new Tally();

  AccountSync(String account, ApiClient client, SyncRun run) {
    this.account = account;
    this.client = client;
    this.run = run;
  }

  /// Runs to the end, whatever happens on the way.
  AccountReport run() {
    attempt(this::sync);
    return tally.report(account, client.calls());
  }

  private void sync() {
    run.ensureGoesOn(account);
    StateKeeper keeper = new StateKeeper(run.store(), run.api().source(), account);
    AccountState state = keeper.open();
    CommitWriter writer = new CommitWriter(run.store(), run.origin(account), state.commit());
    try (Committer committer =
        new Committer(account, writer, state, keeper, run, client::totalCalls, tally)) {
      read(new StreamSync(account, client, committer, state, run, tally));
      attempt(() -> committer.commit(tally.complete()));
    }
  }

  private void read(StreamSync reader) {
    for (StreamDescription stream : run.api().streams()) {
      if (stream.forEach().isPresent() || stream.pagination() instanceof Pagination.Page) {
        continue;
      }
      Exit exit = attempt(() -> reader.run(stream));
      if (exit != Exit.DONE && exit != Exit.UNUSABLE) {
        return; // what stopped this stream stops the others as well
      }
    }
  }

  private Exit attempt(Runnable step) {
    Failure failure;
    try {
      step.run();
      return Exit.DONE;
    } catch (Failure known) {
      failure = known;
    } catch (RuntimeException bug) {
      LOG.error("{}: a bug of ours", account, bug);
      failure =
          new Failure(
              Exit.BUG,
              "Reading the account " + account,
              String.valueOf(bug),
              "please report it with the lines above",
              bug);
    }
    LOG.debug("{}: {}", account, failure.getMessage()); // the report tells it
    tally.failed(failure);
    return failure.exit();
  }
}
