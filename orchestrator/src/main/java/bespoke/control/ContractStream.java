package bespoke.control;

import bespoke.api.ContractEventRecord;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.control.Machine.ContractNotice;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `ctwatch` asks for. For one client.
final class ContractStream {
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final int NAMES_MAX = 100_000;

  /// What the daemon acts on; the rest only tells.
  private static final Set<String> CRITICAL = Set.of("empty", "core", "signal");

  private final Machine machine;
  private final Map<Long, InstanceFmri> holders = new HashMap<>();
  private final Set<Long> empty = new HashSet<>();

  ContractStream(Machine machine) {
    this.machine = machine;
  }

  void follow(InstanceRequest.WatchContracts request, int backlog, Answer answer)
      throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent() || !operands.unmatched().isEmpty()) {
      answer.end(operands.refusal().orElseGet(operands::outcome));
      return;
    }
    Set<Long> ids = new HashSet<>(request.ids());
    Set<InstanceFmri> wanted = new HashSet<>(operands.fmris());
    try (Machine.Subscription<ContractNotice> events = machine.contractEvents(backlog)) {
      learnHolders();
      answer.add(new NoteRecord("now", false));
      answer.flush();
      while (true) {
        Optional<ContractNotice> next = events.next(HEARTBEAT);
        if (next.isPresent() && isNews(next.get()) && isWanted(next.get(), ids, wanted)) {
          answer.add(record(next.get()));
          answer.flush();
        }
      }
    } catch (Machine.CutOffException e) {
      answer.fail(ErrorKind.SHUTTING_DOWN, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /// That a contract is empty is told to the engine whenever it asks, too.
  private boolean isNews(ContractNotice notice) {
    if (empty.size() > NAMES_MAX) {
      empty.clear();
    }
    if (notice.type().equals("empty")) {
      return empty.add(notice.contract());
    }
    if (notice.type().equals("fork")) {
      empty.remove(notice.contract());
    }
    return true;
  }

  private boolean isWanted(ContractNotice notice, Set<Long> ids, Set<InstanceFmri> wanted) {
    if (ids.isEmpty() && wanted.isEmpty() || ids.contains(notice.contract())) {
      return true;
    }
    InstanceFmri holder = wanted.isEmpty() ? null : holder(notice.contract());
    return holder != null && wanted.contains(holder);
  }

  private ContractEventRecord record(ContractNotice notice) {
    InstanceFmri holder = holder(notice.contract());
    return new ContractEventRecord(
        notice.event(),
        notice.atEpochMillis(),
        notice.contract(),
        holder == null ? "" : holder.toString(),
        notice.type(),
        CRITICAL.contains(notice.type()),
        notice.pid(),
        notice.status());
  }

  /// Who holds a contract, or did; null if that was never known.
  private @Nullable InstanceFmri holder(long contract) {
    if (!holders.containsKey(contract)) {
      learnHolders();
    }
    return holders.get(contract);
  }

  private void learnHolders() {
    if (holders.size() > NAMES_MAX) {
      holders.clear(); // of those that are long gone
    }
    for (InstanceStatus status : machine.statuses()) {
      for (long contract : Records.contracts(status.runtime())) {
        holders.put(contract, status.fmri());
      }
    }
  }
}
